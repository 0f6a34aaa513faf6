"""What an appointment is about is told by the room that made it; the factory brings the rooms here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from flask import current_app

from app.agenda.models import Appointment
from app.kernel.actor import Actor


class ShownAs(NamedTuple):
    """What an appointment is called in the agenda of somebody in it, and the page with more."""

    title: str
    url: str


Describe = Callable[[Actor, Collection[int]], Mapping[int, ShownAs]]
"""Says of appointments, by their ids, how they are shown to the actor."""

KINDS = "appointment_kinds"
"""Where the application keeps who describes which kind."""

CALENDAR_TITLES = "calendar_titles"
"""Where the application keeps the neutral title that a kind has in calendars, where it has one of its own."""


def described(actor: Actor, appointments: Sequence[Appointment]) -> Mapping[int, ShownAs]:
    """What each room says of its own, by the id of the appointment, in one question for each kind."""
    kinds: Mapping[str, Describe] = current_app.extensions[KINDS]
    found: dict[int, ShownAs] = {}
    for kind, describe in kinds.items():
        ids = [appointment.id for appointment in appointments if appointment.kind == kind]
        found.update(describe(actor, ids) if ids else {})
    return found

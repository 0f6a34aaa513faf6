"""What an appointment is about is told by the room that made it; the factory brings the rooms here."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

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

"""Somebody's own seat in a session: what she has, what she can do, and how many seats are free."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.words import capitalised, day_in_words, times
from app.intervision.models import Booking, BookingState
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    DatedSession,
    SeatCount,
    booking_of,
    bookings_of,
    give_back_until,
    kept_apart_from,
    line_of,
    members_of,
    people_around,
    seat_counts,
    travel_to,
)
from app.kernel.actor import Actor
from app.kernel.clock import now
from app.web.guard import acting


@dataclass(frozen=True, slots=True)
class Seat:
    """A session as who looks at it can have a seat in it."""

    dated: DatedSession
    booking: Booking | None
    count: SeatCount
    is_guest: bool
    travel: int | None
    suits: bool = True
    """Whether she can come at all: not where somebody of her school is, or whom she does not sit with."""
    place_in_line: int = 0

    @property
    def state(self) -> str:
        """Her booking's state, or `none`; given back is as if she never booked."""
        if self.booking is None or self.booking.state == BookingState.GIVEN_BACK:
            return "none"
        if self.booking.offered_until is not None and self.booking.offered_until <= now():
            return "none"
        return self.booking.state

    @property
    def free(self) -> int:
        """How many seats she could choose from."""
        return self.count.free(for_guest=self.is_guest)

    @property
    def until(self) -> datetime | None:
        """Until when a seat is given back without bother."""
        return give_back_until(self.dated)

    @property
    def is_late(self) -> bool:
        """Whether it is too late for somebody else to be found."""
        return self.until is not None and now() > self.until

    @property
    def takes_guests(self) -> bool:
        """Whether guests are welcome at all."""
        return self.dated.season.open_seats > 0

    @property
    def day(self) -> str:
        """Such as "Maandag 7 december 2026"."""
        appointment = self.dated.appointment
        return capitalised(day_in_words(appointment.starts_at)) if appointment else _("Date not known yet")

    @property
    def times(self) -> str:
        """Such as "13:00–15:00"."""
        return times(self.dated.appointment) if self.dated.appointment else ""

    @property
    def time_and_place(self) -> str:
        """Such as "13:00–15:00 · De Linde, Purmerend · ongeveer 12 minuten reizen"."""
        appointment = self.dated.appointment
        if appointment is None:
            return ""
        parts = [times(appointment), appointment.place]
        if self.travel is not None:
            parts.append(_("about %(minutes)s min travel", minutes=self.travel))
        return " · ".join(part for part in parts if part)

    @property
    def free_in_words(self) -> str:
        """Such as "nog 2 plaatsen" or "vol · 3 wachten"."""
        if self.free:
            return ngettext("%(num)s seat left", "%(num)s seats left", self.free)
        if self.count.waiting:
            return ngettext("full · %(num)s waits", "full · %(num)s wait", self.count.waiting)
        return _("full")


def seats_for(actor: Actor, sessions: Collection[DatedSession]) -> list[Seat]:
    """How each of these sessions stands for the actor, for a list; she is a guest where she has no booking."""
    counts, travel = seat_counts(sessions), travel_to(actor, sessions)
    bookings = bookings_of(actor.person_id, [dated.id for dated in sessions])
    return [
        Seat(
            dated=dated,
            booking=bookings.get(dated.id),
            count=counts[dated.id],
            is_guest=bookings[dated.id].is_guest if dated.id in bookings else True,
            travel=travel.get(dated.id),
        )
        for dated in sessions
    ]


def seat_part(dated: DatedSession) -> dict[str, Any]:
    """The values of `intervision/seat.html`; no seat for who does not take part in intervision."""
    actor = acting()
    if not actor.may(JOIN_IN):
        return {"seat": None}
    booking = booking_of(dated.id, actor.person_id)
    members = members_of([dated.session.group_id])[dated.session.group_id]
    is_guest = actor.person_id not in members
    line = [waiting.person_id for waiting in line_of(dated.id)]
    apart = kept_apart_from(actor.person_id).everybody if is_guest else frozenset[int]()
    return {
        "seat": Seat(
            dated=dated,
            booking=booking,
            count=seat_counts([dated])[dated.id],
            is_guest=is_guest,
            travel=travel_to(actor, [dated]).get(dated.id),
            suits=not apart & people_around(dated),
            place_in_line=line.index(actor.person_id) + 1 if actor.person_id in line else 0,
        )
    }

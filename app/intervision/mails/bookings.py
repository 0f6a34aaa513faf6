"""The mails about seats, each to one person: booked, a seat is held for you, that time is over.

Each is about one state of a booking: did it change since, then another mail says so, or none is needed.
"""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_datetime
from flask_babel import gettext as _

from app.agenda.calendar_files import calendar_attachment
from app.agenda.models import Appointment
from app.agenda.words import when
from app.intervision.models import BookingState
from app.intervision.queries import DatedSession, booking_of, give_back_until, session_by_id
from app.intervision.services.lines import in_microseconds
from app.kernel.clock import AMSTERDAM, now
from app.organisation.mails import Letter
from app.organisation.models import Person
from app.organisation.queries import people_by_id


@dataclass(frozen=True, slots=True)
class SeatOf:
    """What a mail about a seat tells."""

    to: Person
    dated: DatedSession
    appointment: Appointment
    offered_until: datetime | None
    page: str
    agenda: str
    """Where the files for calendars are."""


def tell_booked(network_url: str, *, session_id: int, person_id: int, since: int) -> Letter | None:
    """Confirm a seat."""
    told = _seat_of(network_url, session_id, person_id, since, BookingState.BOOKED)
    if told is None:
        return None
    until = give_back_until(told.dated)
    if until is not None and until > now():
        cannot_come = _(
            "Can you not come? Give your seat back before %(until)s, so that somebody else can have it:",
            until=_moment(until),
        )
    else:
        cannot_come = _("Can you not come? Say so on this page, and call who leads the session:")
    text = _(
        "Hello %(name)s,\n\nYour seat is booked.\n\n%(facts)s\n\nFor your calendar:\n%(calendar_file)s\n\n"
        "%(cannot_come)s\n%(page)s",
        cannot_come=cannot_come,
        calendar_file=f"{told.agenda}/{told.appointment.id}.ics",
        **_facts(told),
    )
    calendar = calendar_attachment(told.appointment, told.agenda, told.appointment.place)
    return Letter(told.to, _("Your seat in intervision"), text, attachment=calendar)


def tell_offer(network_url: str, *, session_id: int, person_id: int, since: int) -> Letter | None:
    """Tell that a seat came free and is held."""
    told = _seat_of(network_url, session_id, person_id, since, BookingState.OFFERED)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nYou were waiting for a seat in intervision. One came free, and it is held for you until "
        "%(until)s.\n\n%(facts)s\n\nTake the seat, or let it pass:\n%(page)s\n\nDo you not answer in time? Then it goes "
        "to the next in line.",
        until=_moment(told.offered_until),
        **_facts(told),
    )
    return Letter(told.to, _("A seat came free for you"), text)


def tell_offer_passed(network_url: str, *, session_id: int, person_id: int, since: int) -> Letter | None:
    """Tell that the seat went to the next in line."""
    told = _seat_of(network_url, session_id, person_id, since, BookingState.GIVEN_BACK)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nA seat in intervision was held for you, and your time to answer is over. It goes to the next "
        "in line.\n\n%(facts)s\n\nWould you still like to come? Then you can wait for a seat again:\n%(page)s",
        **_facts(told),
    )
    return Letter(told.to, _("The seat went to the next in line"), text)


def _seat_of(
    network_url: str, session_id: int, person_id: int, since: int, state: BookingState
) -> SeatOf | None:
    dated, booking = session_by_id(session_id), booking_of(session_id, person_id)
    if dated is None or dated.appointment is None or dated.is_cancelled or booking is None:
        return None
    if booking.state != state or in_microseconds(booking.since) != since:
        return None
    return SeatOf(
        to=people_by_id({person_id})[person_id],
        dated=dated,
        appointment=dated.appointment,
        offered_until=booking.offered_until,
        page=f"{network_url}/intervisie/bijeenkomsten/{session_id}",
        agenda=f"{network_url}/agenda",
    )


def _facts(told: SeatOf) -> dict[str, str]:
    return {
        "name": told.to.first_name,
        "facts": _(
            "When: %(when)s\nWhere: %(place)s",
            when=when(told.appointment),
            place=told.appointment.place or "",
        ),
        "page": told.page,
    }


def _moment(at: datetime | None) -> str:
    return format_datetime(at.astimezone(AMSTERDAM), "EEEE d MMMM, HH:mm", rebase=False) if at else ""

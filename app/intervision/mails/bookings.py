"""The mails about seats, each to one person: booked, a seat is held for you, that time is over.

Each is about one state of a booking: did it change since, then another mail says so, or none is needed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask_babel import force_locale, format_datetime
from flask_babel import gettext as _

from app.agenda.models import Appointment
from app.agenda.words import when
from app.intervision.models import BookingState
from app.intervision.queries import DatedSession, booking_of, give_back_until, session_by_id
from app.intervision.services.lines import in_microseconds
from app.kernel.clock import AMSTERDAM, now
from app.kernel.mail import AddressRefused, Mail, Postbox
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import Network
from tenants.session import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SeatOf:
    """What a mail about a seat tells."""

    to: Person
    dated: DatedSession
    appointment: Appointment
    offered_until: datetime | None
    page: str
    calendar_file: str


class BookingMails:
    """Reads in a short unit, and sends outside of it."""

    def __init__(self, base_url: str, database: Database, postbox: Postbox) -> None:
        self._base_url = base_url
        self._database = database
        self._postbox = postbox

    def tell_booked(self, network: Network, *, session_id: int, person_id: int, since: int) -> None:
        """Confirm a seat."""
        self._tell(network, (session_id, person_id, since), BookingState.BOOKED, _booked)

    def tell_offer(self, network: Network, *, session_id: int, person_id: int, since: int) -> None:
        """Tell that a seat came free and is held."""
        self._tell(network, (session_id, person_id, since), BookingState.OFFERED, _offer)

    def tell_offer_passed(self, network: Network, *, session_id: int, person_id: int, since: int) -> None:
        """Tell that the seat went to the next in line."""
        self._tell(network, (session_id, person_id, since), BookingState.GIVEN_BACK, _offer_passed)

    def _tell(
        self,
        network: Network,
        about: tuple[int, int, int],
        state: BookingState,
        words: Callable[[SeatOf], tuple[str, str]],
    ) -> None:
        told = self._seat_of(network, *about, state)
        if told is None or told.to.email is None:
            return
        with force_locale("nl"):
            subject, text = words(told)
        key = "-".join(str(part) for part in ("seat", words.__name__.strip("_"), network.id, *about))
        try:
            self._postbox.send(Mail(to=told.to.email, subject=subject, text=text, key=key))
        except AddressRefused:
            log.warning("address refused", person=told.to.id)

    def _seat_of(
        self, network: Network, session_id: int, person_id: int, since: int, state: BookingState
    ) -> SeatOf | None:
        with self._database.unit_of_work(network, read_only=True):
            dated, booking = session_by_id(session_id), booking_of(session_id, person_id)
            if dated is None or dated.appointment is None or dated.is_cancelled or booking is None:
                return None
            if booking.state != state or in_microseconds(booking.since) != since:
                return None
            person = people_by_id({person_id})[person_id]
        network_url = f"{self._base_url}/{network.slug}"
        return SeatOf(
            to=person,
            dated=dated,
            appointment=dated.appointment,
            offered_until=booking.offered_until,
            page=f"{network_url}/intervisie/bijeenkomsten/{session_id}",
            calendar_file=f"{network_url}/agenda/{dated.appointment.id}.ics",
        )


def _booked(told: SeatOf) -> tuple[str, str]:
    until = give_back_until(told.dated)
    if until is not None and until > now():
        cannot_come = _(
            "Can you not come? Give your seat back before %(until)s, so that somebody else can have it:",
            until=_moment(until),
        )
    else:
        cannot_come = _("Can you not come? Say so on this page, and call who leads the session:")
    return _("Your seat in intervision"), _(
        "Hello %(name)s,\n\nYour seat is booked.\n\n%(facts)s\n\nFor your calendar:\n%(calendar_file)s\n\n"
        "%(cannot_come)s\n%(page)s",
        cannot_come=cannot_come,
        calendar_file=told.calendar_file,
        **_facts(told),
    )


def _offer(told: SeatOf) -> tuple[str, str]:
    return _("A seat came free for you"), _(
        "Hello %(name)s,\n\nYou were waiting for a seat in intervision. One came free, and it is held for you until "
        "%(until)s.\n\n%(facts)s\n\nTake the seat, or let it pass:\n%(page)s\n\nDo you not answer in time? Then it goes "
        "to the next in line.",
        until=_moment(told.offered_until),
        **_facts(told),
    )


def _offer_passed(told: SeatOf) -> tuple[str, str]:
    return _("The seat went to the next in line"), _(
        "Hello %(name)s,\n\nA seat in intervision was held for you, and your time to answer is over. It goes to the next "
        "in line.\n\n%(facts)s\n\nWould you still like to come? Then you can wait for a seat again:\n%(page)s",
        **_facts(told),
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

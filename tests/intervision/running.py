"""A session that is about to be led, with a group, a guest and a member who gave her seat back."""

from dataclasses import dataclass
from datetime import timedelta

from app.intervision.models import Booking, BookingState, IntervisionSession
from app.intervision.services.dating import date_session
from app.kernel.clock import now
from tests.intervision.seasons import a_group, a_season
from tests.walls.places import kept


@dataclass(frozen=True)
class Now:
    """A session that began just now."""

    session_id: int
    group_id: int


def a_session_now(cast, members=("ib", "coach"), guests=(), minutes=120, **season) -> Now:
    """A session of these members of the cast that began a minute ago, with guests from outside the group."""
    group = a_group(a_season(**season), [cast[key].person_id for key in members])
    session = IntervisionSession(season_id=group.season_id, group_id=group.id, number=1, seats=8)
    kept(session)
    begin = now() - timedelta(minutes=1)
    date_session(session, begin, begin + timedelta(minutes=minutes), "OBS De Wilgen")
    for seat, key in enumerate(guests, start=len(members) + 1):
        kept(
            Booking(
                session_id=session.id, person_id=cast[key].person_id, seats=8, seat=seat, is_guest=True,
                state=BookingState.BOOKED,
            )
        )  # fmt: skip
    return Now(session.id, group.id)

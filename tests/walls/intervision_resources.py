"""How to make what the URLs of intervision name."""

from datetime import timedelta

from app.intervision.models import IntervisionGroup, Season
from app.intervision.services.divisions import FORMING
from app.jobs.models import LongWork, WorkState
from app.kernel.clock import now, today
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tenants.session import session
from tests.intervision.seasons import a_group, a_season, a_session, an_answer
from tests.walls.places import Place, Resource, kept


def _season(place: Place) -> int:
    """A season in which the IB'er and somebody of another school take part, and whose groups have been formed."""
    season = a_season(join_until=today() + timedelta(days=7))
    for person_id in _both(place):
        an_answer(season, person_id)
    kept(LongWork(kind=FORMING, subject_id=season.id, person_id=0, state=WorkState.DONE, ended_at=now()))
    return season.id


def _group(place: Place) -> int:
    season = session().get_one(Season, (place.network.id, place.get("season_id")))
    return a_group(season, _both(place)).id


def _session(place: Place) -> int:
    """A session of the group that is still to come."""
    from_group = session().get_one(IntervisionGroup, (place.network.id, place.get("group_id")))
    return a_session(from_group).id


def _both(place: Place) -> list[int]:
    return [place.get("intervision.member"), place.get("intervision.other_member")]


def _other_school(place: Place) -> int:
    board = kept(Board(number=str(80_000 + place.network.id)))
    code = f"02{place.network.id:04d}"
    return kept(School(board_id=board, code=code, name="De Linde", kinds=["bo"], city="Purmerend"))


INTERVISION: dict[str, Resource] = {
    "group_id": Resource(_group),
    "intervision.member": Resource(lambda place: place.somebody("ib", Role.IB, "school_id")),
    "intervision.other_member": Resource(
        lambda place: place.somebody("colleague", Role.IB, "intervision.other_school")
    ),
    "intervision.other_school": Resource(_other_school),
    "intervision.person_id": Resource(lambda place: place.get("intervision.other_member")),
    "season_id": Resource(_season),
    "session_id": Resource(_session),
}

"""How to make what the URLs of intervision name."""

from datetime import timedelta

from app.intervision.models import Intention, IntervisionGroup, Season
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tenants.session import session
from tests.intervision.seasons import a_group, a_season, a_session, an_answer
from tests.walls.places import Place, Resource, kept


def _season(place: Place) -> int:
    """A season in which the IB'er and somebody of another school take part."""
    season = a_season()
    for person_id in _both(place):
        an_answer(season, person_id)
    return season.id


def _group(place: Place) -> int:
    season = session().get_one(Season, (place.network.id, place.get("season_id")))
    return a_group(season, _both(place)).id


def _session(place: Place) -> int:
    """A session of the group that is still to come."""
    from_group = session().get_one(IntervisionGroup, (place.network.id, place.get("group_id")))
    return a_session(from_group).id


def _intention(place: Place) -> int:
    """What the IB'er meant to do after a session that was held."""
    from_group = session().get_one(IntervisionGroup, (place.network.id, place.get("group_id")))
    held = a_session(from_group, number=2, day=today() - timedelta(days=7))
    text = "Eerst vragen wat de leraar zelf ziet"
    return kept(Intention(session_id=held.id, person_id=place.get("intervision.member"), text=text))


def _both(place: Place) -> list[int]:
    return [place.get("intervision.member"), place.get("intervision.other_member")]


def _other_school(place: Place) -> int:
    board = kept(Board(number=str(80_000 + place.network.id)))
    code = f"02{place.network.id:04d}"
    return kept(School(board_id=board, code=code, name="De Linde", kinds=["bo"], city="Purmerend"))


INTERVISION: dict[str, Resource] = {
    "group_id": Resource(_group),
    "intention_id": Resource(_intention),
    "intervision.member": Resource(lambda place: place.somebody("ib", Role.IB, "school_id")),
    "intervision.other_member": Resource(
        lambda place: place.somebody("colleague", Role.IB, "intervision.other_school")
    ),
    "intervision.other_school": Resource(_other_school),
    "season_id": Resource(_season),
    "session_id": Resource(_session),
}

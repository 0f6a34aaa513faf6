"""How to make what the URLs of intervision name."""

from app.intervision.models import IntervisionGroup, Method, Season
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


def _method(place: Place) -> str:
    """A method of the network's own."""
    steps = [{"name": "Vertellen", "minutes": 10, "what": "De inbrenger vertelt.", "questions": ["En toen?"]}]
    kept(Method(code=f"own-{place.network.id}", name="Onze werkvorm", steps=steps, by_id=0))
    return f"own-{place.network.id}"


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
    "method_code": Resource(_method, missing="own-nowhere"),
    "season_id": Resource(_season),
    "session_id": Resource(_session),
}

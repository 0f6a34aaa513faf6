"""How to make what the URLs of intervision name."""

from datetime import timedelta

from app.intervision.models import Intention, IntervisionGroup, Method, PollWord, Season
from app.intervision.queries.planning import poll_of
from app.intervision.services.divisions import FORMING
from app.intervision.services.polls import keep_answers
from app.jobs.models import LongWork, WorkState
from app.kernel.clock import now, today
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tenants.session import session
from tests.intervision.insiders import a_goal
from tests.intervision.seasons import a_group, a_poll, a_season, a_session, an_answer
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
    """A session of the group that is still to come, with a poll to move it, which one of the two answered."""
    from_group = session().get_one(IntervisionGroup, (place.network.id, place.get("group_id")))
    made = a_session(from_group)
    poll = a_poll(made)
    keep_answers(_both(place)[1], {option.id: PollWord.YES for option in poll.options})
    return made.id


def _option(place: Place) -> int:
    """A moment of the poll."""
    found = poll_of(place.get("session_id"))
    assert found
    return found.options[0].id


def _intention(place: Place) -> int:
    """What the IB'er meant to do after a session that was held."""
    from_group = session().get_one(IntervisionGroup, (place.network.id, place.get("group_id")))
    held = a_session(from_group, number=2, day=today() - timedelta(days=7))
    text = "Eerst vragen wat de leraar zelf ziet"
    return kept(Intention(session_id=held.id, person_id=place.get("intervision.member"), text=text))


def _goal(place: Place) -> int:
    """A goal of the IB'er that she made of another intention, and did not fix."""
    from_group = session().get_one(IntervisionGroup, (place.network.id, place.get("group_id")))
    held = a_session(from_group, number=3, day=today() - timedelta(days=5))
    return a_goal(held, place.get("intervision.member")).id


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
    "intention_id": Resource(_intention),
    "intervision.goal_id": Resource(_goal),
    "intervision.member": Resource(lambda place: place.somebody("ib", Role.IB, "school_id")),
    "intervision.other_member": Resource(
        lambda place: place.somebody("colleague", Role.IB, "intervision.other_school")
    ),
    "intervision.other_school": Resource(_other_school),
    "intervision.option_id": Resource(_option),
    "intervision.person_id": Resource(lambda place: place.get("intervision.other_member")),
    "method_code": Resource(_method, missing="own-nowhere"),
    "season_id": Resource(_season),
    "session_id": Resource(_session),
}

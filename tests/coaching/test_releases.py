"""The leader of her school sees exactly what an IB'er released, and without it not even that there is coaching."""

import pytest

from app.coaching.models import LineKind
from app.coaching.queries import released_to
from app.goals.models import Goal
from app.kernel.permissions import Role
from app.organisation.models import Assignment
from tests.coaching.agreements import GOAL, START, add_goal, add_line, add_trajectory, measure
from tests.coaching.test_agreements import EVERYBODY, actors  # noqa: F401 - a fixture
from tests.world import add_role

PAGE = "/waterland/schoolcoaching"


@pytest.fixture
def made(app, cast):
    """A trajectory with two lines, a goal that was fixed and measured, and a draft; by what they are."""
    with app.database.unit_of_work(cast.network):
        trajectory = add_trajectory(cast)
        place = add_line(trajectory, LineKind.PLACE, START["place"])
        hears = add_line(trajectory, LineKind.LEADER_HEARS, START["leader_hears"])
        fixed = add_goal(trajectory, fixed=True)
        draft = add_goal(trajectory, text="Nog een doel")
        measure(fixed, "start", -2)
        return {
            "url": f"/waterland/trajecten/{trajectory.id}/vrijgave",
            "preview": f"/waterland/trajecten/{trajectory.id}/schoolleider",
            "place": {"line_id": place.id},
            "hears": {"line_id": hears.id},
            "fixed": {"goal_id": fixed.id},
            "draft": {"goal_id": draft.id},
            "talks": {},
        }


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def seen(app, cast, actors):  # noqa: F811 - the fixture
    """Who of the cast sees how many lines, goals and talks."""

    def seen():
        with app.database.unit_of_work(cast.network):
            found = {key: released_to(actor) for key, actor in actors.items()}
        return {
            key: [(len(one.lines), len(one.goals), one.talks) for one in released]
            for key, released in found.items()
            if released
        }

    return seen


def test_before_a_release_nobody_sees_anything(as_, cast, made, seen):
    assert seen() == {}
    page = as_(cast["leader"]).get(PAGE).text
    assert "Hier is nog niets te zien" in page
    assert "Fatima" not in page


def test_after_a_release_the_leader_of_her_school_sees_that_and_no_more(as_, cast, made, ib, seen):
    assert ib.post(made["url"], data=made["hears"]).status_code == 302
    assert seen() == {"leader": [(1, 0, None)]}
    page = as_(cast["leader"]).get(PAGE).text
    assert START["leader_hears"] in page
    assert "Fatima el Amrani" in page
    for hidden in ("Joost", START["place"], GOAL["text"], "Nog een doel", "gesprekken van"):
        assert hidden not in page


def test_a_goal_comes_with_its_levels_and_measurements_also_later_ones(as_, cast, made, ib, app):
    ib.post(made["url"], data=made["fixed"])
    page = as_(cast["leader"]).get(PAGE).text
    assert all(said in page for said in GOAL.values())
    assert "Bij de start" in page
    with app.database.unit_of_work(cast.network) as unit:
        measure(unit.get_one(Goal, (cast.network.id, made["fixed"]["goal_id"])), "check_in", 1)
    assert "Halverwege" in as_(cast["leader"]).get(PAGE).text


def test_the_talks_are_a_part_of_their_own(made, ib, seen):
    ib.post(made["url"], data=made["talks"])
    assert seen() == {"leader": [(0, 0, (6, 75))]}


def test_after_taking_back_it_is_as_before(as_, cast, made, ib, seen):
    for part in ("hears", "fixed", "talks"):
        ib.post(made["url"], data=made[part])
    assert seen() == {"leader": [(1, 1, (6, 75))]}
    for part in ("hears", "fixed", "talks"):
        assert ib.post(f"{made['url']}/intrekking", data=made[part]).status_code == 302
    assert seen() == {}
    assert "Fatima" not in as_(cast["leader"]).get(PAGE).text


def test_a_draft_is_not_released(made, ib, seen):
    assert ib.post(made["url"], data=made["draft"]).status_code == 409
    assert seen() == {}


def test_releasing_twice_is_releasing(made, ib, seen):
    for _time in range(2):
        assert ib.post(made["url"], data=made["hears"]).status_code == 302
    assert seen() == {"leader": [(1, 0, None)]}


def test_a_line_and_a_goal_at_once_are_no_part(made, ib):
    assert ib.post(made["url"], data=made["hears"] | made["fixed"]).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("coach", 403), ("colleague", 404), ("coordinator", 403), ("leader", 403), ("teacher", 403)],
)
def test_nobody_else_releases_takes_back_or_sees_the_preview(as_, cast, made, seen, who, status):
    client = as_(cast[who])
    assert client.post(made["url"], data=made["hears"]).status_code == status
    assert client.post(f"{made['url']}/intrekking", data=made["hears"]).status_code == status
    assert client.get(made["preview"]).status_code == (404 if who == "coach" else status)
    assert seen() == {}


def test_a_part_of_another_trajectory_does_not_exist(app, cast, made, ib):
    with app.database.unit_of_work(cast.network):
        other = add_trajectory(cast)
        line, goal = add_line(other, LineKind.PLACE, "x"), add_goal(other, fixed=True)
        parts = ({"line_id": line.id}, {"goal_id": goal.id})
    for part in parts:
        assert ib.post(made["url"], data=part).status_code == 404
        assert ib.post(f"{made['url']}/intrekking", data=part).status_code == 404


def test_the_preview_is_what_the_leader_sees(as_, cast, made, ib):
    assert "Je schoolleider ziet niets" in ib.get(made["preview"]).text
    for part in ("hears", "fixed"):
        ib.post(made["url"], data=made[part])
    card = '<article class="card card--padded stack"'
    preview, page = (
        html.split(card, 1)[1].split("</article>", 1)[0]
        for html in (ib.get(made["preview"]).text, as_(cast["leader"]).get(PAGE).text)
    )
    assert preview == page


def test_who_does_not_lead_her_school_any_more_sees_nothing(app, cast, made, ib, seen):
    ib.post(made["url"], data=made["hears"])
    with app.database.unit_of_work(cast.network) as unit:
        (leads,) = unit.query(Assignment).filter_by(person_id=cast["leader"].person_id)
        leads.school_id = cast.schools["linde"]
    assert seen() == {}


def test_who_is_ib_at_her_own_school_and_leader_elsewhere_sees_nothing_of_her_colleague(
    app, cast, made, ib, as_
):
    ib.post(made["url"], data=made["hears"])
    with app.database.unit_of_work(cast.network):
        add_role(cast["colleague"].person_id, Role.IB, cast.schools["wilgen"])
        add_role(cast["colleague"].person_id, Role.LEADER, cast.schools["kompas"])
    assert "Fatima" not in as_(cast["colleague"]).get(PAGE).text


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_is_for_leaders(as_, cast, who):
    status = as_(cast[who]).get(PAGE).status_code
    assert status == (200 if who in {"leader", "other_leader"} else 403)

"""Two people agree at the start: with what they both saw, and anew when it changes."""

import re

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.coaching.models import COACH_SIDE, Agreement, AgreementLine, Closure, LineKind, Release, Trajectory
from app.coaching.queries import own_trajectory, start_agreement
from app.kernel.errors import Forbidden, NotFound
from app.organisation.queries import actor_of
from tests.coaching.agreements import START, add_goal, add_line, add_trajectory

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")


@pytest.fixture
def trajectory_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return add_trajectory(cast).id


@pytest.fixture
def url(trajectory_id):
    return f"/waterland/trajecten/{trajectory_id}"


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def coach(as_, cast):
    return as_(cast["coach"])


@pytest.fixture
def save(url):
    """Fill the form in, with changes, as somebody who just opened it."""

    def save(client, **changes):
        version = version_on(client.get(f"{url}/afspraken/regels").text)
        return client.post(f"{url}/afspraken/regels", data={"version": version, **START, **changes})

    return save


@pytest.fixture
def agree(url):
    def agree(client):
        version = version_on(client.get(f"{url}/afspraken").text)
        return client.post(f"{url}/afspraken/akkoord", data={"version": version})

    return agree


@pytest.fixture
def count(app, cast):
    def count(kind):
        with app.database.unit_of_work(cast.network) as unit:
            return unit.query(kind).count()

    return count


def version_on(page):
    found = re.search(r'name="version" value="(\w+)"', page)
    return found[1] if found else "none"


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in EVERYBODY}


def test_the_two_see_it_the_coordinator_may_not_and_to_others_it_does_not_exist(unit, cast, actors):
    trajectory = add_trajectory(cast)
    answers = {}
    for key, actor in actors.items():
        try:
            answers[key] = "sees" if start_agreement(own_trajectory(actor, trajectory.id)) else "nothing"
        except (Forbidden, NotFound) as refusal:
            answers[key] = type(refusal).__name__
    assert answers == {
        **dict.fromkeys(EVERYBODY, "NotFound"),
        "coordinator": "Forbidden",
        "ib": "sees",
        "coach": "sees",
    }


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("ib", 200),
        ("coach", 200),
        ("colleague", 404),
        ("coordinator", 403),
        ("leader", 403),
        ("teacher", 403),
    ],
)
def test_who_gets_the_page(as_, cast, url, who, status):
    assert as_(cast[who]).get(f"{url}/afspraken").status_code == status


def test_the_tab_is_there_for_the_two_and_not_for_the_coordinator(as_, cast, url):
    assert [
        who for who in ("ib", "coach", "coordinator") if "Afspraken en doelen" in as_(cast[who]).get(url).text
    ] == ["ib", "coach"]


def test_both_agree_with_what_one_of_them_wrote(ib, coach, url, save, agree):
    assert save(ib).status_code == 302
    assert agree(ib).status_code == 302
    assert agree(coach).status_code == 302
    page = coach.get(f"{url}/afspraken").text
    assert "Fatima is akkoord sinds" in page
    assert "Joost is akkoord sinds" in page
    assert START["leader_hears"] in page


def test_an_agreement_that_was_pressed_too_soon_is_taken_back(ib, url, save, agree, count):
    save(ib)
    agree(ib)
    ib.post(f"{url}/afspraken/akkoord/intrekking")
    assert count(Agreement) == 0


def test_there_is_nothing_to_agree_with_before_it_was_filled_in(ib, url, count):
    assert "Ik ben akkoord" not in ib.get(f"{url}/afspraken").text
    assert ib.post(f"{url}/afspraken/akkoord", data={"version": "x"}).status_code == 409
    assert count(Agreement) == 0


@pytest.mark.parametrize("change", [{"place": "Online"}, {"talks": "8"}, {"line_1": ""}, {"line_2": "Nieuw"}])
def test_a_change_takes_the_agreement_of_both_away_and_says_so(ib, coach, url, save, agree, count, change):
    save(ib)
    agree(ib)
    agree(coach)
    save(coach, **change)
    assert count(Agreement) == 0
    page = coach.get(f"{url}/afspraken").text
    assert "Geef daarom allebei opnieuw akkoord" in page
    assert "Fatima is nog niet akkoord" in page


def test_saving_the_same_again_changes_nothing(ib, coach, url, save, agree, count):
    save(ib)
    agree(ib)
    save(coach)
    assert count(Agreement) == 1


def test_nobody_agrees_with_what_she_did_not_see(ib, coach, url, save, count):
    save(ib)
    seen = version_on(ib.get(f"{url}/afspraken").text)
    save(coach, place="Online")
    answer = ib.post(f"{url}/afspraken/akkoord", data={"version": seen})
    assert answer.status_code == 409
    assert "zojuist gewijzigd" in answer.text
    assert count(Agreement) == 0


def test_who_was_slower_sees_what_the_other_wrote_and_loses_nothing(ib, coach, url, save):
    seen = version_on(ib.get(f"{url}/afspraken/regels").text)
    save(coach, place="Bij de coach")
    mine = {"version": seen, **START, "place": "Bij mij op school"}
    answer = ib.post(f"{url}/afspraken/regels", data=mine)
    assert answer.status_code == 422
    assert "Bij de coach" in answer.text
    assert "Bij mij op school" in answer.text
    again = ib.post(f"{url}/afspraken/regels", data=mine | {"version": version_on(answer.text)})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"talks": "2"}, "3 tot en met 12"),
        ({"talks": "13"}, "3 tot en met 12"),
        ({"minutes": "20"}, "30 tot en met 150"),
        ({"minutes": ""}, "hoeveel minuten"),
        ({"place": " "}, "Vul in waar"),
        ({"leader_hears": ""}, "wat de schoolleider hoort"),
        ({"line_1": "x" * 501}, "hooguit 500 tekens"),
        ({"leader_hears": "Over Sem, geboren 3-4-2016"}, "geboortedatum"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(ib, save, count, change, said):
    answer = save(ib, **change)
    assert answer.status_code == 422
    assert said in answer.text
    assert count(AgreementLine) == 0


def test_what_only_looks_like_a_pupil_can_be_kept(ib, save, count):
    assert save(ib, leader_hears="Rooster van 3-4-2016", not_about_pupil="1").status_code == 302


def test_a_line_that_changes_is_not_released_any_more(app, cast, ib, url, save, count):
    save(ib)
    with app.database.unit_of_work(cast.network) as unit:
        lines = {line.kind: line.id for line in unit.query(AgreementLine)}
    for data in ({"line_id": lines["place"]}, {"line_id": lines["leader_hears"]}, {}):
        assert ib.post(f"{url}/vrijgave", data=data).status_code == 302
    assert count(Release) == 3
    save(ib, place="Online")
    assert count(Release) == 2
    save(ib, place="Online", minutes="60")
    assert count(Release) == 1


def test_after_the_closure_it_can_be_read_and_not_changed(app, cast, ib, url, save, agree, trajectory_id):
    save(ib)
    with app.database.unit_of_work(cast.network) as unit:
        trajectory = unit.get_one(Trajectory, (cast.network.id, trajectory_id))
        day = trajectory.started_at.date()
        unit.add(Closure(trajectory_id=trajectory.id, outcome="completed", by_id=1, closed_on=day))
    page = ib.get(f"{url}/afspraken")
    assert START["place"] in page.text
    assert "Ik ben akkoord" not in page.text
    assert save(ib, place="Online").status_code == 409
    assert ib.post(f"{url}/doelen", data={}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "position"), [("place", 2), ("leader_hears", 2), ("free", 6), ("free", 0), ("other", 1)]
)
def test_a_line_in_no_place(unit, cast, kind, position):
    trajectory = add_trajectory(cast)
    with pytest.raises(IntegrityError, match="ck_agreement_line"), unit.begin_nested():
        add_line(trajectory, kind, "x", position)


@pytest.mark.parametrize(
    ("side", "constraint"),
    [(3, "ck_agreement_side"), (COACH_SIDE, "uq_agreement_tenant_id_trajectory_id_side")],
)
def test_a_third_one_who_agrees(unit, cast, side, constraint):
    trajectory = add_trajectory(cast)
    unit.add(Agreement(trajectory_id=trajectory.id, side=COACH_SIDE))
    unit.flush()
    with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
        unit.add(Agreement(trajectory_id=trajectory.id, side=side))
        unit.flush()


def test_a_release_of_another_trajectory(unit, cast):
    mine, other = add_trajectory(cast), add_trajectory(cast)
    line, goal = add_line(other, LineKind.PLACE, "x"), add_goal(other, fixed=True)
    for part, constraint in (({"line_id": line.id}, "agreement_line"), ({"goal_id": goal.id}, "goal")):
        with pytest.raises(IntegrityError, match=f"fk_release_.*{constraint}"), unit.begin_nested():
            unit.add(Release(trajectory_id=mine.id, **part))
            unit.flush()


def test_the_same_released_twice(unit, cast):
    trajectory = add_trajectory(cast)
    unit.add(Release(trajectory_id=trajectory.id))
    unit.flush()
    with pytest.raises(IntegrityError, match="uq_release"), unit.begin_nested():
        unit.add(Release(trajectory_id=trajectory.id))
        unit.flush()


def test_what_they_agree_is_not_readable_in_the_database(unit, cast):
    trajectory = add_trajectory(cast)
    add_line(trajectory, LineKind.LEADER_HEARS, START["leader_hears"])
    (kept,) = unit.scalars(text("SELECT text FROM agreement_line")).all()
    assert START["leader_hears"].encode() not in bytes(kept)

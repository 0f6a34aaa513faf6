"""Groups are formed, changed by hand, locked, formed anew and made known: what is refused, and the way out."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.coaching.models import Trajectory
from app.intervision.models import (
    Avoidance,
    Division,
    EarlierSeat,
    GroupMember,
    IntervisionGroup,
    Participation,
    Season,
)
from app.intervision.queries import groups_in, members_of
from app.intervision.season_facts import Apart, facts_of_season
from app.intervision.services.divisions import divide, keep_division, read_season_work, start_division
from app.intervision.violations import Rule, broken_rules
from app.intervision.what_if import effects_of_moving
from app.jobs.models import LongWork
from app.jobs.progress import Cancelled
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from app.organisation.queries import actor_of
from tests.intervision.crowd import a_crowd
from tests.intervision.seasons import a_season, an_answer
from tests.organisation.pages import queries_of
from tests.walls.places import kept
from tests.world import add_person, add_role

SEASON = "/waterland/intervisie/seizoenen/{}"


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def season_of(app, cast) -> Callable[..., tuple[int, list[int]]]:
    """A season with so many IB'ers, each of a school of her own, and what else a test needs."""

    def season_of(count, *, halfdays=lambda _number: (0, 3), schools=None, **values):
        with app.database.unit_of_work(cast.network):
            season = a_season(**{"smallest": 3, "target": 4, "largest": 5, **values})
            ids = []
            board = kept(Board(number="77777"))
            made = [
                kept(
                    School(
                        board_id=board,
                        code=f"09{number:02d}00",
                        name=f"School {number}",
                        kinds=["bo"],
                        city="Edam",
                    )
                )
                for number in range(schools or count)
            ]
            for number in range(count):
                person = add_person("Ib", f"Nummer {number:02d}")
                add_role(person.id, Role.IB, made[number % len(made)])
                if halfdays(number):
                    an_answer(season, person.id, halfdays(number))
                ids.append(person.id)
            return season.id, ids

    return season_of


@pytest.fixture
def groups_of(app, cast):
    """Who is in which group of a season, by the group's name."""

    def groups_of(season_id):
        with app.database.unit_of_work(cast.network):
            groups = groups_in(season_id)
            members = members_of([group.id for group in groups])
            return {group.name: (group.id, sorted(members[group.id])) for group in groups}

    return groups_of


@pytest.fixture
def formed(coordinator, work_through_queue):
    """Press the button, and let the worker do it."""

    def formed(season_id):
        answer = coordinator.post(f"{SEASON.format(season_id)}/indeling")
        work_through_queue()
        return answer

    return formed


def test_everybody_gets_a_place_and_the_page_says_how_good_it_is(season_of, formed, groups_of, coordinator):
    season_id, ids = season_of(8)
    assert formed(season_id).status_code == 302

    groups = groups_of(season_id)
    assert sorted(one for _id, people in groups.values() for one in people) == ids
    assert set(groups) == {"Groep 1", "Groep 2"}
    page = coordinator.get(f"{SEASON.format(season_id)}/groepen").text
    assert "Dit is de best mogelijke indeling." in page
    assert "Groep 1" in page
    bar = coordinator.get(f"{SEASON.format(season_id)}/indeling")
    assert bar.status_code == 302, "what is done leads to its result"


def test_three_people_cannot_be_a_group_of_four(season_of, coordinator):
    season_id, _ids = season_of(3, smallest=4, target=6, largest=8)

    page = coordinator.get(f"{SEASON.format(season_id)}/groepen").text
    assert "Nog niet genoeg IB" in page
    answer = coordinator.post(f"{SEASON.format(season_id)}/indeling")
    assert answer.status_code == 409
    assert "maak de kleinste groep kleiner" in answer.text


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"halfdays": lambda number: (number,)}, "Op deze dagdelen kunnen te weinig"),
        ({"schools": 2}, "werkt op dezelfde scholen"),
    ],
    ids=["no half-day in common", "all of two schools"],
)
def test_when_not_one_group_is_possible_the_page_says_why_and_what_helps(
    season_of, formed, coordinator, values, reason
):
    season_id, _ids = season_of(6, **values)
    formed(season_id)

    page = coordinator.get(f"{SEASON.format(season_id)}/groepen").text
    assert "Er is geen groep mogelijk" in page
    assert reason in page
    assert "Aanmelding wijzigen" in page


def test_more_vetoes_than_possible_leave_somebody_over_with_the_reason(
    app, cast, season_of, formed, coordinator
):
    season_id, ids = season_of(6)
    with app.database.unit_of_work(cast.network) as unit:
        unit.add_all(Avoidance(person_id=ids[0], other_id=other, by_id=ids[0]) for other in ids[1:])
    formed(season_id)

    page = coordinator.get(f"{SEASON.format(season_id)}/groepen").text
    assert "mag niet samen" in page
    assert "Zonder groep" in page


def test_people_are_kept_apart_by_school_coach_and_request(app, cast, season_of):
    season_id, ids = season_of(4)
    with app.database.unit_of_work(cast.network) as unit:
        unit.add(Avoidance(person_id=ids[1], other_id=ids[0], by_id=0))
        unit.add(Trajectory(coachee_id=ids[0], coach_id=ids[2]))
        second = unit.scalars(select(School).where(School.name == "School 3")).one()
        add_role(ids[0], Role.LEADER, second.id)
        unit.flush()
        facts = facts_of_season(unit.scalars(select(Season).where(Season.id == season_id)).one())

        assert facts.why_apart(ids[0], ids[1]) == Apart.AVOIDANCE
        assert facts.why_apart(ids[2], ids[0]) == Apart.COACH
        assert facts.why_apart(ids[0], ids[3]) == Apart.SCHOOL, "through her second school"
        assert facts.why_apart(ids[1], ids[2]) is None
        assert [breach.rule for breach in broken_rules(facts, [ids[0], ids[1]])] == [
            Rule.TOO_SMALL,
            Rule.APART,
        ]


def test_earlier_years_count_whether_imported_or_made_here(app, cast, season_of):
    season_id, ids = season_of(4)
    with app.database.unit_of_work(cast.network) as unit:
        unit.add_all(EarlierSeat(school_year=2019, group_name="Noord", person_id=one) for one in ids[:2])
        unit.add_all(EarlierSeat(school_year=2020, group_name="Noord", person_id=one) for one in ids[:2])
        unit.add(EarlierSeat(school_year=2020, group_name="Zuid", person_id=ids[2]))
        unit.flush()
        facts = facts_of_season(unit.scalars(select(Season).where(Season.id == season_id)).one())

        assert facts.years_together(ids[0], ids[1]) == facts.years_together(ids[1], ids[0]) == 2
        assert facts.years_together(ids[0], ids[2]) == 0


def test_the_digest_changes_with_an_answer_and_not_with_a_lock(
    app, cast, season_of, formed, coordinator, groups_of
):
    season_id, ids = season_of(8)
    formed(season_id)

    def digest():
        with app.database.unit_of_work(cast.network) as unit:
            return facts_of_season(unit.scalars(select(Season).where(Season.id == season_id)).one()).digest

    before = digest()
    coordinator.post(f"/waterland/intervisie/groepen/{groups_of(season_id)['Groep 1'][0]}/vastzetting")
    assert digest() == before
    with app.database.unit_of_work(cast.network) as unit:
        unit.scalars(select(Participation).where(Participation.person_id == ids[0])).one().halfdays = [
            0,
            3,
            5,
        ]
    assert digest() != before
    assert "Vorm ze opnieuw" in coordinator.get(f"{SEASON.format(season_id)}/groepen").text


def test_two_groups_with_one_name_are_told_apart_at_the_field(season_of, formed, groups_of, coordinator):
    season_id, _ids = season_of(8)
    formed(season_id)
    (first, _people), (_second, _others) = groups_of(season_id).values()
    answer = coordinator.post(f"/waterland/intervisie/groepen/{first}/naam", data={"name": "Groep 2"})
    assert answer.status_code == 422
    assert "Er is al een groep met deze naam." in answer.text
    assert sorted(groups_of(season_id)) == ["Groep 1", "Groep 2"]


def test_a_locked_group_stays_and_the_rest_is_formed_anew(season_of, formed, groups_of, coordinator):
    season_id, _ids = season_of(8)
    formed(season_id)
    group_id, people = groups_of(season_id)["Groep 2"]
    coordinator.post(f"/waterland/intervisie/groepen/{group_id}/vastzetting")
    formed(season_id)

    again = groups_of(season_id)
    assert again["Groep 2"] == (group_id, people)
    assert set(again) == {"Groep 1", "Groep 2"}
    assert (
        "Met de vastgezette groepen zoals ze zijn."
        in coordinator.get(f"{SEASON.format(season_id)}/groepen").text
    )


def test_a_locked_group_that_became_impossible_is_named(app, cast, season_of, formed, groups_of, coordinator):
    season_id, _ids = season_of(8)
    formed(season_id)
    group_id, people = groups_of(season_id)["Groep 2"]
    coordinator.post(f"/waterland/intervisie/groepen/{group_id}/vastzetting")
    with app.database.unit_of_work(cast.network) as unit:
        unit.add(Avoidance(person_id=people[0], other_id=people[1], by_id=0))

    answer = coordinator.post(f"{SEASON.format(season_id)}/indeling")
    assert answer.status_code == 409
    assert "Groep 2" in answer.text
    assert "Maak ze eerst los" in answer.text


def test_what_is_moved_is_told_before_and_can_be_undone(app, cast, season_of, formed, groups_of, coordinator):
    season_id, _ids = season_of(8)
    formed(season_id)
    first, other = groups_of(season_id)["Groep 1"], groups_of(season_id)["Groep 2"]
    person = first[1][0]
    url = f"{SEASON.format(season_id)}/groepen/verplaatsing/{person}"

    page = coordinator.get(url).text
    assert "Groep 2" in page
    assert "minder goed" in page, "the effect on the whole"
    answer = coordinator.post(url, data={"to": "group", "group_id": other[0]}, follow_redirects=True)
    assert "Ongedaan maken" in answer.text
    assert person in groups_of(season_id)["Groep 2"][1]
    coordinator.post(url, data={"to": "group", "group_id": first[0]})
    assert groups_of(season_id)["Groep 1"] == first


def test_the_effect_that_is_told_is_the_effect_that_it_has(app, cast, season_of, formed, groups_of):
    season_id, ids = season_of(8)
    with app.database.unit_of_work(cast.network) as unit:
        answers = unit.scalars(select(Participation).where(Participation.season_id == season_id)).all()
        for number, answer in enumerate(answers):
            answer.themes = ["tasks", "workload"][: number % 3]
    formed(season_id)
    groups = dict(groups_of(season_id).values())
    with app.database.unit_of_work(cast.network) as unit:
        facts = facts_of_season(unit.scalars(select(Season).where(Season.id == season_id)).one())
        whole = sum(facts.value(people) for people in groups.values())
        division = unit.scalars(select(Division)).one()
        assert whole == division.value
        [effect] = effects_of_moving(facts, groups, ids[0])
        for people in groups.values():
            if ids[0] in people:
                people.remove(ids[0])
        groups[effect.group_id].append(ids[0])
        assert sum(facts.value(people) for people in groups.values()) == whole + effect.points


def test_a_move_that_breaks_a_rule_is_refused_on_the_page(
    app, cast, season_of, formed, groups_of, coordinator
):
    season_id, _ids = season_of(8)
    formed(season_id)
    first, other = groups_of(season_id)["Groep 1"], groups_of(season_id)["Groep 2"]
    with app.database.unit_of_work(cast.network) as unit:
        unit.add(Avoidance(person_id=other[1][0], other_id=first[1][0], by_id=0))

    page = coordinator.get(f"{SEASON.format(season_id)}/groepen/verplaatsing/{first[1][0]}").text
    assert "Er is geen andere groep mogelijk" in page
    assert "op verzoek uit elkaar gehouden" in page
    answer = coordinator.post(
        f"{SEASON.format(season_id)}/groepen/verplaatsing/{first[1][0]}",
        data={"to": "group", "group_id": other[0]},
    )
    assert answer.status_code == 409


def test_stopping_keeps_the_best_so_far(app, cast, season_of):
    season_id, ids = season_of(12)
    with app.database.unit_of_work(cast.network, with_identities=True):
        actor = actor_of(cast["coordinator"].identity_id)
        work_id = start_division(actor, season_id)
        _work, facts = read_season_work(work_id)

    def report(_stage, _fraction):
        raise Cancelled

    result, seconds = divide(facts, report)
    with app.database.unit_of_work(cast.network) as unit:
        keep_division(work_id, facts, result, seconds)
        division = unit.scalars(select(Division)).one()
        assert division.groups, "there is an answer at every moment"
        assert division.value <= division.upper_bound
        placed = unit.scalars(select(GroupMember.person_id).where(GroupMember.season_id == season_id)).all()
        assert sorted(placed) == ids


def test_what_was_answered_meanwhile_leaves_the_draft_as_it_was(app, cast, season_of, coordinator):
    season_id, ids = season_of(8)
    coordinator.post(f"{SEASON.format(season_id)}/indeling")
    with app.database.unit_of_work(cast.network) as unit:
        work_id = unit.scalars(select(LongWork.id).where(LongWork.subject_id == season_id)).one()
        _work, facts = read_season_work(work_id)
    with app.database.unit_of_work(cast.network) as unit:
        unit.scalars(select(Participation).where(Participation.person_id == ids[0])).one().halfdays = [1]
    result, seconds = divide(facts, lambda _stage, _fraction: None)
    with app.database.unit_of_work(cast.network) as unit:
        keep_division(work_id, facts, result, seconds)
        assert unit.scalars(select(Division)).one()
        assert not unit.scalars(select(IntervisionGroup)).all()


def test_publishing_mails_everybody_once_and_closes_the_draft(
    app, cast, season_of, formed, groups_of, coordinator, as_, kept_mails, work_through_queue
):
    season_id, _ids = season_of(3)
    with app.database.unit_of_work(cast.network) as unit:
        season = unit.scalars(select(Season).where(Season.id == season_id)).one()
        an_answer(season, cast["ib"].person_id)
    formed(season_id)
    [(group_id, people)] = groups_of(season_id).values()
    assert cast["ib"].person_id in people
    fatima = as_(cast["ib"])
    assert fatima.get(f"/waterland/intervisie/groepen/{group_id}").status_code == 404, "a draft is nobody's"

    assert "krijgen een mail" in coordinator.get(f"{SEASON.format(season_id)}/bekendmaking").text
    coordinator.post(f"{SEASON.format(season_id)}/bekendmaking")
    work_through_queue()
    [mail] = [mail for mail in kept_mails() if mail.recipient == cast["ib"].email]
    assert mail.subject == "Je intervisiegroep is bekend"
    assert "Ib Nummer 00" in mail.body
    assert "Ib Nummer 01" in fatima.get(f"/waterland/intervisie/groepen/{group_id}").text
    assert coordinator.post(f"{SEASON.format(season_id)}/bekendmaking").status_code == 409
    assert coordinator.post(f"{SEASON.format(season_id)}/indeling").status_code == 409
    assert coordinator.post(f"/waterland/intervisie/groepen/{group_id}/vastzetting").status_code == 409


def test_groups_that_break_a_rule_are_not_made_known(season_of, formed, groups_of, coordinator):
    season_id, _ids = season_of(6)
    formed(season_id)
    person = groups_of(season_id)["Groep 1"][1][0]
    coordinator.post(f"{SEASON.format(season_id)}/groepen/verplaatsing/{person}", data={"to": "none"})

    assert "te weinig mensen" in coordinator.get(f"{SEASON.format(season_id)}/groepen").text
    assert coordinator.post(f"{SEASON.format(season_id)}/bekendmaking").status_code == 409


def test_the_page_asks_as_many_questions_however_many_groups_there_are(
    app, cast, season_of, formed, coordinator
):
    small_id, _ids = season_of(6)
    formed(small_id)
    with app.database.unit_of_work(cast.network):
        season, _people = a_crowd(40, name="Groot")
        large_id = season.id
    formed(large_id)

    small, large = (
        queries_of(app, lambda season_id=season_id: coordinator.get(f"{SEASON.format(season_id)}/groepen"))
        for season_id in (small_id, large_id)
    )
    assert small == large

"""Groups that are known change: somebody leaves or comes, groups are merged or split. Seats follow; rules hold."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.agenda.models import Attendance, Status
from app.intervision.models import (
    Avoidance,
    Booking,
    BookingState,
    IntervisionSession,
    SeasonPublication,
    SessionCancellation,
)
from app.intervision.queries import groups_in, members_of, season_with
from app.intervision.regrouping import Move, leaving, mended_leaving
from app.intervision.season_facts import facts_of_season
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.models import Board, Person, School
from tests.intervision.seasons import a_group, a_season, a_session, an_answer
from tests.walls.places import kept
from tests.world import add_person, add_role

CHANGE = "/waterland/intervisie/groepen/{}/wijziging"


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def world(app, cast) -> Callable[..., tuple[int, list[int], list[int]]]:
    """A season with groups of these sizes, each with a session to come, and so many people without a group.

    Everybody is of a school of her own, and can come on the half-days of her number. Gives the season, groups, people.
    """

    def world(*sizes, without=0, halfdays=lambda _number: (0, 3), **values):
        with app.database.unit_of_work(cast.network):
            season = a_season(**{"smallest": 2, "target": 3, "largest": 4, **values})
            people = [_ib(season, number, halfdays(number)) for number in range(sum(sizes) + without)]
            groups, rest = [], list(people)
            for number, size in enumerate(sizes, start=1):
                group = a_group(season, rest[:size], f"Groep {number}")
                a_session(group, day=today() + timedelta(days=7 * number), seats=4)
                groups.append(group.id)
                rest = rest[size:]
            return season.id, groups, people

    return world


def _ib(season, number, halfdays):
    board = kept(Board(number=str(77_000 + number)))
    school = kept(
        School(board_id=board, code=f"09{number:02d}00", name=f"School {number}", kinds=["bo"], city="Edam")
    )
    person = add_person("Ib", f"Nummer {number:02d}")
    add_role(person.id, Role.IB, school)
    an_answer(season, person.id, halfdays)
    return person.id


@pytest.fixture
def unit(app, cast):
    """A look into the database."""
    with app.database.unit_of_work(cast.network) as unit:
        yield unit


def seen_on(page, position=0):
    """The digest of a plan that the page shows."""
    return re.findall(r'name="seen"\s+value="([^"]+)"', page.text)[position]


def press(client, url, **data):
    """Open a page, and press its button."""
    page = client.get(url)
    assert page.status_code == 200
    return client.post(url.split("?")[0], data={"seen": seen_on(page), **data})


def seats(unit, group_id):
    """Who has a seat in the sessions of a group, and the state of each booking."""
    of_group = Booking.session_id.in_(sessions_of(group_id))
    return dict(unit.execute(select(Booking.person_id, Booking.state).where(of_group)).all())


def sessions_of(group_id):
    return select(IntervisionSession.id).where(IntervisionSession.group_id == group_id)


def hours_taken(unit, person_id):
    taken = (Attendance.person_id == person_id) & (Attendance.status == Status.BOOKED)
    return len(unit.scalars(select(Attendance.id).where(taken)).all())


def test_who_leaves_gets_her_hours_back_and_the_others_stay(coordinator, world, unit):
    _season, (group, _other), people = world(3, 3)
    answer = press(coordinator, f"{CHANGE.format(group)}/leden/{people[0]}/vertrek")
    assert answer.status_code == 302
    assert members_of([group])[group] == people[1:3]
    assert seats(unit, group) == {
        people[0]: BookingState.GIVEN_BACK,
        people[1]: BookingState.BOOKED,
        people[2]: BookingState.BOOKED,
    }
    assert [hours_taken(unit, one) for one in people[:3]] == [0, 1, 1]


def test_a_newcomer_has_a_seat_in_each_session_to_come_and_sees_the_group(coordinator, world, unit):
    _season, (group,), people = world(3, without=1)
    press(coordinator, f"{CHANGE.format(group)}/komst?persoon={people[3]}", person_id=people[3])
    assert members_of([group])[group] == people
    assert seats(unit, group)[people[3]] == BookingState.BOOKED
    assert hours_taken(unit, people[3]) == 1


def test_a_newcomer_who_is_elsewhere_then_is_in_the_group_without_a_seat(app, cast, coordinator, world, unit):
    _season, (group,), people = world(3, without=1)
    with app.database.unit_of_work(cast.network):
        other = a_group(a_season("Anders"), [people[3]], "Elders")
        a_session(other, day=today() + timedelta(days=7))
    press(coordinator, f"{CHANGE.format(group)}/komst?persoon={people[3]}", person_id=people[3])
    assert people[3] in members_of([group])[group]
    assert people[3] not in seats(unit, group)


def test_where_guests_have_the_last_seat_the_session_gets_one_more(app, cast, coordinator, world, unit):
    _season, (group,), people = world(3, without=2)
    with app.database.unit_of_work(cast.network) as inside:
        session_id = inside.scalar(sessions_of(group))
        kept(
            Booking(
                session_id=session_id, person_id=people[4], seats=4, seat=4, is_guest=True,
                state=BookingState.BOOKED,
            )
        )  # fmt: skip
    press(coordinator, f"{CHANGE.format(group)}/komst?persoon={people[3]}", person_id=people[3])
    assert set(seats(unit, group).values()) == {BookingState.BOOKED}
    assert len(seats(unit, group)) == 5


def test_who_comes_in_the_place_of_somebody_takes_over_her_seats(coordinator, world, unit):
    _season, (group,), people = world(4, without=1)
    url = f"{CHANGE.format(group)}/leden/{people[0]}/vervanging"
    assert "Nummer 04" in coordinator.get(url).text
    press(coordinator, f"{url}?persoon={people[4]}", comer_id=people[4])
    assert set(members_of([group])[group]) == set(people[1:])
    assert seats(unit, group)[people[0]] == BookingState.GIVEN_BACK
    assert seats(unit, group)[people[4]] == BookingState.BOOKED


def test_merged_groups_go_on_as_one_and_the_sessions_of_the_other_are_called_off(coordinator, world, unit):
    season, (group, other), people = world(2, 2)
    answer = press(coordinator, f"{CHANGE.format(group)}/samenvoeging?met={other}", other_id=other)
    assert answer.location.endswith(f"/groepen/{other}/wijziging")
    assert [one.id for one in groups_in(season)] == [other]
    assert set(members_of([other])[other]) == set(people)
    assert set(seats(unit, other)) == set(people)
    assert len(unit.scalars(select(SessionCancellation)).all()) == 1
    page = coordinator.get(f"/waterland/intervisie/groepen/{group}").text
    assert "Deze groep is gestopt op" in page
    assert "afgezegd" in page
    assert [hours_taken(unit, one) for one in people] == [1, 1, 1, 1]


@pytest.mark.parametrize(("halfdays", "is_said"), [((1, 3), False), ((0, 3), True)])
def test_a_planned_session_that_not_everybody_can_come_to_is_said_beforehand(
    as_, cast, time_machine, world, halfdays, is_said
):
    time_machine.move_to("2026-11-23 09:00:00+00:00")
    _season, (group, other), _people = world(2, 2, halfdays=lambda _number: halfdays)
    page = as_(cast["coordinator"]).get(f"{CHANGE.format(group)}/samenvoeging?met={other}").text
    assert ("1 geplande bijeenkomst valt op een dagdeel waarop niet iedereen kan." in page) is is_said


def test_a_split_group_is_two_that_keep_to_the_rules(coordinator, world, unit):
    season, (group,), people = world(4, halfdays=lambda number: (0, 1) if number < 2 else (0, 3))
    answer = press(coordinator, f"{CHANGE.format(group)}/splitsing")
    (new,) = {one.id for one in groups_in(season)} - {group}
    assert answer.location.endswith(f"/groepen/{new}/data")
    found = members_of([one.id for one in groups_in(season)])
    assert sorted(len(one) for one in found.values()) == [2, 2]
    assert {one for members in found.values() for one in members} == set(people)
    assert sum(state == BookingState.GIVEN_BACK for state in seats(unit, group).values()) == 2


def test_the_smallest_change_fills_up_a_group_that_becomes_too_small(app, cast, world):
    season_id, (group, other), people = world(2, 3)
    with app.database.unit_of_work(cast.network):
        season = season_with(season_id)
        facts, members = facts_of_season(season), members_of([group, other])
        assert leaving(facts, members, group, people[0]).leaves_too_small
        plan = mended_leaving(facts, members, group, people[0])
        assert plan
        assert plan.moves[0] == Move(people[0], group, None)
        assert len(plan.moves) == 2
        assert plan.is_possible
        assert not plan.leaves_too_small


def test_the_smallest_change_is_carried_out_as_it_was_shown(coordinator, world, unit):
    _season, (group, other), people = world(2, 3)
    url = f"{CHANGE.format(group)}/leden/{people[0]}/vertrek"
    page = coordinator.get(url)
    answer = coordinator.post(
        url.split("?", maxsplit=1)[0], data={"mended": "true", "seen": seen_on(page, 0)}
    )
    assert answer.status_code == 302
    found = members_of([group, other])
    assert sorted(len(one) for one in found.values()) in ([0, 4], [2, 2])


def test_who_could_not_be_in_the_group_is_named_with_the_reason_and_refused(
    app, cast, coordinator, world, unit
):
    _season, (group,), people = world(3, without=2, halfdays=lambda number: (8,) if number == 3 else (0, 3))
    with app.database.unit_of_work(cast.network):
        kept(Avoidance(person_id=people[4], other_id=people[0], by_id=0))
    page = coordinator.get(f"{CHANGE.format(group)}/komst")
    assert "Er is geen dagdeel waarop iedereen kan." in page.text
    for person_id in people[3:]:
        url = f"{CHANGE.format(group)}/komst?persoon={person_id}"
        assert 'name="seen"' not in coordinator.get(url).text
        seen = {"person_id": person_id, "seen": "x"}
        assert coordinator.post(url.split("?", maxsplit=1)[0], data=seen).status_code == 409
    assert members_of([group])[group] == people[:3]


def test_two_coordinators_at_once_the_second_hears_that_it_changed(coordinator, world):
    _season, (group,), people = world(4)
    url = f"{CHANGE.format(group)}/leden/{people[0]}/vertrek"
    data = {"seen": seen_on(coordinator.get(url))}
    other = f"{CHANGE.format(group)}/leden/{people[1]}/vertrek"
    stale = {"seen": seen_on(coordinator.get(other))}
    assert coordinator.post(url.split("?", maxsplit=1)[0], data=data).status_code == 302
    assert coordinator.post(url.split("?", maxsplit=1)[0], data=data).status_code == 409
    assert coordinator.post(other, data=stale).status_code == 409


@pytest.mark.parametrize(
    "change", ["leden/{}/vertrek", "leden/{}/vervanging", "komst", "samenvoeging", "splitsing"]
)
def test_without_what_it_is_about_nothing_changes(coordinator, world, unit, change):
    _season, (group,), people = world(4)
    assert coordinator.post(f"{CHANGE.format(group)}/{change.format(people[0])}", data={}).status_code == 422
    assert members_of([group])[group] == people


@pytest.mark.parametrize(
    "query", ["leden/999/vertrek", "leden/999/vervanging", "komst?persoon=999", "samenvoeging?met=999"]
)
def test_nobody_and_nothing_that_is_not_there_is_found(coordinator, world, query):
    _season, (group,), _people = world(4)
    assert coordinator.get(f"{CHANGE.format(group)}/{query}").status_code == 404


def test_a_group_that_is_not_known_yet_is_changed_in_the_draft(app, cast, coordinator, world):
    _season, (group,), _people = world(4)
    with app.database.unit_of_work(cast.network) as inside:
        inside.query(SeasonPublication).delete()
    assert coordinator.get(CHANGE.format(group)).status_code == 409


def test_everybody_whom_it_concerns_gets_a_kind_mail(
    app, cast, coordinator, world, work_through_queue, kept_mails
):
    _season, (group,), people = world(2, without=1)
    with app.database.unit_of_work(cast.network) as inside:
        for number, person_id in enumerate(people):
            inside.get_one(Person, (cast.network.id, person_id)).email = f"ib{number}@waterland.example"
    url = f"{CHANGE.format(group)}/leden/{people[0]}/vervanging?persoon={people[2]}"
    press(coordinator, url, comer_id=people[2])
    work_through_queue()
    mails = {mail.recipient.split("@")[0]: mail for mail in kept_mails()}
    assert "Bedankt voor het meedenken" in mails["ib0"].body
    assert "Ib Nummer 01" in mails["ib2"].body
    assert mails["ib1"].subject == "Je intervisiegroep is veranderd"
    assert "Nummer 00" not in mails["ib1"].body

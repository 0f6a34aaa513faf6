"""How a running round is shown: who needs a person on top, who waits in which order, and quick whatever its length."""

import re
import time
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from app.coaching.models import (
    CoachingRequest,
    CoachOffer,
    CoachProfile,
    Match,
    Publication,
)
from app.coaching.services.answers import accept_match, decline_match
from app.kernel.clock import now
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Person
from tests.coaching.rounds import acting, ask, new_coach, new_ib, open_small_round, published
from tests.coaching.test_constraints import proposal_of
from tests.organisation.pages import queries_of
from tests.world import SINCE

IBS_OF_A_LARGE_NETWORK = 353


@pytest.fixture
def matching_round(unit):
    return open_small_round()


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def four(unit, cast, matching_round):
    """Ib a is declined, Ib b silent for long, the coach of Ib c away; all is well with Ib d. By name."""
    people = {name: new_ib(cast, name) for name in "dabc"}
    for name, person_id in people.items():
        ask(matching_round.id, person_id, online=True, themes={"leader": 3})
        new_coach(f"van {name}", capacity=1)
    matches = published(matching_round.id)
    made = {name: matches[person_id] for name, person_id in people.items()}
    decline_match(acting(made["a"].coach_id, Role.COACH), made["a"].id, {})
    made["b"].made_at = now() - timedelta(days=20)
    profile = unit.query(CoachProfile).filter_by(person_id=made["c"].coach_id).one()
    profile.unavailable_from = date(2026, 1, 1)
    for actor in (acting(made["d"].coachee_id, Role.IB), acting(made["d"].coach_id, Role.COACH)):
        accept_match(actor, made["d"].id)
    unit.flush()
    return made


def names(page):
    """The IB'ers in the order of the page."""
    return re.findall(r"Ib (\w)", page.split('id="progress"')[1])


def progress(coordinator, matching_round, query=""):
    answer = coordinator.get(f"/waterland/koppelrondes/{matching_round.id}/verloop{query}")
    assert answer.status_code == 200
    return answer.text


def test_those_who_need_a_person_stand_on_top(coordinator, matching_round, four):
    page = progress(coordinator, matching_round)
    assert names(page) == ["a", "b", "c", "d"]
    for text in ("Geen coach", "20 dagen stil.", "De coach is nu niet beschikbaar.", "Loopt"):
        assert text in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=attention", "abc"),
        ("?state=without", "a"),
        ("?state=waits", "bc"),
        ("?state=talks", ""),
        ("?state=runs", "d"),
        ("?state=stopped", ""),
        ("?state=onzin&after=x", "abcd"),
        ("?q=Ib+c", "c"),
        ("?q=wilgen", "abcd"),
        ("?q=zoek", ""),
    ],
)
def test_the_list_is_narrowed(coordinator, matching_round, four, query, shown):
    assert names(progress(coordinator, matching_round, query)) == list(shown)


def test_a_coach_whose_role_ended_needs_a_person_too(unit, coordinator, matching_round, four):
    unit.query(Assignment).filter_by(person_id=four["d"].coach_id).one().until = date(2026, 11, 1)
    unit.flush()
    assert "De coach is geen coach meer." in progress(coordinator, matching_round, "?state=attention")


def test_who_waited_longest_goes_first_and_then_who_asked_first(unit, cast, coordinator):
    earlier = open_small_round("2025", date(2025, 9, 1))
    people = {name: new_ib(cast, name) for name in "abc"}
    ask(earlier.id, people["c"])
    unit.add(Publication(round_id=earlier.id, proposal_id=proposal_of(unit, cast, earlier.id), by_id=1))
    matching_round = open_small_round()
    for name, person_id in people.items():
        asked = ask(matching_round.id, person_id)
        asked.sent_at = now() - timedelta(days={"a": 30, "b": 40, "c": 20}[name])
    new_coach("zonder themas", capacity=0)
    published(matching_round.id)
    page = coordinator.get(f"/waterland/koppelrondes/{matching_round.id}/wachtlijst").text
    assert re.findall(r"(\d)\. Ib (\w)", page) == [("1", "c"), ("2", "b"), ("3", "a")]
    assert page.count("1 eerdere ronde") == 1


def test_the_menu_leads_to_the_running_round(coordinator, matching_round, four):
    answer = coordinator.get("/waterland/koppelingen")
    assert answer.location == f"/waterland/koppelrondes/{matching_round.id}/verloop"


@pytest.mark.parametrize("page", ["verloop", "wachtlijst", "wijziging"])
def test_a_round_that_is_not_published_has_no_such_page(coordinator, matching_round, page):
    assert coordinator.get(f"/waterland/koppelrondes/{matching_round.id}/{page}").status_code == 404


@pytest.mark.parametrize("page", ["verloop", "wachtlijst", "wijziging"])
def test_nobody_but_the_coordinator_sees_it(cast, as_, matching_round, four, page):
    for who in ("ib", "coach", "leader", "teacher", "billing"):
        answer = as_(cast[who]).get(f"/waterland/koppelrondes/{matching_round.id}/{page}")
        assert answer.status_code == 403, who


@pytest.fixture
def large_round(unit, cast):
    """As many IB'ers as the largest network of our measure has: half of them have a coach, the others wait."""
    made = open_small_round("Groot")
    unit.add(Publication(round_id=made.id, proposal_id=proposal_of(unit, cast, made.id), by_id=1))
    return made


def fill(unit, cast, matching_round, count):
    """So many IB'ers with a request, each second one with a coach."""
    people = unit.scalars(
        insert(Person).returning(Person.id),
        [{"first_name": "Veel", "last_name": f"Nummer {number}"} for number in range(count)],
    ).all()
    roles = [
        {"person_id": one, "role": Role.IB, "school_id": cast.schools["wilgen"], "since": SINCE}
        for one in people
    ]
    unit.execute(insert(Assignment), roles)
    coaches = [new_coach(f"{matching_round.id}-{number}", capacity=6) for number in range(count // 12 + 1)]
    asked = {"round_id": matching_round.id, "halfdays": [], "travel_limit": 30, "online": True}
    requests = unit.execute(
        insert(CoachingRequest).returning(CoachingRequest.id, CoachingRequest.person_id),
        [{**asked, "person_id": one} for one in people],
    ).all()
    unit.execute(
        insert(CoachOffer),
        [{"round_id": matching_round.id, "coach_id": one, "capacity": 6} for one in coaches],
    )
    rows = [
        {
            "round_id": matching_round.id, "request_id": request_id, "coachee_id": person_id,
            "coach_id": coaches[number // 6], "capacity": 6, "place": number % 6 + 1, "score": 1, "detail": {},
        }
        for number, (request_id, person_id) in enumerate(requests[::2])
    ]  # fmt: skip
    unit.execute(insert(Match), rows)


@pytest.mark.parametrize("page", ["verloop", "verloop?q=veel", "wachtlijst"])
def test_a_page_takes_as_many_queries_whatever_the_length_and_is_quick(
    app, unit, cast, coordinator, large_round, page
):
    url = f"/waterland/koppelrondes/{large_round.id}/{page}"
    fill(unit, cast, large_round, 4)
    coordinator.get(url)
    short = queries_of(app, lambda: coordinator.get(url))
    other = open_small_round("Nog groter")
    unit.add(Publication(round_id=other.id, proposal_id=proposal_of(unit, cast, other.id), by_id=1))
    fill(unit, cast, other, IBS_OF_A_LARGE_NETWORK)
    url = f"/waterland/koppelrondes/{other.id}/{page}"
    assert queries_of(app, lambda: coordinator.get(url)) == short
    started = time.perf_counter()
    coordinator.get(url)
    assert time.perf_counter() - started < 2

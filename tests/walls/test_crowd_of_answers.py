"""Fifty press at once, yes, no and change: never too many for a coach, two coaches for one, or coaching twice."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.coaching.models import (
    Answer,
    AppliedChange,
    CoachOffer,
    CoachProfile,
    Match,
    MatchAnswer,
    Trajectory,
)
from app.coaching.queries import latest_change
from app.kernel.permissions import Role
from tests.coaching.rounds import ask, calculated, offer, open_small_round, published
from tests.conftest import signed_in_client
from tests.world import add_member, add_role

THREADS = 50
PAIRS = 10
KEEPS = 12
"""Presses of two coordinators on the same change."""


@pytest.fixture
def round_(committed):
    """Ten pairs with five coaches of two places; a change in which one coach drops out and two IB'ers join."""
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    with app.database.unit_of_work(cast.network, with_identities=True) as unit:
        members = {f"ib{number}": Role.IB for number in range(PAIRS + 2)}
        members |= {f"coach{number}": Role.COACH for number in range(6)} | {"second": Role.COORDINATOR}
        for key, role in members.items():
            cast.people[key] = add_member(cast.network, key, "Iemand", key)
            add_role(cast[key].person_id, role, cast.schools["wilgen"] if role == Role.IB else None)
        made = open_small_round()
        for number in range(PAIRS):
            ask(made.id, cast[f"ib{number}"].person_id, online=True, themes={"leader": 3})
        for number in range(5):
            offer(cast[f"coach{number}"].person_id, online=True, capacity=2)
        matches = published(made.id)
        assert len(matches) == PAIRS
        offer(cast["coach5"].person_id, online=True, capacity=3)
        gone, more = (cast[key].person_id for key in ("coach0", "coach1"))
        unit.query(CoachProfile).filter_by(person_id=gone).one().capacity = 0
        unit.query(CoachProfile).filter_by(person_id=more).one().capacity = 3
        for number in (PAIRS, PAIRS + 1):
            ask(made.id, cast[f"ib{number}"].person_id, online=True, themes={"leader": 3})
        calculated(made.id)
        by_person = {member.person_id: key for key, member in cast.people.items()}
        sides = [
            (match.id, by_person[person_id])
            for match in matches.values()
            for person_id in (match.coachee_id, match.coach_id)
        ]
        return app, cast, made.id, latest_change(made.id).id, sides


def presses(round_, seed):
    """Yes and no of both sides of each pair, in any order, with those of the coordinators between them."""
    _app, _cast, round_id, change_id, sides = round_
    chance = random.Random(seed)
    said = [chance.choice(sides) for _ in range(THREADS - KEEPS - len(sides))]
    answers = [
        (who, f"koppelingen/{match_id}/afwijzing", {})
        if chance.random() < 0.2
        else (who, f"koppelingen/{match_id}/antwoord", {"answer": "accepted"})
        for match_id, who in [*sides, *said]
    ]
    change = f"koppelrondes/{round_id}/wijziging", {"proposal_id": change_id}
    all_presses = [*answers, *((("coordinator", "second")[number % 2], *change) for number in range(KEEPS))]
    chance.shuffle(all_presses)
    assert len(all_presses) == THREADS
    return all_presses


def press_all(round_, seed):
    """Everybody at once; gives the status of each answer."""
    app, cast, *_ = round_
    ready = [(signed_in_client(app, cast[who]), url, form) for who, url, form in presses(round_, seed)]
    with ThreadPoolExecutor(THREADS) as threads:
        pressed = [threads.submit(client.post, f"/waterland/{url}", data=form) for client, url, form in ready]
        return Counter(one.result().status_code for one in pressed)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_pressed_the_rules_hold(round_, seed):
    statuses = press_all(round_, seed)
    assert set(statuses) <= {302, 409}, statuses
    app, cast, *_ = round_
    with app.database.unit_of_work(cast.network) as unit:
        going_on = unit.scalars(select(Match).where(Match.ended_at.is_(None))).all()
        offered = dict(unit.execute(select(CoachOffer.coach_id, CoachOffer.capacity)).all())
        for coach_id, load in Counter(match.coach_id for match in going_on).items():
            assert load <= offered[coach_id]
        assert max(Counter(match.request_id for match in going_on).values()) == 1
        begun = unit.scalars(select(Trajectory.match_id)).all()
        assert len(begun) == len(set(begun))
        assert set(begun) <= {match.id for match in going_on}
        assert unit.query(AppliedChange).count() <= 1
        both_said_yes = [
            match.id
            for match in going_on
            if unit.query(MatchAnswer).filter_by(match_id=match.id, answer=Answer.ACCEPTED).count() == 2
        ]
        assert sorted(begun) == sorted(both_said_yes)


def test_of_coordinators_who_press_at_once_one_carries_it_out(round_):
    app, cast, round_id, change_id, _sides = round_
    clients = [signed_in_client(app, cast[who]) for who in ("coordinator", "second") * 4]
    url = f"/waterland/koppelrondes/{round_id}/wijziging"
    with ThreadPoolExecutor(len(clients)) as threads:
        pressed = [threads.submit(one.post, url, data={"proposal_id": change_id}) for one in clients]
        statuses = Counter(one.result().status_code for one in pressed)
    assert statuses == {302: 1, 409: len(clients) - 1}
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(AppliedChange).count() == 1
        going_on = unit.query(Match).filter(Match.ended_at.is_(None)).all()
        assert len({match.request_id for match in going_on}) == len(going_on) == PAIRS + 2

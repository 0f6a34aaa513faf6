"""Who sees what of coaching, as truth tables over the cast: DOMAIN rule 5."""

import pytest
from sqlalchemy import select

from app.coaching.models import CoachingRequest, CoachOffer, Match
from app.coaching.queries import match_with, pairs_of, question_readable_by, request_with, visible_to
from app.kernel.errors import NotFound
from app.organisation.queries import actor_of
from tests.coaching.rounds import small_round

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")


@pytest.fixture
def request_of_fatima(unit, cast):
    small_round(cast)
    return unit.scalars(select(CoachingRequest)).one()


@pytest.fixture
def match(unit, cast, request_of_fatima):
    coach = cast["coach"].person_id
    round_id = request_of_fatima.round_id
    unit.add(CoachOffer(round_id=round_id, coach_id=coach, capacity=2))
    unit.flush()
    made = Match(
        round_id=round_id, request_id=request_of_fatima.id, coachee_id=cast["ib"].person_id, coach_id=coach,
        capacity=2, place=1, score=700, detail={},
    )  # fmt: skip
    unit.add(made)
    unit.flush()
    return made


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in EVERYBODY}


def seen_by(actors, see):
    """Who of the cast gets to see it."""
    seen = set()
    for key, actor in actors.items():
        try:
            if see(actor):
                seen.add(key)
        except NotFound:
            pass
    return seen


def test_before_publication_a_request_is_seen_by_its_owner_and_the_coordinator(actors, request_of_fatima):
    assert seen_by(actors, lambda actor: request_with(actor, request_of_fatima.id)) == {"ib", "coordinator"}


def test_after_publication_her_coach_sees_it_too(actors, request_of_fatima, match):
    seen = seen_by(actors, lambda actor: request_with(actor, request_of_fatima.id))
    assert seen == {"ib", "coordinator", "coach"}


def test_lists_are_narrowed_in_the_same_way(unit, actors, request_of_fatima, match):
    def listed(actor):
        return unit.scalars(select(CoachingRequest).where(visible_to(actor))).all()

    assert seen_by(actors, listed) == {"ib", "coordinator", "coach"}


def test_the_question_is_for_her_alone_before_publication(actors, request_of_fatima):
    assert seen_by(actors, lambda actor: question_readable_by(actor, request_of_fatima)) == {"ib"}


def test_the_question_is_for_her_and_her_coach_afterwards_and_never_for_the_coordinator(
    actors, request_of_fatima, match
):
    assert seen_by(actors, lambda actor: question_readable_by(actor, request_of_fatima)) == {"ib", "coach"}


def test_a_pair_is_seen_by_the_two_and_the_coordinator(actors, match):
    assert seen_by(actors, lambda actor: match_with(actor, match.id)) == {"ib", "coach", "coordinator"}


def test_my_pairs_are_those_in_which_i_am_one_of_the_two(actors, match):
    assert seen_by(actors, pairs_of) == {"ib", "coach"}

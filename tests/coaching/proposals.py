"""Proposals without a worker, and a round of random people for the tests that compare with calculating again."""

from random import Random

from app.coaching.further import look_further
from app.coaching.models import MatchingRound, Proposal
from app.coaching.queries import latest_proposal
from app.coaching.round_facts import facts_of, possible_coaches
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal
from app.jobs.models import LongWork, WorkState
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tenants.session import session
from tests.coaching.rounds import ask, offer, open_small_round
from tests.world import add_person, add_role

KINDS = ["bo", "sbo", "so"]
THEMES = ["leader", "teachers", "tasks"]


def propose(matching_round: MatchingRound) -> Proposal:
    """Calculate a round and keep all that the job keeps."""
    work = LongWork(kind=CALCULATION, subject_id=matching_round.id, person_id=0, state=WorkState.RUNNING)
    session().add(work)
    session().flush()
    session().expire_all()
    facts = facts_of(matching_round)
    judgement, result, seconds = calculate(facts, lambda _stage, _done: None)
    further = look_further(facts, possible_coaches(facts), judgement, result, lambda _stage, _done: None)
    keep_proposal(work.id, facts, judgement, result, seconds)
    keep_further(work.id, further)
    session().flush()
    made = latest_proposal(matching_round.id)
    assert made
    return made


def random_round(random: Random) -> MatchingRound:
    """Schools of a few boards at some distance of each other, IB'ers who ask, and some of them who coach."""
    boards = [Board(number=str(70_000 + number)) for number in range(3)]
    session().add_all(boards)
    session().flush()
    made = open_small_round()
    for number in range(random.randint(5, 8)):
        school = School(
            board_id=random.choice(boards).id, code=f"77{number:02}00", name=f"School {number}", city="Edam",
            kinds=random.sample(KINDS, random.choice([1, 1, 2])),
            latitude=52.5 + random.random() / 2, longitude=5.0 + random.random() / 2,
        )  # fmt: skip
        session().add(school)
        session().flush()
        person = add_person("IB'er", f"Nummer {number}")
        add_role(person.id, Role.IB, school.id)
        ask(
            made.id, person.id, themes={random.choice(THEMES): random.randint(1, 3)},
            travel_limit=random.randint(10, 60), online=random.random() < 0.3,
        )  # fmt: skip
        if random.random() < 0.6:
            add_role(person.id, Role.COACH, None)
            offer(
                person.id, strengths={random.choice(THEMES): random.randint(1, 3)}, capacity=random.randint(1, 2),
                kinds=random.sample(KINDS, random.randint(1, 3)), travel_limit=random.randint(10, 60),
                online=random.random() < 0.3,
            )  # fmt: skip
    session().flush()
    return made

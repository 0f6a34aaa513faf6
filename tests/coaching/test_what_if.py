"""What if: the effect that is shown is the one of really changing the data, and asking changes nothing."""

from datetime import date
from random import Random

import pytest

from app.coaching.matching import solve
from app.coaching.models import CoachingRequest, CoachProfile, MatchingRound, Pin, Publication
from app.coaching.round_facts import facts_of
from app.coaching.what_if import Change, Loosened, effect_of, trial_of
from app.kernel.errors import Conflict, NotFound
from tests.coaching.proposals import propose, random_round
from tests.coaching.rounds import ask, open_small_round, small_round
from tests.coaching.test_constraints import match
from tests.world import add_person

SEEDS = range(6)


def pairs(matching_round):
    """Coach and score by request, calculated from the data as they are."""
    facts = facts_of(matching_round)
    result = solve(facts.instance(facts.judged()), explain=False)
    return {int(match.coachee): (int(match.coach), match.score) for match in result.matches}


def really(unit, matching_round, change):
    """Make the change in the data."""
    requests, profiles = unit.query(CoachingRequest).all(), unit.query(CoachProfile).all()
    for row in requests + profiles:
        if change.rule is Loosened.ONLINE:
            row.online = True
        hers = change.rule is Loosened.HER_TRAVEL and row.id == change.subject_id and row in requests
        if change.rule is Loosened.TRAVEL or hers:
            row.travel_limit = max(row.travel_limit, change.number)
    for profile in profiles:
        if change.rule is Loosened.KINDS:
            profile.kinds = ["bo", "sbo", "so", "vso"]
        if change.rule is Loosened.PLACE and profile.person_id == change.subject_id:
            profile.capacity += 1
    if change.rule is Loosened.LINE:
        matching_round.sufficiency = change.number
    if change.rule is Loosened.REPEAT:
        matching_round.repeat_rounds = change.number
    unit.flush()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rule", Loosened)
def test_the_effect_is_that_of_really_changing_the_data(unit, cast, rule, seed):
    made = random_round(Random(seed))
    earlier = open_small_round("2025", date(2025, 9, 1))
    before = pairs(made)
    if before:
        # Somebody who would be matched was matched with the same coach last year.
        request_id, (coach_id, _score) = next(iter(before.items()))
        coachee_id = unit.query(CoachingRequest).filter_by(id=request_id).one().person_id
        match(unit, earlier.id, coachee_id, coach_id)
        unit.add(Publication(round_id=earlier.id, proposal_id=propose(earlier).id, by_id=1))
        unit.flush()
    proposal, before = propose(made), pairs(made)
    without = [request.id for request in unit.query(CoachingRequest) if request.id not in before]
    subjects = {
        Loosened.HER_TRAVEL: next((one for one in without if _asked_in(unit, one, made)), None),
        Loosened.PLACE: getattr(unit.query(CoachProfile).first(), "person_id", None),
    }
    subject = subjects.get(rule, 0)
    if subject is None:
        pytest.skip("nobody whom this rule could be about")
    numbers = {Loosened.TRAVEL: 45, Loosened.HER_TRAVEL: 60, Loosened.LINE: 500}
    change = Change(rule, numbers.get(rule, 0), subject)

    effect = effect_of(trial_of(made, proposal, change))
    assert effect.is_as_proposed
    really(unit, made, change)
    after = pairs(made)
    assert effect.gain == tuple(sorted(after.keys() - before.keys()))
    assert effect.lose == tuple(sorted(before.keys() - after.keys()))
    assert effect.other_coach == sum(before[one][0] != after[one][0] for one in before.keys() & after.keys())
    for figures, found in ((effect.before, before), (effect.after, after)):
        scores = [score for _coach, score in found.values()]
        assert (figures.matched, figures.worst) == (len(scores), min(scores, default=None))
        assert figures.below == sum(score < 350 for score in scores)


def _asked_in(unit, request_id, matching_round):
    return unit.query(CoachingRequest).filter_by(id=request_id).one().round_id == matching_round.id


def test_trying_changes_nothing_and_what_came_out_is_kept(app, cast, as_, work_through_queue):
    with app.database.unit_of_work(cast.network):
        made = small_round(cast)
        proposal_id, round_id = propose(made).id, made.id
    before = _everything(app, cast, round_id)
    coordinator = as_(cast["coordinator"])
    address = f"/waterland/koppelrondes/{round_id}/wat-als"
    answer = coordinator.post(address, data={"rule": "travel", "minutes": "120"})
    assert "Uitrekenen wat één soepelere regel zou doen" in coordinator.get(answer.location).text
    work_through_queue()
    page = coordinator.get(answer.location)
    assert "Als iedereen minstens tot 120 minuten reist" in page.text
    assert "Er is niets veranderd" in page.text
    assert _everything(app, cast, round_id) == before
    assert proposal_id


def _everything(app, cast, round_id):
    with app.database.unit_of_work(cast.network) as unit:
        return facts_of(unit.query(MatchingRound).filter_by(id=round_id).one()).digest


def test_what_was_changed_since_the_proposal_is_said_and_is_no_part_of_the_difference(unit, cast):
    made = small_round(cast)
    proposal = propose(made)
    unit.query(CoachProfile).one().travel_limit = 5
    unit.query(CoachingRequest).one().online = False
    unit.flush()
    effect = effect_of(trial_of(made, proposal, Change(Loosened.TRAVEL, 60)))
    assert not effect.is_as_proposed
    assert (effect.before.matched, effect.after.matched) == (0, 1)


@pytest.mark.parametrize("rule", [Loosened.HER_TRAVEL, Loosened.PLACE])
def test_somebody_who_takes_no_part_is_not_found(unit, cast, rule):
    made = small_round(cast)
    proposal = propose(made)
    with pytest.raises(NotFound):
        trial_of(made, proposal, Change(rule, 60, 987_654_321))


def test_a_locked_pair_that_is_no_longer_possible_is_named(unit, cast):
    made = small_round(cast)
    proposal = propose(made)
    request = unit.query(CoachingRequest).one()
    unit.add(Pin(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
    unit.query(CoachProfile).one().travel_limit = 5
    unit.flush()
    with pytest.raises(Conflict, match="Fatima el Amrani"):
        trial_of(made, proposal, Change(Loosened.ONLINE))


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"rule": "nonsense"}, 422),
        ({"rule": "travel", "minutes": "9999"}, 422),
        ({"rule": "travel", "minutes": "x"}, 422),
        ({"rule": "place"}, 404),
    ],
)
def test_what_can_not_be_tried_is_said(app, cast, as_, form, status):
    with app.database.unit_of_work(cast.network):
        made = small_round(cast)
        ask(made.id, add_person("Zonder", "Rol").id)
        propose(made)
        round_id = made.id
    answer = as_(cast["coordinator"]).post(f"/waterland/koppelrondes/{round_id}/wat-als", data=form)
    assert answer.status_code == status

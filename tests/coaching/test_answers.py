"""What the two of a published pair say, who may, and what nobody gets to see."""

import re
from datetime import date

import pytest

from app.coaching.matching import Reason
from app.coaching.models import (
    CoachProfile,
    DeclinedPair,
    Ending,
    MatchAnswer,
    MatchingRound,
    Trajectory,
)
from app.coaching.queries import (
    PairState,
    earlier_pairs,
    progress_of,
    publication_of,
    question_readable_by,
    request_with,
    requests_by,
    rounds_waited,
    trajectory_of,
    unanswered_by,
)
from app.coaching.round_facts import facts_of
from app.coaching.services.answers import accept_match, ask_to_talk_first, decline_match
from app.kernel.errors import Conflict, Forbidden, NotFound
from app.kernel.mail import KeptMail
from app.kernel.permissions import Role
from tests.coaching.rounds import acting, ask, open_small_round, published, small_round

TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')
EVERYBODY = {
    "coordinator": (Role.COORDINATOR,),
    "ib": (Role.IB,),
    "coach": (Role.COACH, Role.IB),
    "colleague": (Role.IB,),
    "leader": (Role.LEADER,),
    "teacher": (Role.TEACHER,),
    "billing": (Role.BILLING,),
}


@pytest.fixture
def match(unit, cast):
    """Fatima is matched with Joost, and the round is published."""
    return published(small_round(cast).id)[cast["ib"].person_id]


@pytest.fixture
def actors(cast):
    return {key: acting(cast[key].person_id, *roles) for key, roles in EVERYBODY.items()}


@pytest.fixture
def ib(actors):
    return actors["ib"]


@pytest.fixture
def coach(actors):
    return actors["coach"]


def state_of(match):
    (one,) = [
        one for one in progress_of(publication_of(match.round_id)) if one.request_id == match.request_id
    ]
    return one.state


def mails(app):
    with app.database.global_unit() as unit:
        return {mail.recipient: mail for mail in unit.query(KeptMail)}


@pytest.mark.parametrize(
    "answer", [accept_match, ask_to_talk_first, lambda actor, match: decline_match(actor, match, {})]
)
def test_only_the_two_answer(unit, actors, match, answer):
    outcome = {}
    for who, actor in actors.items():
        savepoint = unit.begin_nested()
        try:
            answer(actor, match.id)
            outcome[who] = "answers"
        except Forbidden:
            outcome[who] = "forbidden"
        except NotFound:
            outcome[who] = "not found"
        savepoint.rollback()
    assert outcome == {
        "coordinator": "forbidden", "ib": "answers", "coach": "answers", "colleague": "not found",
        "leader": "forbidden", "teacher": "forbidden", "billing": "forbidden",
    }  # fmt: skip


def test_a_coordinator_who_is_an_ib_too_answers_for_nobody_else(cast, match):
    both = acting(cast["coordinator"].person_id, Role.COORDINATOR, Role.IB)
    with pytest.raises(Forbidden):
        accept_match(both, match.id)


def test_the_state_follows_the_answers(unit, match, ib, coach):
    assert state_of(match) == PairState.WAITS_FOR_BOTH
    ask_to_talk_first(ib, match.id)
    assert state_of(match) == PairState.WAITS_FOR_COACH
    accept_match(coach, match.id)
    assert state_of(match) == PairState.TALKS
    assert trajectory_of(match.id) is None
    accept_match(ib, match.id)
    assert state_of(match) == PairState.RUNS
    assert unit.query(Trajectory).count() == 1
    assert unit.query(MatchAnswer).count() == 2


def test_what_waits_for_me_is_gone_once_i_answered(match, ib, coach):
    assert unanswered_by(ib) == unanswered_by(coach) == {match.id}
    ask_to_talk_first(ib, match.id)
    assert (unanswered_by(ib), unanswered_by(coach)) == (set(), {match.id})


def test_once_both_said_yes_there_is_nothing_left_to_answer(match, ib, coach):
    accept_match(ib, match.id)
    accept_match(coach, match.id)
    for answer in (accept_match, ask_to_talk_first):
        with pytest.raises(Conflict, match="allebei"):
            answer(ib, match.id)
    with pytest.raises(Conflict):
        decline_match(coach, match.id, {})


def test_a_round_that_is_over_takes_no_answers(unit, match, ib):
    unit.get(MatchingRound, (match.tenant_id, match.round_id)).ends_on = date(2026, 10, 1)
    unit.flush()
    with pytest.raises(Conflict, match="voorbij"):
        accept_match(ib, match.id)
    assert unanswered_by(ib) == set()


def test_a_no_ends_the_pair_and_it_is_not_proposed_again(unit, match, ib):
    decline_match(ib, match.id, {})
    unit.refresh(match)
    assert match.ending == Ending.DECLINED
    assert state_of(match) == PairState.WITHOUT
    matching_round = unit.get(MatchingRound, (match.tenant_id, match.round_id))
    assert facts_of(matching_round).judged().pair(0, 0).reasons == Reason.EXCLUDED
    with pytest.raises(Conflict):
        accept_match(ib, match.id)


@pytest.mark.parametrize(("who", "told"), [("ib", "coach"), ("coach", "ib")])
def test_the_other_and_the_coordinator_hear_it_and_not_from_whom(
    app, cast, as_, actors, match, who, told, work_through_queue
):
    work_through_queue()
    decline_match(actors[who], match.id, {})
    assert work_through_queue() == ["coaching.tell_end", "coaching.tell_coordinator_of_end"]
    kept = mails(app)
    for reader in (told, "coordinator"):
        text = f"{kept[cast[reader].email].subject} {kept[cast[reader].email].body}"
        assert "gaat niet door" in text
        assert not any(word in text.lower() for word in ("afgewezen", "weigerd", "liever niet", "nee"))
    page = as_(cast["coordinator"]).get(f"/waterland/koppelrondes/{match.round_id}/verloop").text
    assert "Geen coach" in page
    assert "Joost" not in page


def test_who_had_a_pair_reads_whom_to_mail_when_she_needs_no_other_coach(cast, as_, match, coach):
    decline_match(coach, match.id, {})
    her = as_(cast["ib"])
    page = her.get(f"/waterland/coachvraag/{match.round_id}").text
    assert "Daarom kun je haar niet zelf intrekken" in page
    assert f'href="mailto:{cast["coordinator"].email}?subject=' in page
    assert "coachvraag/intrekking" not in page
    refused = her.post("/waterland/coachvraag/intrekking", data={"round_id": match.round_id})
    assert refused.status_code == 409
    assert "Mail je netwerkcoördinator" in refused.text


def test_it_looks_the_same_whoever_of_the_two_declined(unit, cast, as_, actors, match):
    seen = []
    for who in ("ib", "coach"):
        savepoint = unit.begin_nested()
        decline_match(actors[who], match.id, {})
        unit.flush()
        pages = ("verloop", "wachtlijst")
        coordinator = as_(cast["coordinator"])
        shown = [coordinator.get(f"/waterland/koppelrondes/{match.round_id}/{page}").text for page in pages]
        shown += [as_(cast[one]).get(f"/waterland/koppelingen/{match.id}").text for one in ("ib", "coach")]
        seen.append([TOKEN.sub("", text.split("<main")[1]) for text in shown])
        savepoint.rollback()
    assert seen[0] == seen[1]
    assert unit.query(DeclinedPair).count() == 0


def test_after_a_no_the_coach_reads_the_question_no_more(match, ib, coach):
    asked = request_with(coach, match.request_id)
    assert question_readable_by(coach, asked)
    decline_match(ib, match.id, {})
    assert not question_readable_by(coach, asked)
    with pytest.raises(NotFound):
        request_with(coach, match.request_id)


def test_a_coach_says_at_once_that_she_is_away(unit, match, coach):
    away = {"unavailable_from": date(2026, 11, 1), "unavailable_until": date(2027, 2, 1)}
    decline_match(coach, match.id, away)
    profile = unit.query(CoachProfile).one()
    assert (profile.unavailable_from, profile.unavailable_until) == tuple(away.values())


def test_a_no_without_dates_leaves_the_profile_as_it_was(unit, match, coach):
    unit.query(CoachProfile).one().unavailable_until = date(2026, 1, 1)
    decline_match(coach, match.id, {"unavailable_from": None, "unavailable_until": None})
    assert unit.query(CoachProfile).one().unavailable_until == date(2026, 1, 1)


def test_whoever_was_declined_waits_and_the_two_are_strangers_still(unit, cast, match, ib):
    decline_match(ib, match.id, {})
    later = open_small_round("2027", date(2027, 9, 1))
    again = ask(later.id, cast["ib"].person_id)
    assert rounds_waited(later) == {again.id: 1}
    assert earlier_pairs(later) == set()
    assert requests_by(cast["ib"].person_id)[1].waits


def test_a_pair_that_goes_on_or_ran_counts_as_before(unit, cast, match, ib, coach):
    later = open_small_round("2027", date(2027, 9, 1))
    ask(later.id, cast["ib"].person_id)
    pair = {(cast["ib"].person_id, cast["coach"].person_id)}
    assert (rounds_waited(later), earlier_pairs(later)) == ({}, pair)
    accept_match(ib, match.id)
    accept_match(coach, match.id)
    for ending in (Ending.CLOSED, Ending.CHANGED):
        match.ended_at, match.ending = match.made_at, ending
        unit.flush()
        assert (rounds_waited(later), earlier_pairs(later)) == ({}, pair)


def test_a_pair_that_was_changed_before_it_began_does_not(unit, cast, match):
    later = open_small_round("2027", date(2027, 9, 1))
    again = ask(later.id, cast["ib"].person_id)
    match.ended_at, match.ending = match.made_at, Ending.CHANGED
    unit.flush()
    assert (rounds_waited(later), earlier_pairs(later)) == ({again.id: 1}, set())


def test_the_form_on_the_page_follows_my_answer(cast, as_, match):
    page = f"/waterland/koppelingen/{match.id}"
    ib, coach = as_(cast["ib"]), as_(cast["coach"])
    assert "Ja, ik doe mee" in ib.get(page).text
    assert ib.post(f"{page}/antwoord", data={"answer": "accepted"}).status_code == 302
    assert "Ja, ik doe mee" not in ib.get(page).text
    assert "Fatima el Amrani doet mee." in coach.get(page).text
    assert "Ja, ik doe mee" not in as_(cast["coordinator"]).get(page).text
    answer = coach.post(f"{page}/antwoord", data={"answer": "accepted"})
    assert "/waterland/trajecten/" in answer.location
    assert answer.location in ib.get(page).text


def test_both_hear_that_it_begins(app, cast, match, ib, coach, work_through_queue):
    work_through_queue()
    accept_match(ib, match.id)
    accept_match(coach, match.id)
    assert work_through_queue() == ["coaching.tell_start"] * 2
    with app.database.global_unit() as unit:
        begun = {mail.recipient for mail in unit.query(KeptMail) if "/waterland/trajecten/" in mail.body}
    assert begun == {cast["ib"].email, cast["coach"].email}


@pytest.mark.parametrize(
    "form", [{}, {"answer": "declined"}, {"answer": "misschien"}, {"answer": "", "x": 1}]
)
def test_an_answer_that_is_none_is_refused(cast, as_, match, form):
    answer = as_(cast["ib"]).post(f"/waterland/koppelingen/{match.id}/antwoord", data=form)
    assert answer.status_code == 422


def test_an_absence_that_ends_before_it_begins_is_refused(unit, cast, as_, match):
    wrong = {"unavailable_from": "2027-02-01", "unavailable_until": "2027-01-01"}
    answer = as_(cast["coach"]).post(f"/waterland/koppelingen/{match.id}/afwijzing", data=wrong)
    assert answer.status_code == 422
    assert "2027-02-01" in answer.text
    unit.refresh(match)
    assert match.ended_at is None

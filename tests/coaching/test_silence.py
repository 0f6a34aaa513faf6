"""Who stays silent is reminded once, after a week; after two the coordinator sees it."""

from datetime import date, timedelta

import pytest
import time_machine

from app.coaching.models import MatchingRound, MatchNudge
from app.coaching.queries import progress_of, publication_of
from app.coaching.services.answers import accept_match, ask_to_talk_first
from app.coaching.services.silence import nudge_silent
from app.kernel.clock import now
from app.kernel.mail import KeptMail
from app.kernel.permissions import Role
from tests.coaching.rounds import acting, published, small_round
from tests.conftest import handlers


@pytest.fixture
def match(unit, cast, work_through_queue):
    made = published(small_round(cast).id)[cast["ib"].person_id]
    work_through_queue()
    return made


@pytest.fixture
def ib(cast):
    return acting(cast["ib"].person_id, Role.IB)


def days_later(days):
    return time_machine.travel(now() + timedelta(days=days))


def nudged(work_through_queue):
    nudge_silent()
    return work_through_queue()


def reminded(app):
    with app.database.global_unit() as unit:
        return {mail.recipient for mail in unit.query(KeptMail) if mail.subject == "Doe je mee?"}


@pytest.mark.parametrize(("days", "mails"), [(6, 0), (8, 2), (40, 2)])
def test_after_a_week_each_side_is_reminded(match, work_through_queue, days, mails):
    with days_later(days):
        assert nudged(work_through_queue) == ["coaching.nudge"] * mails


def test_each_is_reminded_once(match, work_through_queue):
    for days, mails in ((8, 2), (9, 0), (30, 0)):
        with days_later(days):
            assert len(nudged(work_through_queue)) == mails


@pytest.mark.parametrize("answer", [accept_match, ask_to_talk_first])
def test_who_answered_is_not_reminded(app, cast, match, ib, work_through_queue, answer):
    answer(ib, match.id)
    with days_later(8):
        nudged(work_through_queue)
    assert reminded(app) == {cast["coach"].email}


def test_who_answers_before_the_mail_goes_out_gets_none(app, cast, match, ib, work_through_queue):
    with days_later(8):
        nudge_silent()
        accept_match(ib, match.id)
        work_through_queue()
    assert reminded(app) == {cast["coach"].email}


def test_a_pair_that_ended_and_a_round_that_is_over_are_left_in_peace(unit, match, work_through_queue):
    unit.query(MatchingRound).one().ends_on = date(2026, 10, 1)
    unit.flush()
    with days_later(8):
        assert nudged(work_through_queue) == []
    unit.query(MatchingRound).one().ends_on = date(2027, 7, 31)
    match.ended_at, match.ending = match.made_at, "declined"
    unit.flush()
    with days_later(8):
        assert nudged(work_through_queue) == []


def test_what_was_published_before_moments_were_kept_counts_from_the_publication(
    unit, match, work_through_queue
):
    match.made_at = None
    unit.flush()
    with days_later(8):
        assert len(nudged(work_through_queue)) == 2
    assert unit.query(MatchNudge).count() == 2


def test_every_network_is_looked_at_by_itself(app, match, work_through_queue):
    everywhere = next(
        handler
        for handler in handlers(app.settings, app.database, app.postbox)
        if handler.name == "coaching.follow_up_everywhere"
    )
    assert everywhere.periodic
    with days_later(8):
        everywhere.work()
        assert work_through_queue().count("coaching.nudge") == 2


@pytest.mark.parametrize(("days", "is_shown"), [(13, False), (14, True), (15, True)])
def test_after_two_weeks_the_coordinator_sees_it(unit, cast, as_, match, days, is_shown):
    coordinator = as_(cast["coordinator"])
    with days_later(days):
        (one,) = progress_of(publication_of(match.round_id))
        assert (one.silent_days, one.is_silent) == (days, is_shown)
    match.made_at = now() - timedelta(days=days)
    unit.flush()
    page = coordinator.get(f"/waterland/koppelrondes/{match.round_id}/verloop?state=attention").text
    assert (f"{days} dagen stil." in page) == is_shown

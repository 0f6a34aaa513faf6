"""Two coordinators, or one with a hasty finger, press at once: everybody gets one mail."""

from threading import Barrier, Thread

import pytest

from app.kernel.actor import SYSTEM
from app.kernel.mail import KeptMail
from app.organisation.models import LoginState
from app.organisation.queries import PeopleFilter
from app.organisation.queries.inviting import Choice, newest_invitation
from app.organisation.services import mailings
from app.organisation.services.mailings import start_mailing
from tests.conftest import work_through
from tests.organisation.invitees import many, open_invitations, person_in

PRESSES, PEOPLE = 5, 60


def press(app, cast, *choices):
    """Invite each choice at the same moment; gives what came of each: a mailing, nothing, or what went wrong."""
    start, results = Barrier(len(choices)), []

    def invite(choice):
        start.wait()
        try:
            with app.database.unit_of_work(cast.network):
                results.append(start_mailing(SYSTEM, choice, reminds=False, planned_on=None))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test tells
            results.append(fault)

    threads = [Thread(target=invite, args=(choice,)) for choice in choices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def recipients(app):
    work_through(app)
    with app.database.global_unit() as unit:
        return sorted(mail.recipient for mail in unit.query(KeptMail))


def test_of_many_presses_on_the_same_choice_one_invites(committed):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        many(PEOPLE)
    choice = Choice(PeopleFilter(state=LoginState.NOT_INVITED), is_everybody=True)
    results = press(app, cast, *[choice] * PRESSES)
    assert sum(result is not None for result in results) == 1
    assert all(result is None or isinstance(result, int) for result in results)
    mailed = recipients(app)
    assert len(mailed) == len(set(mailed)) == PEOPLE


def test_choices_that_overlap_mail_nobody_twice(committed):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        ids = many(PEOPLE)
    first = Choice(PeopleFilter(), tuple(ids[:40]))
    second = Choice(PeopleFilter(), tuple(ids[20:]))
    assert all(isinstance(result, int) for result in press(app, cast, first, second))
    mailed = recipients(app)
    assert len(mailed) == len(set(mailed)) == PEOPLE


def invited_before(app, cast):
    with app.database.unit_of_work(cast.network):
        for number in range(10):
            person_in(LoginState.EXPIRED, f"Bos{number}")
        return Choice(PeopleFilter(state=LoginState.EXPIRED), is_everybody=True, seen=newest_invitation())


def test_inviting_again_at_once_mails_nobody_twice(committed):
    app, cast = committed
    choice = invited_before(app, cast)
    ids = [one.person_id for one in everyone(app, cast)]
    ticked = Choice(PeopleFilter(), tuple(ids), seen=choice.seen)
    results = press(app, cast, choice, ticked, choice, ticked)
    assert sum(isinstance(result, int) for result in results) == 1
    assert results.count(None) == 3
    mailed = recipients(app)
    assert len(mailed) == len(set(mailed)) == 10


def everyone(app, cast):
    with app.database.unit_of_work(cast.network):
        return open_invitations()


def test_without_taking_turns_somebody_would_be_refused_or_mailed_twice(committed, monkeypatch):
    """The planted fault: the tests above can fail."""
    app, cast = committed
    choice = invited_before(app, cast)
    meeting = Barrier(2)
    monkeypatch.setattr("app.organisation.services.mailings.take_turn", lambda _turn: None)
    real = mailings.chosen_people

    def look_together(*arguments):
        found = real(*arguments)
        meeting.wait()
        return found

    monkeypatch.setattr("app.organisation.services.mailings.chosen_people", look_together)
    results = press(app, cast, choice, choice)
    mailed = recipients(app)
    assert any(isinstance(result, Exception) for result in results) or len(mailed) > len(set(mailed))


@pytest.mark.parametrize("seen", [0, 10**9])
def test_what_was_seen_decides_who_is_invited_again(committed, seen):
    app, cast = committed
    choice = invited_before(app, cast)
    with app.database.unit_of_work(cast.network):
        again = Choice(choice.narrowed, is_everybody=True, seen=seen)
        started = start_mailing(SYSTEM, again, reminds=False, planned_on=None)
    assert (started is not None) is (seen > 0)

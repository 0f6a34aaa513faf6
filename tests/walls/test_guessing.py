"""Walls 11 and 14: guessing passwords is slow, whoever guesses, and tells nothing about who exists."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import time_machine

from app.identity import secrets
from app.identity.models import FailedSignIn
from app.identity.services import FAILURES_ALLOWED
from tests.conftest import application
from tests.identity.accounts import PASSWORD, is_inside, plain, with_password

WRONG = "not this one"


@pytest.fixture
def door(committed):
    """The sign-in page of an application on a database of its own."""
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    with_password(app, cast["ib"], cast["coach"])
    return Door(app, cast)


class Door:
    def __init__(self, app, cast):
        self.app, self.cast = app, cast

    def attempt(self, email, password=WRONG, address="192.0.2.1", client=None):
        return (client or self.app.test_client()).post(
            "/inloggen",
            data={"email": email, "password": password},
            environ_overrides={"REMOTE_ADDR": address},
        )

    def lock(self, email):
        assert [self.attempt(email).status_code for _ in range(5)] == [422] * 5


@pytest.fixture
def verifications(monkeypatch):
    """How many passwords were really compared."""
    compared = []
    verify = secrets._HASHER.verify

    class Counting:
        def verify(self, password_hash, password):
            compared.append(password)
            return verify(password_hash, password)

    monkeypatch.setattr(secrets, "_HASHER", Counting())
    return compared


def test_the_sixth_wrong_password_is_too_many_also_after_a_restart(door):
    email = door.cast["ib"].email
    door.lock(email)
    answer = door.attempt(email)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    restarted = Door(application(urlsplit(door.app.settings.database_url).path[1:]), door.cast)
    restarted.app.config["WTF_CSRF_ENABLED"] = False
    assert restarted.attempt(email).status_code == 429
    assert restarted.attempt(email, PASSWORD).status_code == 429
    restarted.app.database.engine.dispose()


def test_the_right_password_is_refused_too_until_the_time_is_over(door):
    email = door.cast["ib"].email
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False) as clock:
        door.lock(email)
        answer = door.attempt(email, PASSWORD)
        assert answer.status_code == 429
        clock.shift(int(answer.headers["Retry-After"]) - 1)
        assert door.attempt(email, PASSWORD).status_code == 429
        clock.shift(2)
        assert door.attempt(email, PASSWORD).status_code == 302


def test_an_attempt_during_the_lock_does_not_lengthen_it(door):
    email = door.cast["ib"].email
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False) as clock:
        door.lock(email)
        for _ in range(14):
            clock.shift(60)
            assert door.attempt(email).status_code == 429
        clock.shift(61)
        assert door.attempt(email, PASSWORD).status_code == 302


def test_an_account_that_does_not_exist_answers_the_same(door, verifications):
    known, unknown = door.cast["ib"].email, "xx@waterland.example"
    for _ in range(7):
        answers = [door.attempt(email) for email in (known, unknown)]
        pages = [
            plain(answer).replace(email, "") for answer, email in zip(answers, (known, unknown), strict=True)
        ]
        assert answers[0].status_code == answers[1].status_code
        assert pages[0] == pages[1]
    assert len(verifications) == 10


def test_another_account_from_the_same_address_still_signs_in(door):
    door.lock(door.cast["ib"].email)
    assert door.attempt(door.cast["coach"].email, PASSWORD).status_code == 302


def test_an_address_is_stopped_after_thirty(door):
    for number in range(FAILURES_ALLOWED["address"]):
        assert door.attempt(f"{number}@waterland.example").status_code == 422
    assert door.attempt(door.cast["coach"].email, PASSWORD).status_code == 429
    assert door.attempt(door.cast["coach"].email, PASSWORD, address="192.0.2.2").status_code == 302


def test_who_signs_in_in_the_end_begins_anew(door):
    email = door.cast["ib"].email
    for _ in range(3):
        assert [door.attempt(email).status_code for _ in range(4)] == [422] * 4
        assert door.attempt(email, PASSWORD).status_code == 302


def test_twenty_at_once_compare_no_more_than_five(door, verifications):
    with ThreadPoolExecutor(8) as threads:
        attempts = [threads.submit(door.attempt, door.cast["ib"].email) for _ in range(20)]
        statuses = sorted(attempt.result().status_code for attempt in attempts)
    assert set(statuses) <= {422, 429}
    assert len(verifications) == statuses.count(422) <= 5


def test_the_old_password_cannot_be_guessed_in_an_open_browser(door):
    browser = door.app.test_client()
    door.attempt(door.cast["ib"].email, PASSWORD, client=browser)
    form = {"old": WRONG, "password": "een andere zin", "again": "een andere zin"}
    assert [browser.post("/account/wachtwoord", data=form).status_code for _ in range(6)] == [422] * 5 + [429]
    assert browser.post("/account/wachtwoord", data=form | {"old": PASSWORD}).status_code == 429
    assert is_inside(browser)


def test_what_is_counted_tells_nobody_who_tried(door):
    email = door.cast["ib"].email
    door.attempt(email)
    with door.app.database.global_unit() as unit:
        kept = unit.query(FailedSignIn).all()
    assert len(kept) == 2
    assert all(len(row.subject) == 32 and email.encode() not in row.subject for row in kept)


def test_without_counting_the_lock_would_be_missed(door, monkeypatch):
    monkeypatch.setattr("app.identity.services._count_attempt", lambda _subjects: [])
    assert [door.attempt(door.cast["ib"].email).status_code for _ in range(7)] == [422] * 7

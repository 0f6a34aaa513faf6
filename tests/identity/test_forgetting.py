"""What is of no use any more is forgotten each night."""

import time_machine

from app.factory import create_queue, handlers
from app.identity.models import FailedSignIn, PasswordReset, SignInSession
from app.identity.services import make_password_reset, open_sign_in
from tests.identity.accounts import sign_in


def kept(app):
    with app.database.global_unit() as unit:
        return [unit.query(kind).count() for kind in (SignInSession, FailedSignIn, PasswordReset)]


def forget(app):
    (handler,) = [
        handler
        for handler in handlers(app.settings, app.database, app.postbox)
        if handler.name == "identity.forget_old_rows"
    ]
    handler.work()
    return kept(app)


def test_old_rows_go_and_young_ones_stay(app, cast):
    with app.database.global_unit() as unit:
        unit.query(SignInSession).delete()
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False) as clock:
        sign_in(app.test_client(), cast["ib"].email, "wrong")
        with app.database.global_unit():
            open_sign_in(cast["ib"].identity_id, "tests")
            make_password_reset(cast["ib"].identity_id)
        clock.shift(23 * 3600)
        assert forget(app) == [1, 2, 1]
        clock.shift(3 * 3600)
        assert forget(app) == [1, 0, 0]
        clock.shift(30 * 24 * 3600)
        assert forget(app) == [0, 0, 0]


def test_the_worker_does_it_by_itself(app):
    queue = create_queue(app)
    periodic = {task.task.name for task in queue.periodic_registry.periodic_tasks.values()}
    assert "identity.forget_old_rows" in periodic

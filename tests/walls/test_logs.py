"""Wall 20: logs tell which request and which row, never who, what was typed, or what opens a door."""

import json
import logging
import re

import pytest
import structlog
from sqlalchemy.exc import IntegrityError
from structlog.stdlib import ProcessorFormatter

from app.identity.models import Login
from tests.identity.accounts import PASSWORD, sign_in, with_password
from tests.overheard import PLANTED

TYPED = "dit heb ik getypt"


@pytest.fixture
def log_lines(app, caplog, monkeypatch):
    """What the logs hold, as the installation writes them; also what it writes when it writes everything."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    (formatter,) = [
        handler.formatter
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, ProcessorFormatter)
    ]
    with caplog.at_level(logging.INFO):
        yield lambda: [formatter.format(record) for record in caplog.records]


def run_through(app, as_, cast, work_through_queue):
    """Doors, wrong passwords, mails, searches, refusals and faults of ours."""
    with_password(app, cast["ib"])
    client = app.test_client()
    sign_in(client, cast["ib"].email, TYPED)
    sign_in(client, cast["ib"].email)
    client.get("/waterland/mensen", query_string={"q": TYPED})
    client.post("/account/wachtwoord", data={"old": TYPED, "password": TYPED, "again": TYPED})
    app.test_client().post("/wachtwoord-vergeten", data={"email": cast["ib"].email})
    work_through_queue()
    coordinator = as_(cast["coordinator"])
    coordinator.post(
        "/waterland/mensen",
        data={"first_name": TYPED, "last_name": "Bakker", "email": cast["ib"].email, "role": "coordinator"},
    )
    coordinator.get(f"/waterland/{TYPED}")
    coordinator.get("/waterland/mensen", query_string={"q": "x" * 4000})
    app.test_client().get(f"/wachtwoord/{TYPED}")


def fault(app, monkeypatch, error):
    """Let the first page break with an error."""

    def broken(**_arguments):
        raise error

    broken.access = app.view_functions["home.show_today"].access
    monkeypatch.setitem(app.view_functions, "home.show_today", broken)


def secrets_in(lines, app, cast, kept_mails):
    """What a log must not hold, as far as it is there."""
    with app.database.global_unit() as unit:
        addresses = [login.email for login in unit.query(Login)]
    tokens = [
        token
        for mail in kept_mails()
        for token in re.findall(r"/(?:wachtwoord|uitnodiging)/(\S+)", mail.body)
    ]
    names = ["Postma", "Amrani", "Leeuwen", "Dijkstra", "Verhoeven", "Janssen", "Willems", "Mulder"]
    forbidden = [*addresses, *tokens, *names, TYPED, PASSWORD, "argon2id"]
    return [word for word in forbidden for line in lines if word in line]


def test_a_run_with_failures_leaves_no_name_in_the_logs(
    app, as_, cast, log_lines, work_through_queue, kept_mails, monkeypatch
):
    run_through(app, as_, cast, work_through_queue)
    fault(app, monkeypatch, ValueError(f"{TYPED} {cast['ib'].email}"))
    assert as_(cast["ib"]).get("/waterland/").status_code == 500
    lines = log_lines()
    assert any("request failed" in line for line in lines)
    assert secrets_in(lines, app, cast, kept_mails) == []


def test_a_broken_constraint_is_named_without_the_values(app, cast, log_lines, kept_mails):
    try:
        with app.database.global_unit() as unit:
            unit.add(Login(email=cast["ib"].email, password_hash="!"))
    except IntegrityError:
        structlog.get_logger().exception("planted")
    lines = log_lines()
    assert "uq_identity_email" in lines[-1]
    assert secrets_in(lines, app, cast, kept_mails) == []


def test_each_line_is_json_with_the_place_of_the_fault(app, as_, cast, log_lines, monkeypatch):
    fault(app, monkeypatch, ValueError(TYPED))
    answer = as_(cast["ib"]).get("/waterland/")
    line, request = (json.loads(line) for line in log_lines()[-2:])
    assert request["request"] == line["request"] == answer.headers["X-Request-ID"]
    assert line["exception"] == ["ValueError"]
    assert "test_logs.py" in line["at"][-1]
    assert line["identity"] == cast["ib"].identity_id
    assert line["network"] == cast.network.id


def test_a_name_in_a_log_would_be_found(app, cast, log_lines, kept_mails):
    logging.getLogger(PLANTED).warning("welcome %s", cast["ib"].email)
    assert secrets_in(log_lines(), app, cast, kept_mails) == [cast["ib"].email]

"""What is kept of a request: a number that a user can quote, and a line without what she typed."""

import json
import logging
import re

import pytest

from config.logging import json_lines
from tests.conftest import application

OURS = re.compile("[0-9a-f]{16}")
UUID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.fixture
def told(caplog):
    """The lines of requests, as the installation writes them."""

    def read():
        lines = [json.loads(json_lines().format(record)) for record in caplog.records]
        return [line for line in lines if line["event"] == "request"]

    with caplog.at_level(logging.INFO):
        yield read


def test_each_answer_has_a_number_of_its_own(app, as_, cast):
    client = as_(cast["ib"])
    numbers = [
        client.get(url).headers["X-Request-ID"] for url in ("/waterland/", "/waterland/", "/geen-pagina")
    ]
    assert len(set(numbers)) == 3
    assert all(OURS.fullmatch(number) for number in numbers)


@pytest.mark.parametrize(
    ("hops", "theirs", "is_kept"),
    [
        (1, UUID, True),
        (1, "a" * 32, True),
        (1, "linda@voorbeeld.example", False),
        (1, "a" * 65, False),
        (1, "abc", False),
        (0, UUID, False),
    ],
)
def test_the_number_of_a_proxy_is_kept_when_it_is_one(hops, theirs, is_kept):
    client = application("nowhere", proxy_hops=hops).test_client()
    number = client.get("/gezond", headers={"X-Request-ID": theirs}).headers["X-Request-ID"]
    assert (number == theirs) is is_kept
    assert is_kept or OURS.fullmatch(number)


def test_a_fault_of_ours_shows_its_number(app, as_, cast, monkeypatch):
    def broken(**_):
        raise ValueError

    broken.access = app.view_functions["home.show_today"].access
    monkeypatch.setitem(app.view_functions, "home.show_today", broken)
    answer = as_(cast["ib"]).get("/waterland/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.text


def test_a_line_tells_who_and_where_by_id_and_how_long(app, as_, cast, told):
    client = as_(cast["ib"])
    client.get("/waterland/?q=geheim")
    (line,) = told()
    assert line["endpoint"] == "home.show_today"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert (line["identity"], line["network"]) == (cast["ib"].identity_id, cast.network.id)
    assert line["ms"] > 0
    assert line["statements"] > 2
    assert "geheim" not in str(line)


def test_what_one_request_was_is_forgotten_before_the_next(app, as_, cast, told):
    as_(cast["ib"]).get("/waterland/")
    app.test_client().get("/inloggen")
    assert "identity" not in told()[-1]
    assert "network" not in told()[-1]


def test_questions_of_machines_fill_no_log(app, told):
    app.test_client().get("/gezond")
    assert told() == []

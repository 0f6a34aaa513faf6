"""A network that may only read, and one that is stopped: nothing changes, and everybody hears why."""

from dataclasses import replace
from threading import Barrier, Thread
from types import SimpleNamespace

import pytest

from app.kernel.audit import AuditEntry
from app.organisation.models import Person
from app.web.guard import access_to
from tenants.context import Network
from tenants.models import Standing
from tenants.provision import set_standing
from tests.conftest import signed_in_client

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
WHILE_READ_ONLY: frozenset[str] = frozenset()
"""Endpoints that may change something while the network may only read. Another one is a decision: it is named here."""
WHILE_STOPPED: frozenset[str] = frozenset()
"""Endpoints of a network that answer although it is stopped."""
NEW_PERSON = {"first_name": "Noor", "last_name": "Bakker", "role": "coordinator"}


@pytest.fixture
def stand(app):
    """Give the network of the cast a standing."""

    def stand(standing):
        with app.database.global_unit():
            set_standing("waterland", standing)

    return stand


@pytest.fixture
def coordinator(browser_of):
    """Her browser, and what carries the token."""
    return browser_of("coordinator")


def rows(app, network):
    with app.database.unit_of_work(network) as unit:
        return unit.query(Person).count(), unit.query(AuditEntry).count()


def add_somebody(browser):
    client, token = browser
    return client.post("/waterland/mensen", data=NEW_PERSON, headers=token)


def test_an_active_network_can_be_changed(app, cast, coordinator):
    before = rows(app, cast.network)
    assert add_somebody(coordinator).status_code == 302
    assert rows(app, cast.network) != before


def test_a_read_only_network_can_be_read_and_not_changed(app, cast, coordinator, stand):
    stand(Standing.READ_ONLY)
    before = rows(app, cast.network)
    answer = add_somebody(coordinator)
    assert answer.status_code == 403
    assert "Noor" not in answer.text
    assert rows(app, cast.network) == before
    assert coordinator[0].get("/waterland/mensen").status_code == 200


def let_through(app, browser, methods, but=frozenset()):
    """The endpoints of the network, without those named, that do not refuse one of the methods."""
    client, token = browser
    rules = [rule for rule in app.url_map.iter_rules() if access_to(app, rule.endpoint).in_network]
    found = set()
    for rule in rules:
        made = dict.fromkeys(rule.arguments - {"network"}, 1) | {"network": "waterland"}
        for method in methods & rule.methods:
            answer = client.open(rule.build(made)[1], method=method, headers=token)
            if answer.status_code != 403:
                found.add(rule.endpoint)
    return found - but


def test_every_unsafe_route_of_a_read_only_network_is_refused(app, coordinator, stand):
    assert len(let_through(app, coordinator, UNSAFE)) > 3
    stand(Standing.READ_ONLY)
    assert let_through(app, coordinator, UNSAFE, but=WHILE_READ_ONLY) == set()


def test_every_route_of_a_stopped_network_is_refused(app, coordinator, stand):
    stand(Standing.SUSPENDED)
    assert let_through(app, coordinator, {"GET", *UNSAFE}, but=WHILE_STOPPED) == set()


def test_a_pipeline_that_forgets_that_a_network_may_only_read_is_found(app, coordinator, stand, monkeypatch):
    stand(Standing.READ_ONLY)
    monkeypatch.setattr(Network, "is_writable", True)
    assert len(let_through(app, coordinator, UNSAFE, but=WHILE_READ_ONLY)) > 3


def test_a_view_that_declares_to_change_while_the_network_may_only_read_is_found(
    app, coordinator, stand, monkeypatch
):
    stand(Standing.READ_ONLY)
    view = app.view_functions["organisation.create_person"]
    monkeypatch.setattr(view, "access", replace(view.access, while_read_only=True))
    found = let_through(app, coordinator, UNSAFE, but=WHILE_READ_ONLY)
    assert found == {"organisation.create_person"}


def test_a_pipeline_that_forgets_that_a_network_is_stopped_is_found(app, coordinator, stand, monkeypatch):
    stand(Standing.SUSPENDED)
    stopped_is_unknown = SimpleNamespace(SUSPENDED=object())
    monkeypatch.setattr("app.pipeline.Standing", stopped_is_unknown)
    assert len(let_through(app, coordinator, {"GET"}, but=WHILE_STOPPED)) > 3


def test_members_of_a_stopped_network_read_why(browser_of, stand):
    stand(Standing.SUSPENDED)
    for who in ("coordinator", "teacher"):
        client, _ = browser_of(who)
        client.get("/taal/en")
        answer = client.get("/waterland/")
        assert answer.status_code == 403
        assert "This network has been stopped for now. Nothing is lost." in answer.text
    assert add_somebody(browser_of("coordinator")).status_code == 403


def test_others_learn_nothing_of_a_stopped_network(browser_of, stand):
    stranger, _ = browser_of("stranger")
    nobody, _ = browser_of(None)
    assert nobody.get("/waterland/").location.startswith("/inloggen")
    before = stranger.get("/waterland/").status_code
    stand(Standing.SUSPENDED)
    assert stranger.get("/waterland/").status_code == before == 404
    assert nobody.get("/waterland/").location.startswith("/inloggen")


def test_a_network_that_is_stopped_in_use_is_stopped_at_the_next_request(app, cast, coordinator, stand):
    client, _ = coordinator
    assert client.get("/waterland/mensen").status_code == 200
    stand(Standing.SUSPENDED)
    before = rows(app, cast.network)
    assert client.get("/waterland/mensen").status_code == 403
    assert add_somebody(coordinator).status_code == 403
    assert rows(app, cast.network) == before
    stand(Standing.ACTIVE)
    assert client.get("/waterland/mensen").status_code == 200


def test_what_runs_while_the_network_is_stopped_is_done_wholly(committed, monkeypatch):
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in_client(app, cast["coordinator"])
    halfway, stopped = Barrier(2, timeout=20), Barrier(2, timeout=20)
    view = app.view_functions["organisation.create_person"]

    def slow(**arguments):
        answer = view(**arguments)
        halfway.wait()
        stopped.wait()
        return answer

    slow.access = view.access
    monkeypatch.setitem(app.view_functions, "organisation.create_person", slow)
    before = rows(app, cast.network)
    answers = []
    running = Thread(target=lambda: answers.append(client.post("/waterland/mensen", data=NEW_PERSON)))
    running.start()
    halfway.wait()
    with app.database.global_unit():
        set_standing("waterland", Standing.SUSPENDED)
    stopped.wait()
    running.join()
    assert answers[0].status_code == 302
    people, entries = rows(app, cast.network)
    assert people == before[0] + 1
    assert entries > before[1]
    assert client.get("/waterland/").status_code == 403

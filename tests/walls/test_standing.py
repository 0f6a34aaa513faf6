"""A network that may only read, and one that is stopped: nothing changes, and everybody hears why."""

from threading import Barrier, Thread

import pytest

from app.kernel.audit import AuditEntry
from app.organisation.models import Person
from tenants.models import Standing
from tenants.provision import set_standing
from tests.conftest import signed_in_client

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


def test_every_unsafe_route_of_a_read_only_network_is_refused(app, cast, browser_of, stand, database):
    stand(Standing.READ_ONLY)
    client, token = browser_of("coordinator")
    asked = 0
    for rule in app.url_map.iter_rules():
        access = getattr(app.view_functions[rule.endpoint], "access", None)
        if "POST" not in rule.methods or not access.in_network or access.while_read_only:
            continue
        values = dict.fromkeys(rule.arguments - {"network"}, 1) | {"network": "waterland"}
        url = rule.build(values)[1]
        assert client.post(url, headers=token).status_code == 403, url
        asked += 1
    assert asked > 3


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

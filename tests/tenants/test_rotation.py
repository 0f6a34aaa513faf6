"""The master key is replaced while people work: nobody notices, and it can be broken off at any point."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.identity.services import open_sign_in
from config.settings import MasterKey
from tenants.keys import CannotOpen, new_key, seal, unseal, unwrap_data_key, wrap_data_key
from tenants.provision import MIGRATE, create_network
from tenants.rotation import Wrapping, wrap_anew, wrappings
from tests.coaching.rounds import open_small_round
from tests.conftest import MASTER_KEY, PASSWORDLESS, address, application, clone
from tests.world import build_world

NEW = MasterKey(bytes(range(50, 82)))
BOTH = MasterKey(NEW.current, (MASTER_KEY.current,))
NETWORKS = ("waterland", "heuvelrug")
QUESTION = "Hoe begin ik morgen opnieuw?"


@pytest.fixture
def name(worker_id):
    return clone(f"rotation_{worker_id}")


@pytest.fixture
def cast(name):
    app = application(name)
    cast = build_world(app.database, MASTER_KEY)
    with app.database.unit_of_work(cast.network):
        open_small_round()
    yield cast
    app.database.engine.dispose()


@pytest.fixture
def process(name, cast):
    """Start a web process with these settings; gives a signed-in IB'er of it."""
    started = []

    def start(**changes):
        app = application(name, **changes)
        app.config["WTF_CSRF_ENABLED"] = False
        started.append(app)
        with app.database.global_unit():
            token = open_sign_in(cast["ib"].identity_id, "rotation")
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return client

    yield start
    for app in started:
        app.database.engine.dispose()


def reads_and_writes(client):
    """She sends her question and reads it again: the data key is needed for both."""
    request = {"theme-tasks": 2, "halfdays": [0], "travel_limit": 30, "online": "1", "question": QUESTION}
    sent = client.post("/waterland/coachvraag", data=request | {"round_id": 1}).status_code
    page = client.get("/waterland/coachvraag")
    return (sent, page.status_code) == (302, 200) and QUESTION in page.text


def test_requests_go_on_before_during_and_after(process, cast, name):
    database = application(name).database
    old = process()
    assert reads_and_writes(old)
    both = process(master_key=BOTH)  # step 1: one process after the other gets both
    assert reads_and_writes(both)
    assert reads_and_writes(old)
    second = process(master_key=BOTH)
    wrap_anew(database, BOTH, "waterland")  # step 2, broken off half-way
    assert wrappings(database, BOTH) == {"waterland": Wrapping.CURRENT, "heuvelrug": Wrapping.OLDER}
    assert reads_and_writes(both)
    assert reads_and_writes(second)
    for slug in NETWORKS:  # and run again
        wrap_anew(database, BOTH, slug)
    assert set(wrappings(database, BOTH).values()) == {Wrapping.CURRENT}
    assert reads_and_writes(second)
    assert reads_and_writes(process(master_key=NEW))  # step 3: the old one is gone
    database.engine.dispose()


def test_without_the_first_step_people_would_notice(process, cast, name):
    """The planted fault: a process that knows one key only."""
    client = process()
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    assert reads_and_writes(client)
    wrap_anew(client.application.database, BOTH, "waterland")
    assert client.get("/waterland/").status_code == 500
    assert set(wrappings(client.application.database, MASTER_KEY).values()) == {
        Wrapping.LOST,
        Wrapping.CURRENT,
    }


def test_the_data_key_stays_the_same(name, cast):
    database = application(name).database
    for _ in range(2):
        wrap_anew(database, BOTH, "waterland")
    with database.global_unit() as unit:
        wrapped = unit.scalar(text("SELECT wrapped_data_key FROM tenant WHERE slug = 'waterland'"))
    assert unwrap_data_key(NEW, wrapped, "waterland") == cast.network.data_key
    database.engine.dispose()


def test_wrapping_anew_twice_writes_once(name, cast):
    database = application(name).database

    def wrapped():
        with create_engine(address(name, MIGRATE), poolclass=NullPool).connect() as connection:
            return connection.scalar(text("SELECT wrapped_data_key FROM tenant WHERE slug = 'waterland'"))

    before = wrapped()
    wrap_anew(database, BOTH, "waterland")
    after = wrapped()
    wrap_anew(database, BOTH, "waterland")
    assert before != after == wrapped()
    database.engine.dispose()


def test_a_network_that_no_key_opens_is_left_as_it_is(name, cast):
    database = application(name).database
    with pytest.raises(CannotOpen):
        wrap_anew(database, NEW, "waterland")
    assert wrappings(database, MASTER_KEY)["waterland"] is Wrapping.CURRENT
    database.engine.dispose()


def test_a_new_network_is_wrapped_with_the_current_key(name, cast):
    database = application(name).database
    create_network(database, BOTH, slug="nieuw", code="PO9998", name="Nieuw")
    assert wrappings(database, BOTH)["nieuw"] is Wrapping.CURRENT
    database.engine.dispose()


def test_a_wrapped_key_belongs_to_its_network():
    wrapped = wrap_data_key(BOTH, new_key(), "waterland")
    with pytest.raises(CannotOpen):
        unwrap_data_key(BOTH, wrapped, "heuvelrug")


def test_a_sealed_text_that_was_changed_is_not_opened():
    key = new_key()
    sealed = seal(key, b"text", "text:1")
    assert unseal(key, sealed, "text:1") == b"text"
    for changed in (sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1]), b"", sealed[:12]):
        with pytest.raises(CannotOpen):
            unseal(key, changed, "text:1")


def test_nobody_signs_in_again_while_the_secret_key_is_replaced(process):
    old = process()
    cookie = old.get_cookie("vreemdeogen").value
    for older, status in (((PASSWORDLESS,), 200), ((), 302)):
        new = process(secret_key="another-secret-of-32-characters-or-more", older_secret_keys=older)
        new.set_cookie("vreemdeogen", cookie)
        assert new.get("/waterland/").status_code == status

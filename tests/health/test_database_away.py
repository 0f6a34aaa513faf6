"""The database goes away in the middle of the day: everybody hears it in her own language, and goes on later."""

import pytest

from tests.conftest import MASTER_KEY, application, signed_in_client
from tests.world import build_world


@pytest.fixture
def own_house(own_server):
    app = application("own", database_url=own_server.database_url)
    cast = build_world(app.database, MASTER_KEY)
    with app.app_context():
        yield app, cast, own_server
    app.database.engine.dispose()


def test_a_page_says_so_with_a_way_on_and_comes_back_by_itself(own_house):
    app, cast, server = own_house
    client = signed_in_client(app, cast["ib"])
    assert client.get("/waterland/").status_code == 200
    server.stop()
    answer = client.get("/waterland/?tab=1")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "15"
    assert 'href="/waterland/?tab=1"' in answer.text
    assert answer.headers["X-Request-ID"] in answer.text
    assert "We zijn er even niet" in answer.text
    client.get("/taal/en")
    assert "We are away for a moment" in client.get("/waterland/").text
    server.start()
    assert client.get("/waterland/").status_code == 200


def test_a_form_is_not_half_kept_and_nobody_is_signed_out(own_house):
    app, cast, server = own_house
    app.config["WTF_CSRF_ENABLED"] = False
    client = signed_in_client(app, cast["coordinator"])
    server.stop()
    form = {"first_name": "Noor", "last_name": "Bakker", "role": "coordinator"}
    assert client.post("/waterland/mensen", data=form).status_code == 503
    assert client.get("/inloggen").status_code == 503
    assert app.test_client().get("/inloggen").status_code == 200
    server.start()
    people = client.get("/waterland/mensen")
    assert people.status_code == 200
    assert "Bakker" not in people.text


def test_a_server_that_stops_halfway_a_request_is_told_too(own_house, monkeypatch):
    app, cast, server = own_house
    client = signed_in_client(app, cast["ib"])
    view = app.view_functions["home.show_today"]

    def cut_off(**arguments):
        server.stop()
        return view(**arguments)

    cut_off.access = view.access
    monkeypatch.setitem(app.view_functions, "home.show_today", cut_off)
    answer = client.get("/waterland/")
    assert answer.status_code == 503
    assert "Netwerk Waterland" in answer.text
    server.start()

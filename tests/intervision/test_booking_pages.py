"""The pages of seats and attendance: what they say to whom, and what bad input gets."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from app.intervision.models import Presence
from app.intervision.services.bookings import book_seat
from app.organisation.queries import people_by_id
from tests.intervision.guests import an_open_session
from tests.intervision.seasons import a_group, a_session

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def made(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return an_open_session(cast.network, guests=3)


@pytest.fixture
def url(made):
    return f"/waterland/intervisie/bijeenkomsten/{made.session.id}"


@pytest.fixture
def press(as_, made, url):
    """Press one of the buttons of a seat as somebody."""
    return lambda key, button, **form: as_(made.people[key]).post(f"{url}/{button}", data=form)


@pytest.fixture
def presences(app, cast, made):
    def read():
        with app.database.unit_of_work(cast.network) as unit:
            return {row.person_id: row.was_there for row in unit.query(Presence)}

    return read


def test_the_whole_way(as_, made, url, press):
    guest = as_(made.people["guest0"])
    listed = guest.get("/waterland/intervisie").text
    assert "nog 2 plaatsen" in listed
    assert url in listed
    assert "Boek deze plaats" in guest.get(url).text
    assert press("guest0", "boeking").location == url
    mine = guest.get(url).text
    assert "Je hebt een plaats." in mine
    assert ".ics" in mine
    press("guest1", "boeking")
    full = press("guest2", "boeking")
    assert full.status_code == 409
    assert "Iemand was je net voor" in full.text
    assert "Zet me op de wachtlijst" in full.text
    press("guest2", "wachtplaats")
    assert "nummer 1 op de wachtlijst" in as_(made.people["guest2"]).get(url).text
    press("guest0", "afmelding")
    assert "Neem de plaats" in as_(made.people["guest2"]).get("/waterland/intervisie").text
    press("guest2", "aanbod")
    assert "Je hebt een plaats." in as_(made.people["guest2"]).get(url).text


def test_full_sessions_say_how_many_wait(app, cast, as_, made, press):
    for key, what in (("guest0", "boeking"), ("guest1", "boeking"), ("guest2", "wachtplaats")):
        press(key, what)
    assert "vol · 1 wacht" in as_(cast["ib"]).get("/waterland/intervisie").text


def test_a_clash_is_told_without_what_it_is(as_, cast, made, press, app, url):
    with app.database.unit_of_work(cast.network, with_identities=True):
        other = an_open_session_for(cast, made)
    as_(made.people["guest0"]).post(f"/waterland/intervisie/bijeenkomsten/{other}/boeking")
    answer = press("guest0", "boeking")
    assert answer.status_code == 409
    assert "Je hebt dan al een andere afspraak" in answer.text


def an_open_session_for(cast, made):
    return a_session(a_group(made.season, [cast["ib"].person_id], "Groep 2")).id


def test_names_are_told_to_nobody_without_a_seat(app, cast, as_, made, url):
    with app.database.unit_of_work(cast.network):
        ids = [made.people[key].person_id for key in ("one", "two")]
        names = [person.name for person in people_by_id(ids).values()]
    pages = [as_(made.people["guest0"]).get(page).text for page in ("/waterland/intervisie", url)]
    pages.append(as_(made.people["guest0"]).post(f"{url}/wachtplaats").text)
    assert [name for name in names for page in pages if name in page] == []


@pytest.mark.parametrize("shown", ["20", "40", "0", "-1", "100000", "x", "%00"])
def test_how_much_of_the_list_is_shown(as_, cast, made, shown):
    assert as_(cast["ib"]).get(f"/waterland/intervisie?aantal={shown}").status_code == 200


class TestAttendance:
    """By those of the group who had a seat, from the beginning until a week after the end."""

    @pytest.fixture
    def begun(self, app, cast, made, clock):
        with app.database.unit_of_work(cast.network, with_identities=True):
            book_seat(made.actor("guest0"), made.session.id)
        clock.move_to(NOW + timedelta(days=14, hours=4))
        return made

    @pytest.mark.parametrize(
        ("who", "status"), [("one", 200), ("two", 200), ("guest0", 403), ("guest1", 403)]
    )
    def test_who(self, as_, begun, url, who, status):
        assert as_(begun.people[who]).get(f"{url}/aanwezigheid").status_code == status
        press = as_(begun.people[who]).post(f"{url}/aanwezigheid", data={"everybody": "1"})
        assert press.status_code == {200: 302}.get(status, status)

    @pytest.mark.parametrize("who", ["coordinator", "leader", "ib"])
    @pytest.mark.usefixtures("begun")
    def test_not_others(self, as_, cast, url, who):
        assert as_(cast[who]).get(f"{url}/aanwezigheid").status_code == 403

    def test_everybody_at_once_and_then_one_was_not(self, begun, press, presences):
        ids = {key: begun.people[key].person_id for key in ("one", "two", "guest0")}
        press("one", "aanwezigheid", everybody="1")
        assert presences() == dict.fromkeys(ids.values(), True)
        press("two", "aanwezigheid", present=[ids["one"], ids["guest0"]])
        assert presences() == {ids["one"]: True, ids["guest0"]: True, ids["two"]: False}

    def test_only_who_had_a_seat(self, begun, press, presences):
        answer = press("one", "aanwezigheid", present=[begun.people["guest1"].person_id])
        assert answer.status_code == 422
        assert presences() == {}

    @pytest.mark.parametrize("form", [{"present": ["x"]}, {"present": ["1"] * 17}, {"what": "1"}])
    @pytest.mark.usefixtures("begun")
    def test_bad_input(self, press, form):
        assert press("one", "aanwezigheid", **form).status_code == 422

    def test_not_before_it_begins(self, press, presences):
        assert press("one", "aanwezigheid", everybody="1").status_code == 409
        assert presences() == {}

    def test_not_after_a_week(self, as_, begun, clock, press, url):
        press("one", "aanwezigheid", everybody="1")
        clock.move_to(NOW + timedelta(days=22))
        assert press("one", "aanwezigheid").status_code == 409
        page = as_(begun.people["one"]).get(f"{url}/aanwezigheid").text
        assert "Aanwezig" in page
        assert "<form" not in page.split("<main")[1]

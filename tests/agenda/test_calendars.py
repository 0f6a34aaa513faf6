"""What calendars read: when and where, for who holds the link; no names, no addresses, no lines of others' making."""

import re

import pytest
from icalendar import Calendar

from app.agenda.models import Appointment, CalendarFeed
from app.agenda.services.appointments import cancel_appointment, move_appointment
from app.agenda.words import on_one_line
from app.identity.secrets import digest
from app.organisation.models import Assignment
from tests.agenda.appointments import HOUR, TEN, booked
from tests.walls.conftest import without_token

HOSTILE = [
    "De Wilgen\r\nATTENDEE:mailto:x@y.example",
    "De Wilgen\nATTENDEE:mailto:x@y.example",
    "De Wilgen\rATTENDEE:mailto:x@y.example",
    "De Wilgen\n\rDTSTART:20300101T000000Z",
    "De Wilgen\x0bSUMMARY:Anders",
    "De Wilgen\x0cSUMMARY:Anders",
    "De Wilgen\x1cSUMMARY:Anders",
    "De Wilgen\x1dSUMMARY:Anders",
    "De Wilgen\x1eSUMMARY:Anders",
    "De Wilgen\x85SUMMARY:Anders",
    "De Wilgen\u2028SUMMARY:Anders",
    "De Wilgen\u2029SUMMARY:Anders",
    "De Wilgen\r\n BEGIN:VALARM",
    "De Wilgen\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "END:VCALENDAR\r\n\r\nGET / HTTP/1.1",
    "De Wilgen\\\r\nURL:http://elders.example",
    "De Wilgen\\nURL:http://elders.example",
    'De Wilgen";X=1:Y\r\nSTATUS:CANCELLED',
    "é" * 40 + "\r\nSTATUS:CANCELLED",
    "\u202eDe Wilgen\t\x7f\x1b[2JSTATUS:CANCELLED",
]


@pytest.fixture
def appointment(app, cast):
    with app.database.unit_of_work(cast.network):
        return booked(cast["ib"].person_id, cast["coach"].person_id)


@pytest.fixture
def make_feed(as_, cast):
    """Make a feed as somebody would; gives its path."""

    def make(who="ib"):
        page = as_(cast[who]).post("/waterland/agenda/feed").text
        return re.search(r"http://[\w.:]+(/waterland/agenda/feed/[\w-]{43}\.ics)", page).group(1)

    return make


@pytest.fixture
def read(app):
    """Read a calendar as a calendar program does: without a session."""
    return lambda path: app.test_client().get(path)


def event_in(answer):
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return event


def kept(content):
    """The names of the properties, each of a line that is unfolded."""
    lines = content.decode().replace("\r\n ", "").splitlines()
    return [re.split("[:;]", line)[0] for line in lines if line]


def test_the_feed_tells_when_and_where_in_dutch_time(appointment, make_feed, read):
    answer = read(make_feed())
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    event = event_in(answer)
    assert str(event["SUMMARY"]) == "Afspraak (Vreemde Ogen)"
    assert str(event["LOCATION"]) == "OBS De Wilgen, Purmerend"
    assert event.decoded("DTSTART") == TEN
    assert event["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert event["STATUS"] == "CONFIRMED"
    assert event["SEQUENCE"] == 0
    assert b"BEGIN:VTIMEZONE" in answer.data


def test_the_feed_holds_no_address_and_no_name(appointment, make_feed, read, cast):
    text = read(make_feed()).text
    assert "@" not in text
    for word in ("mailto", "Fatima", "Amrani", "Joost", "Leeuwen", "oach", "ATTENDEE", "ORGANIZER"):
        assert word not in text


def test_a_move_keeps_the_uid_and_raises_the_sequence(app, cast, appointment, make_feed, read):
    path = make_feed()
    before = event_in(read(path))
    with app.database.unit_of_work(cast.network):
        move_appointment(appointment.id, TEN + HOUR, TEN + 2 * HOUR, "Online")
    after = event_in(read(path))
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 1)
    assert after.decoded("DTSTART") == TEN + HOUR


def test_what_is_cancelled_is_said_to_be_cancelled(app, cast, appointment, make_feed, read):
    path = make_feed()
    with app.database.unit_of_work(cast.network):
        cancel_appointment(appointment.id)
    event = event_in(read(path))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_feed_shows_but_her_own(app, cast, make_feed, read):
    with app.database.unit_of_work(cast.network):
        booked(cast["coach"].person_id, cast["colleague"].person_id)
    assert Calendar.from_ical(read(make_feed("ib")).data).walk("VEVENT") == []
    assert len(Calendar.from_ical(read(make_feed("colleague")).data).walk("VEVENT")) == 1


def test_only_the_hash_of_the_token_is_kept(app, cast, make_feed):
    token = make_feed().rsplit("/", 1)[1].removesuffix(".ics")
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(CalendarFeed).one().token_hash == digest(token)


def test_the_link_is_shown_once(as_, cast, make_feed):
    path = make_feed()
    assert path not in as_(cast["ib"]).get("/waterland/agenda").text


def test_a_feed_that_is_renewed_revoked_or_foreign_never_was(as_, cast, appointment, make_feed, read):
    never = read("/waterland/agenda/feed/nooit.ics")
    assert never.status_code == 404

    def is_gone(path):
        answer = read(path)
        return (answer.status_code, without_token(answer)) == (404, without_token(never))

    renewed, path = make_feed(), make_feed()
    assert is_gone(renewed)
    assert read(path).status_code == 200
    foreign = read(path.replace("waterland", "heuvelrug"))
    assert foreign.status_code == 404
    assert without_token(foreign) == without_token(read("/heuvelrug/agenda/feed/nooit.ics"))
    as_(cast["ib"]).post("/waterland/agenda/feed/intrekking")
    assert is_gone(path)


def test_the_feed_of_somebody_without_a_role_is_gone(app, cast, make_feed, read):
    path = make_feed()
    with app.database.unit_of_work(cast.network) as unit:
        unit.query(Assignment).filter_by(person_id=cast["ib"].person_id).delete()
    assert read(path).status_code == 404


def test_the_token_is_in_no_log(appointment, make_feed, read, caplog):
    path = make_feed()
    with caplog.at_level(0):
        assert read(path).status_code == 200
    assert caplog.records
    assert path.rsplit("/", 1)[1].removesuffix(".ics") not in caplog.text


def test_one_appointment_is_a_file_for_who_takes_part(as_, cast, appointment):
    path = f"/waterland/agenda/{appointment.id}.ics"
    answers = {who: as_(cast[who]).get(path).status_code for who in ("ib", "coach", "colleague")}
    assert answers == {"ib": 200, "coach": 200, "colleague": 404}
    assert event_in(as_(cast["ib"]).get(path))["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize("place", HOSTILE, ids=range(len(HOSTILE)))
def test_a_place_adds_no_line_to_a_calendar(app, cast, as_, appointment, place):
    path = f"/waterland/agenda/{appointment.id}.ics"
    ib = as_(cast["ib"])
    plain = kept(ib.get(path).data)
    with app.database.unit_of_work(cast.network) as unit:
        unit.get_one(Appointment, (cast.network.id, appointment.id)).place = place
    answer = ib.get(path)
    assert kept(answer.data) == plain
    assert str(event_in(answer)["LOCATION"]) == on_one_line(place)
    assert event_in(answer)["STATUS"] == "CONFIRMED"

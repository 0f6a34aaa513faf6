"""What a mail about a talk tells, and the file for calendars that goes with it."""

from datetime import UTC, datetime

import pytest
import time_machine
from icalendar import Calendar

from app.coaching.models import Talk
from tests.coaching.talks import trajectory_of_cast

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FORM = {"day": "2026-12-07", "time": "10:00", "minutes": "75", "place": "online"}
OWN_WORDS = "Bij mij thuis, Dorpsstraat 3"


class Collecting:
    """A postbox in which mails lie as they are sent."""

    def __init__(self):
        self.mails = []

    def send(self, mail):
        self.mails.append(mail)


@pytest.fixture
def sent(app, monkeypatch):
    postbox = Collecting()
    monkeypatch.setattr(app, "postbox", postbox)
    return postbox.mails


@pytest.fixture
def talk_url(app, cast, as_, sent):
    """Plan a talk as the IB'er, with a place; gives the path of the talk."""

    def plan(**place):
        with app.database.unit_of_work(cast.network):
            url = f"/waterland/trajecten/{trajectory_of_cast(cast).id}/gesprekken"
        as_(cast["ib"]).post(url, data=FORM | place)
        with app.database.unit_of_work(cast.network) as unit:
            return f"{url}/{unit.query(Talk.id).scalar()}"

    with time_machine.travel(NOW, tick=True):
        yield plan


def calendar_of(mail):
    (file,) = mail.attachments
    calendar = Calendar.from_ical(file.content)
    (event,) = calendar.walk("VEVENT")
    assert file.parameters["method"] == calendar["METHOD"]
    return calendar["METHOD"], event["STATUS"], event["SEQUENCE"], event


def test_the_file_tells_a_calendar_what_is_planned_moved_and_cancelled(
    as_, cast, talk_url, sent, work_through_queue
):
    url = talk_url()
    work_through_queue()
    as_(cast["ib"]).post(f"{url}/verplaatsing", data=FORM | {"time": "13:00"})
    work_through_queue()
    as_(cast["ib"]).post(f"{url}/annulering")
    work_through_queue()
    told = [calendar_of(mail) for mail in sent]
    assert [one[:3] for one in told] == [
        ("PUBLISH", "CONFIRMED", 0),
        ("PUBLISH", "CONFIRMED", 1),
        ("CANCEL", "CANCELLED", 2),
    ]
    assert len({str(event["UID"]) for *_, event in told}) == 1
    assert len({mail.key for mail in sent}) == 3


def test_the_file_has_a_neutral_title_and_nobodys_name_or_address(talk_url, sent, work_through_queue):
    talk_url()
    work_through_queue()
    content = sent[0].attachments[0].content.decode()
    assert "SUMMARY:Afspraak (Vreemde Ogen)" in content
    assert "LOCATION:Online" in content
    for word in ("@", "mailto", "Fatima", "Joost", "oach", "ATTENDEE", "ORGANIZER"):
        assert word not in content


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ({"place": "elsewhere", "place_text": OWN_WORDS}, "Waar: zie de pagina hieronder"),
        ({"place": "online", "place_text": "https://praten.example/geheim"}, "Waar: Online\n"),
    ],
)
def test_what_somebody_wrote_of_the_place_is_not_in_a_mail(talk_url, sent, work_through_queue, place, told):
    talk_url(**place)
    work_through_queue()
    (mail,) = sent
    assert told in mail.text
    assert place["place_text"] not in mail.text + mail.attachments[0].content.decode()


def test_a_school_is_told(cast, talk_url, sent, work_through_queue):
    talk_url(place=f"school-{cast.schools['wilgen']}")
    work_through_queue()
    assert "Waar: OBS De Wilgen, Purmerend" in sent[0].text
    assert b"LOCATION:OBS De Wilgen\\, Purmerend" in sent[0].attachments[0].content

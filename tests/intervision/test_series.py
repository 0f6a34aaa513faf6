"""A series for the season: which dates are suggested, and what comes of planning them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar
from sqlalchemy import select

from app.agenda.models import Appointment, Attendance
from app.agenda.queries import Taken
from app.agenda.services.appointments import book
from app.intervision.models import Booking, IntervisionGroup, IntervisionSession, Season
from app.intervision.queries import groups_in
from app.intervision.school_weeks import is_holiday, school_weeks
from app.intervision.series import Circumstances, common_halfdays, spread
from app.intervision.services.dating import next_to_lead
from app.intervision.services.series import seats_for
from app.kernel.clock import AMSTERDAM
from tests.intervision.seasons import a_group, a_season, an_answer, an_undated_session

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BEGIN, END = date(2026, 9, 1), date(2027, 6, 30)
TUESDAY_AFTERNOON, THURSDAY_MORNING = 3, 6


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def group_id(app, cast):
    """Fatima and Joost can both on Tuesday afternoon."""
    with app.database.unit_of_work(cast.network):
        season = a_season(starts_on=BEGIN, ends_on=END, join_until=BEGIN, sessions=4)
        an_answer(season, cast["ib"].person_id, (TUESDAY_AFTERNOON, THURSDAY_MORNING))
        an_answer(season, cast["coach"].person_id, (TUESDAY_AFTERNOON, 0))
        return a_group(season, [cast["ib"].person_id, cast["coach"].person_id]).id


@pytest.fixture
def rows(app, cast):
    def read(model):
        with app.database.unit_of_work(cast.network) as unit:
            return unit.scalars(select(model).order_by(model.id)).all()

    return read


@pytest.fixture
def url(group_id):
    return f"/waterland/intervisie/groepen/{group_id}/data"


def form(*days, at="13:00", place="online"):
    """Dates for the first sessions."""
    values = {}
    for number, day in enumerate(days, start=1):
        values |= {f"day-{number}": day, f"time-{number}": at, f"place-{number}": place}
    return values


def around(**changes):
    """A season of ten school weeks, on Tuesday afternoon."""
    first = date(2027, 1, 4)
    usual = {
        "region": "noord", "weeks": [first + timedelta(weeks=week) for week in range(7)],
        "halfdays": [TUESDAY_AFTERNOON], "taken": [], "minutes": 120,
    }  # fmt: skip
    return Circumstances(**{**usual, **changes})


class TestWhatIsSuggested:
    def test_dates_are_spread_evenly(self):
        found = spread(around(), 3)
        weeks = [(moment.date() - date(2027, 1, 4)).days // 7 for moment in found]
        assert weeks == [1, 3, 5]
        assert {moment.astimezone(AMSTERDAM).time() for moment in found} == {time(13, 0)}

    def test_a_day_in_a_holiday_is_left_out_even_where_its_week_is_not(self):
        monday = date(2026, 12, 21)
        assert is_holiday("noord", monday)
        assert spread(around(weeks=[monday, date(2027, 1, 4)]), 1) == [
            datetime(2027, 1, 5, 12, 0, tzinfo=UTC)
        ]

    def test_a_time_at_which_somebody_is_elsewhere_is_left_out(self):
        taken = [Taken(datetime(2027, 1, 5, 13, 30, tzinfo=UTC), datetime(2027, 1, 5, 14, 30, tzinfo=UTC))]
        weeks = [date(2027, 1, 4), date(2027, 1, 11)]
        assert spread(around(weeks=weeks, taken=taken), 1) == [datetime(2027, 1, 12, 12, 0, tzinfo=UTC)]

    def test_what_ends_as_the_session_begins_is_no_clash(self):
        taken = [Taken(datetime(2027, 1, 5, 9, 0, tzinfo=UTC), datetime(2027, 1, 5, 12, 0, tzinfo=UTC))]
        assert spread(around(weeks=[date(2027, 1, 4)], taken=taken), 1) != [None]

    def test_too_few_weeks_leave_some_without_a_date(self):
        found = spread(around(weeks=[date(2027, 1, 4), date(2027, 1, 11)]), 3)
        assert [moment is None for moment in found] == [False, False, True]

    def test_no_week_at_all(self):
        assert spread(around(weeks=[]), 2) == [None, None]

    @pytest.mark.parametrize(
        ("told", "numbers", "suits"),
        [
            ({1: [3, 6], 2: [3]}, (3,), True),
            ({1: [3], 2: [6]}, (3, 6), False),
            ({1: [3]}, (3,), False),
            ({}, (1, 3, 5, 7, 9), False),
        ],
    )
    def test_common_half_days(self, told, numbers, suits):
        found = common_halfdays(told, 2)
        assert (found.numbers, found.suits_everybody) == (numbers, suits)

    def test_the_page_suggests_tuesdays_outside_the_holidays(self, app, as_, cast, url):
        page = as_(cast["ib"]).get(url).text
        assert "dinsdagmiddag" in page
        assert page.count('value="13:00"') >= 4
        with app.database.unit_of_work(cast.network) as unit:
            season = unit.scalars(select(Season)).one()
            assert all(not is_holiday(season.region, week) for week in school_weeks(season))

    def test_another_time_to_begin(self, as_, cast, url):
        page = as_(cast["ib"]).get(f"{url}?afternoon=14:30").text
        assert page.count('value="14:30"') >= 4
        assert 'value="14:30"' not in as_(cast["ib"]).get(f"{url}?morning=14:30").text


class TestPlanning:
    def test_everybody_gets_one_mail_with_all_dates(
        self, as_, cast, url, rows, work_through_queue, kept_mails, group_id
    ):
        data = form("2026-12-08", "2027-01-12", "2027-02-09") | {"skip-4": "1"}
        page = as_(cast["ib"]).post(url, data=data, follow_redirects=True).text
        assert "3 bijeenkomsten hebben nu een datum." in page
        sessions = rows(IntervisionSession)
        assert [found.number for found in sessions] == [1, 2, 3, 4]
        assert [found.appointment_id is None for found in sessions] == [False, False, False, True]
        assert {found.seats for found in sessions} == {4}
        assert len(rows(Booking)) == len(rows(Attendance)) == 6
        work_through_queue()
        mails = kept_mails()
        assert sorted(mail.recipient for mail in mails) == sorted([cast["ib"].email, cast["coach"].email])
        assert "dinsdag 12 januari 2027, 13:00–15:00" in mails[0].body
        assert f"/waterland/intervisie/groepen/{group_id}/bijeenkomsten.ics" in mails[0].body

    def test_who_leads_goes_round(self, as_, cast, url, rows):
        as_(cast["ib"]).post(url, data=form("2026-12-08", "2027-01-12", "2027-02-09", "2027-03-09"))
        led = [found.facilitator_id for found in rows(IntervisionSession)]
        ib, coach = cast["ib"].person_id, cast["coach"].person_id
        assert led == [ib, coach, ib, coach]

    def test_one_calendar_file_with_all_and_no_addresses(self, as_, cast, url, group_id):
        client = as_(cast["ib"])
        client.post(url, data=form("2026-12-08", "2027-01-12"))
        answer = client.get(f"/waterland/intervisie/groepen/{group_id}/bijeenkomsten.ics")
        events = Calendar.from_ical(answer.data).walk("VEVENT")
        assert [str(event["summary"]) for event in events] == ["Intervisie", "Intervisie"]
        assert b"@waterland" not in answer.data
        assert as_(cast["colleague"]).get(answer.request.path).status_code == 404

    def test_a_clash_is_said_at_its_time_and_nothing_is_planned(self, app, as_, cast, url, rows):
        at = datetime(2027, 1, 12, 13, 0, tzinfo=AMSTERDAM)
        with app.database.unit_of_work(cast.network):
            book([cast["coach"].person_id], at, at + timedelta(hours=1), "Kantoor", "coaching")
        answer = as_(cast["ib"]).post(url, data=form("2026-12-08", "2027-01-12"))
        assert answer.status_code == 422
        assert 'href="#field-time-2"' in answer.text
        assert "Iemand heeft dan al een andere afspraak." in answer.text
        assert "Kantoor" not in answer.text
        assert rows(IntervisionSession) == []

    def test_a_date_in_a_holiday_is_planned_with_a_second_press(self, as_, cast, url, rows):
        client, data = as_(cast["ib"]), form("2026-12-22")
        warned = client.post(url, data=data)
        assert warned.status_code == 422
        assert "Deze dag valt in de kerstvakantie" in warned.text
        assert 'name="accepted" value="2026-12-22"' in warned.text.replace("\n", " ").replace("  ", " ")
        assert rows(Appointment) == []
        other = client.post(url, data={**form("2026-12-23"), "accepted": "2026-12-22"})
        assert other.status_code == 422
        assert client.post(url, data={**data, "accepted": "2026-12-22"}).status_code == 302
        assert len(rows(Appointment)) == 1

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"day-1": "2026-12-08"}, "Vul een tijd in"),
            ({"time-1": "13:00"}, "Kies een dag."),
            (form("2026-11-01"), "Kies een dag die nog moet komen."),
            (form("9999-12-31"), "Kies een dag binnen anderhalf jaar."),
            (form("2026-12-08", at="een uur"), "Vul een tijd in"),
            (form("2026-12-08", place="school-0"), "Kies uit de lijst."),
            (form("2026-12-08", "2026-12-08"), "al een andere afspraak"),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, as_, cast, url, rows, data, said):
        answer = as_(cast["ib"]).post(url, data=data)
        assert answer.status_code == 422
        assert said in answer.text
        assert rows(Appointment) == []

    def test_of_two_who_plan_the_second_is_told(self, as_, cast, url, rows):
        as_(cast["ib"]).post(url, data=form("2026-12-08", "2027-01-12"))
        answer = as_(cast["coach"]).post(url, data=form("2026-12-15", "2027-01-19"))
        assert answer.status_code == 409
        assert "Iemand anders heeft een van deze bijeenkomsten net een datum gegeven." in answer.text
        assert len(rows(Appointment)) == 2

    def test_before_the_groups_are_known_nothing_can_be_planned(self, app, as_, cast, url):
        with app.database.unit_of_work(cast.network) as unit:
            unit.connection().exec_driver_sql("DELETE FROM season_publication")
        assert as_(cast["ib"]).post(url, data=form("2026-12-08")).status_code == 404
        coordinator = as_(cast["coordinator"])
        assert "Eerst de groepen, dan de data" in coordinator.get(url).text
        assert coordinator.post(url, data=form("2026-12-08")).status_code == 409


class TestAllGroupsAtOnce:
    @pytest.fixture
    def season_url(self, app, cast, group_id):
        with app.database.unit_of_work(cast.network) as unit:
            group = unit.get_one(IntervisionGroup, (cast.network.id, group_id))
            season_id = group.season_id
        return f"/waterland/intervisie/seizoenen/{season_id}/data"

    def test_what_was_ticked_is_planned(self, as_, cast, season_url, group_id, rows):
        client = as_(cast["coordinator"])
        assert f'value="{group_id}.1.' in client.get(season_url).text
        moments = [f"{group_id}.1.2026-12-08T13:00.online", f"{group_id}.3.2027-02-09T13:00.online"]
        page = client.post(season_url, data={"moment": moments}, follow_redirects=True).text
        assert "2 bijeenkomsten hebben nu een datum." in page
        assert [bool(found.appointment_id) for found in rows(IntervisionSession)] == [
            True,
            False,
            True,
            False,
        ]

    def test_a_group_whose_dates_no_longer_fit_is_named_and_the_rest_goes_on(
        self, as_, cast, season_url, group_id, rows
    ):
        client = as_(cast["coordinator"])
        moments = [f"{group_id}.1.2026-12-08T13:00.online"]
        client.post(season_url, data={"moment": moments})
        page = client.post(season_url, data={"moment": moments}, follow_redirects=True).text
        assert "Groep 1 is niet gepland" in page
        assert len(rows(Appointment)) == 1

    @pytest.mark.parametrize(
        "moment",
        [
            "x",
            "1.1.2026-13-08T13:00.online",
            "{}.1.2026-12-08T13:00.elsewhere",
            "{}.1.2026-12-08T25:00.online",
        ],
    )
    def test_what_was_tampered_with_is_refused(self, as_, cast, season_url, group_id, moment, rows):
        answer = as_(cast["coordinator"]).post(season_url, data={"moment": [moment.format(group_id)]})
        assert answer.status_code in {404, 422}
        assert rows(Appointment) == []


def test_the_second_group_comes_before_the_tenth(unit):
    season = a_season()
    for name in ("Groep 10", "Het Anker", "Groep 2", "Groep 1"):
        a_group(season, [], name)
    assert [group.name for group in groups_in(season.id)] == ["Groep 1", "Groep 2", "Groep 10", "Het Anker"]


def test_seats_are_the_group_with_its_guests_and_never_more_than_sixteen(unit):
    season = a_season(open_seats=8)
    assert [seats_for(members, season) for members in (0, 6, 8, 12)] == [8, 14, 16, 16]


def test_who_led_least_is_next(unit, cast):
    group = a_group(a_season(), [cast["ib"].person_id, cast["coach"].person_id])
    assert next_to_lead(group.id, []) is None
    assert next_to_lead(group.id, [cast["ib"].person_id, cast["coach"].person_id]) == cast["ib"].person_id
    assert an_undated_session(group).facilitator_id is None

"""A session is moved, called off, led by somebody else: who may, who hears, and what can't be."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.agenda.models import Appointment, Attendance, Status
from app.agenda.services.appointments import book
from app.intervision.models import (
    Booking,
    BookingState,
    IntervisionGroup,
    IntervisionSession,
    SessionCancellation,
    SessionReminder,
)
from app.intervision.policy import PLAN_SESSIONS
from app.intervision.queries.planning import plans_for, session_to_plan
from app.jobs.queue import enqueue_in_networks
from app.kernel.errors import Forbidden, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import actor_of
from tests.intervision.seasons import a_group, a_poll, a_season, a_session, an_answer, an_undated_session
from tests.world import add_member, add_role

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FORM = {"day": "2026-12-10", "time": "09:00", "minutes": "120", "place": "online"}
EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "teacher", "billing")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def third(app, cast):
    """Somebody of a third school, in the group."""
    with app.database.unit_of_work(cast.network, with_identities=True):
        made = add_member(cast.network, "derde", "Sanne", "Vos")
        add_role(made.person_id, Role.IB, cast.schools["linde"])
    return made


@pytest.fixture
def session_id(app, cast, third):
    """Of Fatima, Joost and Sanne, on 8 December at 13:00; Fatima leads."""
    with app.database.unit_of_work(cast.network):
        season = a_season(starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), join_until=date(2026, 9, 2))
        people = [cast["ib"].person_id, cast["coach"].person_id, third.person_id]
        for person_id in people:
            an_answer(season, person_id, (3,))
        found = a_session(a_group(season, people), day=date(2026, 12, 8))
        found.facilitator_id = cast["ib"].person_id
        found.link = "https://praten.example/geheim"
        return found.id


@pytest.fixture
def url(session_id):
    return f"/waterland/intervisie/bijeenkomsten/{session_id}"


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def rows(app, cast):
    def read(model):
        with app.database.unit_of_work(cast.network) as unit:
            return unit.scalars(select(model).order_by(model.id)).all()

    return read


@pytest.fixture
def elsewhere(app, cast, third):
    """Sanne has another appointment where the session would go."""
    at = datetime(2026, 12, 10, 8, 30, tzinfo=UTC)
    with app.database.unit_of_work(cast.network):
        book([third.person_id], at, at + timedelta(hours=1), "Geheime plek", "coaching")


class TestWhoMay:
    @pytest.fixture
    def actors(self, app, cast):
        with app.database.unit_of_work(cast.network, with_identities=True):
            return {key: actor_of(cast[key].identity_id) for key in EVERYBODY}

    def test_the_policy(self, actors):
        may = {key for key, actor in actors.items() if actor.may(PLAN_SESSIONS)}
        assert may == {"coordinator", "ib", "coach", "colleague"}

    def test_which_sessions_it_reaches(self, unit, actors, session_id):
        got = {}
        for key, actor in actors.items():
            try:
                session_to_plan(actor, session_id)
                got[key] = "plans"
            except (NotFound, Forbidden) as refused:
                got[key] = type(refused).__name__
        # Others may know of it because a seat can be booked.
        assert got == dict.fromkeys(EVERYBODY, "Forbidden") | dict.fromkeys(
            ("coordinator", "ib", "coach"), "plans"
        )
        found = unit.get_one(
            IntervisionSession, (unit.scalars(select(Booking.tenant_id)).first(), session_id)
        )
        assert not plans_for(replace(actors["ib"], roles=frozenset({Role.LEADER})), found.group_id)

    def test_a_session_without_a_date_is_hidden_from_others(self, app, cast, as_, rows, session_id):
        with app.database.unit_of_work(cast.network) as unit:
            first = unit.get_one(IntervisionSession, (cast.network.id, session_id))
            hidden = IntervisionSession(season_id=first.season_id, group_id=first.group_id, number=9, seats=4)
            unit.add(hidden)
            unit.flush()
            hidden_id = hidden.id
        url = f"/waterland/intervisie/bijeenkomsten/{hidden_id}"
        assert as_(cast["colleague"]).get(url).status_code == 404
        assert as_(cast["ib"]).get(url).status_code == 200
        assert len(rows(IntervisionSession)) == 2


class TestOverview:
    def test_who_has_a_seat_reads_names_and_link(self, ib, url):
        page = ib.get(url).text
        for word in (
            "Sanne Vos",
            "https://praten.example/geheim",
            "OBS De Wilgen, Purmerend",
            "Er zijn nog 5 plaatsen vrij",
        ):
            assert word in page

    def test_the_coordinator_reads_names_and_no_link(self, as_, cast, url):
        for path in (url, f"{url}/verplaatsing"):
            page = as_(cast["coordinator"]).get(path).text
            assert "geheim" not in page
        assert "Sanne Vos" in as_(cast["coordinator"]).get(url).text

    def test_others_read_how_many_seats_are_free(self, as_, cast, url):
        page = as_(cast["colleague"]).get(url).text
        assert "nog 2 plaatsen" in page
        for word in ("Sanne", "Fatima", "geheim", "Verplaats"):
            assert word not in page.split("<main")[1]

    def test_the_coordinator_who_moves_it_does_not_take_the_link_away(self, as_, cast, url, rows):
        as_(cast["coordinator"]).post(f"{url}/verplaatsing", data=FORM)
        assert rows(IntervisionSession)[0].link == "https://praten.example/geheim"


class TestMoving:
    def test_everybody_with_a_seat_hears_of_it_with_a_new_revision(
        self, ib, url, rows, work_through_queue, kept_mails
    ):
        page = ib.post(f"{url}/verplaatsing", data=FORM, follow_redirects=True).text
        assert "De bijeenkomst is veranderd." in page
        (appointment,) = rows(Appointment)
        assert (appointment.revision, appointment.place) == (1, "Online")
        work_through_queue()
        mails = kept_mails()
        assert len(mails) == 3
        assert {mail.subject for mail in mails} == {"Je intervisie is veranderd"}
        assert "donderdag 10 december 2026, 09:00–11:00" in mails[0].body
        assert "praten.example" not in mails[0].body

    def test_into_a_holiday_only_with_a_second_press(self, ib, url, rows):
        data = {**FORM, "day": "2026-12-22"}
        answer = ib.post(f"{url}/verplaatsing", data=data)
        assert answer.status_code == 422
        assert "Deze dag valt in de kerstvakantie" in answer.text
        assert "Toch in de vakantie" in answer.text
        assert rows(Appointment)[0].revision == 0
        assert ib.post(f"{url}/verplaatsing", data={**data, "accepted": "2026-12-22"}).status_code == 302
        assert rows(Appointment)[0].revision == 1

    @pytest.mark.usefixtures("elsewhere")
    def test_a_clash_is_said_without_who_or_what(self, ib, url, rows):
        answer = ib.post(f"{url}/verplaatsing", data=FORM)
        assert answer.status_code == 409
        assert 'href="#field-time"' in answer.text
        assert "zonder wie niet kan" in answer.text
        assert "Geheime plek" not in answer.text
        assert rows(Appointment)[0].revision == 0

    @pytest.mark.usefixtures("elsewhere")
    def test_without_who_cant_she_keeps_no_seat_and_hears_so(
        self, ib, url, rows, third, work_through_queue, kept_mails
    ):
        assert ib.post(f"{url}/verplaatsing", data={**FORM, "without_absent": "1"}).status_code == 302
        gone = [row.person_id for row in rows(Booking) if row.state == BookingState.GIVEN_BACK]
        assert gone == [third.person_id]
        work_through_queue()
        (told,) = [mail for mail in kept_mails() if mail.recipient == third.email]
        assert told.subject == "Intervisie: deze keer zonder jou"

    def test_who_led_and_cant_is_followed_up(self, app, cast, ib, url, rows):
        at = datetime(2026, 12, 10, 8, 0, tzinfo=UTC)
        with app.database.unit_of_work(cast.network):
            book([cast["ib"].person_id], at, at + timedelta(hours=1), None, "coaching")
        ib.post(f"{url}/verplaatsing", data={**FORM, "without_absent": "1"})
        assert rows(IntervisionSession)[0].facilitator_id == cast["coach"].person_id

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"day": ""}, "Kies een dag."),
            ({"day": "2026-11-23"}, "Kies een dag die nog moet komen."),
            ({"day": "9999-12-31"}, "Kies een dag binnen anderhalf jaar."),
            ({"day": "2026-11-24"}, "Kies een tijd die nog moet komen."),
            ({"time": "tien"}, "Vul een tijd in"),
            ({"minutes": "15"}, "Kies 60 tot 180 minuten."),
            ({"place": "school-0"}, "Kies uit de lijst."),
            ({"place": "elsewhere"}, "Schrijf op waar jullie elkaar zien."),
            ({"place": "elsewhere", "place_text": "bel a@b.example"}, "Laat e-mailadressen weg"),
            ({"link": "javascript:alert(1)"}, "Plak de hele link"),
            ({"link": "praten.example"}, "Plak de hele link"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_moves(self, ib, url, rows, changes, said):
        answer = ib.post(f"{url}/verplaatsing", data={**FORM, **changes})
        assert answer.status_code == 422
        assert said in answer.text
        assert rows(Appointment)[0].revision == 0

    def test_what_has_begun_does_not_move(self, as_, cast, url, clock):
        clock.move_to(datetime(2026, 12, 8, 12, 30, tzinfo=UTC))
        ib = as_(cast["ib"])
        assert ib.post(f"{url}/verplaatsing", data=FORM).status_code == 409
        assert ib.post(f"{url}/annulering").status_code == 409

    def test_a_first_date_is_given_by_the_same_page(self, app, cast, as_, url, rows):
        with app.database.unit_of_work(cast.network) as unit:
            group = unit.scalars(select(IntervisionGroup)).one()
            undated_id = an_undated_session(group, 2).id
        other_url = url.rpartition("/")[0] + f"/{undated_id}/verplaatsing"
        page = as_(cast["coach"]).post(other_url, data=FORM, follow_redirects=True).text
        assert "De bijeenkomst heeft een datum." in page
        assert rows(IntervisionSession)[1].facilitator_id == cast["coach"].person_id


class TestCallingOff:
    def test_everybody_gets_her_time_back_and_hears_of_it(
        self, ib, url, rows, work_through_queue, kept_mails
    ):
        page = ib.post(f"{url}/annulering", follow_redirects=True).text
        assert "Peil een andere datum" in page or "Peil een datum" in page
        assert {row.status for row in rows(Attendance)} == {Status.CANCELLED}
        work_through_queue()
        assert {mail.subject for mail in kept_mails()} == {"Je intervisie gaat niet door"}
        assert len(kept_mails()) == 3

    def test_once_is_enough(self, as_, cast, ib, url, rows):
        ib.post(f"{url}/annulering")
        assert as_(cast["coach"]).post(f"{url}/annulering").status_code == 409
        assert len(rows(SessionCancellation)) == 1

    def test_the_database_keeps_one(self, unit, session_id):
        unit.add_all([SessionCancellation(session_id=session_id, by_id=1) for _ in range(2)])
        with pytest.raises(IntegrityError, match="uq_session_cancellation"):
            unit.flush()
        unit.rollback()

    def test_another_date_brings_it_back_with_everybodys_seat(self, ib, url, rows):
        ib.post(f"{url}/annulering")
        assert ib.post(f"{url}/verplaatsing", data=FORM).status_code == 302
        assert rows(SessionCancellation) == []
        assert len(rows(Booking)) == 3
        assert [row.cancelled_at is None for row in rows(Appointment)] == [False, True]

    def test_an_open_poll_is_closed_with_it(self, app, cast, ib, url, session_id):
        with app.database.unit_of_work(cast.network) as unit:
            a_poll(unit.get_one(IntervisionSession, (cast.network.id, session_id)))
        ib.post(f"{url}/annulering")
        assert "De peiling is gesloten" in ib.get(url).text


class TestLeading:
    def test_anybody_of_the_group_takes_over_an_hour_before(
        self, as_, cast, url, rows, clock, work_through_queue, kept_mails, third
    ):
        clock.move_to(datetime(2026, 12, 8, 11, 0, tzinfo=UTC))
        client = as_(cast["coach"])
        page = client.post(
            f"{url}/gespreksleider", data={"person_id": cast["coach"].person_id}, follow_redirects=True
        ).text
        assert "Jij leidt deze bijeenkomst." in page
        assert rows(IntervisionSession)[0].facilitator_id == cast["coach"].person_id
        work_through_queue()
        assert sorted(mail.recipient for mail in kept_mails()) == sorted([cast["ib"].email, third.email])

    def test_it_can_be_handed_over(self, ib, url, rows, third):
        ib.post(f"{url}/gespreksleider", data={"person_id": third.person_id})
        assert rows(IntervisionSession)[0].facilitator_id == third.person_id

    @pytest.mark.parametrize("who", ["colleague", "coordinator"])
    def test_only_to_who_comes(self, ib, cast, url, who):
        answer = ib.post(f"{url}/gespreksleider", data={"person_id": cast[who].person_id})
        assert answer.status_code == 409

    def test_not_once_it_is_over(self, as_, cast, url, clock):
        clock.move_to(datetime(2026, 12, 8, 15, 0, tzinfo=UTC))
        ib = as_(cast["ib"])
        data = {"person_id": cast["coach"].person_id}
        assert ib.post(f"{url}/gespreksleider", data=data).status_code == 409


class TestReminders:
    def follow_up(self, app, work_through_queue):
        with app.database.global_unit():
            enqueue_in_networks("intervision.follow_up")
        work_through_queue()

    def test_the_day_before_once_and_again_after_a_move(
        self, app, as_, cast, url, clock, work_through_queue, kept_mails, rows
    ):
        clock.move_to(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))
        ib = as_(cast["ib"])
        for _again in range(2):
            self.follow_up(app, work_through_queue)
        assert [mail.subject for mail in kept_mails()] == ["Morgen heb je intervisie"] * 3
        ib.post(f"{url}/verplaatsing", data={**FORM, "day": "2026-12-08", "time": "10:00"})
        self.follow_up(app, work_through_queue)
        assert len(rows(SessionReminder)) == 6

    def test_not_of_what_was_called_off(self, app, ib, url, clock, work_through_queue, rows):
        ib.post(f"{url}/annulering")
        clock.move_to(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))
        self.follow_up(app, work_through_queue)
        assert rows(SessionReminder) == []

    def test_a_mail_about_what_was_changed_again_is_not_sent(self, ib, url, work_through_queue, kept_mails):
        ib.post(f"{url}/verplaatsing", data=FORM)
        ib.post(f"{url}/annulering")
        work_through_queue()
        assert {mail.subject for mail in kept_mails()} == {"Je intervisie gaat niet door"}


@pytest.mark.parametrize("who", ["colleague", "leader", "teacher"])
def test_others_change_nothing(as_, cast, url, rows, who):
    client = as_(cast[who])
    for path, data in (("verplaatsing", FORM), ("annulering", {}), ("gespreksleider", {"person_id": 1})):
        assert client.post(f"{url}/{path}", data=data).status_code in {403, 404}
    assert rows(Appointment)[0].revision == 0

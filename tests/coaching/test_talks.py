"""Talks: who sees them, what can be done with them and when, and who hears of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from app.agenda.models import Appointment
from app.coaching.models import Closure, Talk, TalkOutcome, TalkReminder, Trajectory
from app.coaching.queries import talk_counts, talk_with, talks_in
from app.jobs.queue import enqueue_in_networks
from app.kernel.errors import Forbidden, NotFound
from app.organisation.queries import actor_of
from tests.coaching.rounds import offer
from tests.coaching.talks import talk_in, talks_of_every_kind, trajectory_of_cast

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
FORM = {"day": "2026-12-07", "time": "10:00", "minutes": "75", "place": "online"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def trajectory_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return trajectory_of_cast(cast).id


@pytest.fixture
def url(trajectory_id):
    return f"/waterland/trajecten/{trajectory_id}/gesprekken"


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def add_talk(app, cast, trajectory_id):
    """A talk so many days from now; gives its id."""

    def add(days):
        with app.database.unit_of_work(cast.network) as unit:
            return talk_in(unit.get_one(Trajectory, (cast.network.id, trajectory_id)), days).id

    return add


@pytest.fixture
def rows(app, cast):
    """What the network holds of a kind."""

    def read(model):
        with app.database.unit_of_work(cast.network) as unit:
            return unit.scalars(select(model)).all()

    return read


@pytest.fixture
def planned(unit, cast):
    return talks_of_every_kind(trajectory_of_cast(cast))


class TestWhoSees:
    """DOMAIN rule 5: the two see their talks, the coordinator how many and when; others not that they are."""

    @pytest.fixture
    def actors(self, app, cast):
        with app.database.unit_of_work(cast.network, with_identities=True):
            return {key: actor_of(cast[key].identity_id) for key in EVERYBODY}

    def answers(self, actors, see):
        """What each of the cast gets."""
        got = {}
        for key, actor in actors.items():
            try:
                see(actor)
                got[key] = "seen"
            except (NotFound, Forbidden) as refused:
                got[key] = type(refused).__name__
        return got

    EXPECTED = dict.fromkeys(EVERYBODY, "NotFound") | {
        "ib": "seen",
        "coach": "seen",
        "coordinator": "Forbidden",
    }

    def test_the_list(self, actors, planned):
        assert self.answers(actors, lambda actor: talks_in(actor, planned.trajectory_id)) == self.EXPECTED

    def test_one_talk(self, actors, planned):
        seen = self.answers(actors, lambda actor: talk_with(actor, planned.trajectory_id, planned.id))
        assert seen == self.EXPECTED

    def test_a_talk_of_another_trajectory_is_none_of_this_one(self, cast, actors, planned):
        other = talk_in(trajectory_of_cast(cast), 30)
        with pytest.raises(NotFound):
            talk_with(actors["ib"], planned.trajectory_id, other.id)

    def test_numbers_and_dates_for_whole_lists_in_one_query(self, unit, cast, planned):
        empty = trajectory_of_cast(cast).id
        statements = []
        event.listen(unit.connection(), "before_cursor_execute", lambda *call: statements.append(call[2]))
        counted = talk_counts([planned.trajectory_id, empty])
        assert len(statements) == 1
        assert counted[empty] == (0, 0, None, None)
        held, coming, next_at, last_at = counted[planned.trajectory_id]
        assert (held, coming) == (1, 1)
        assert (next_at.date() - last_at.date()).days == 29

    def test_the_coordinator_reads_numbers_and_dates_and_no_place(self, app, cast, as_, trajectory_id):
        with app.database.unit_of_work(cast.network) as unit:
            talks_of_every_kind(unit.get_one(Trajectory, (cast.network.id, trajectory_id)))
        text = as_(cast["coordinator"]).get(f"/waterland/trajecten/{trajectory_id}").text
        assert "1 van de 6" in text
        assert "3 december 2026, 10:00" in text
        assert "De Muur" not in text
        assert "Gesprekken</a>" not in text


class TestPlanning:
    def test_a_talk_is_planned_for_both_and_the_other_gets_a_mail(
        self, ib, url, rows, work_through_queue, kept_mails, cast
    ):
        page = ib.post(url, data=FORM, follow_redirects=True).text
        assert "Het gesprek is gepland. Joost krijgt er een mail over." in page
        assert "Maandag 7 december 2026" in page
        (appointment,) = rows(Appointment)
        assert appointment.starts_at == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)
        assert appointment.ends_at - appointment.starts_at == timedelta(minutes=75)
        work_through_queue()
        (mail,) = kept_mails()
        assert (mail.recipient, mail.subject) == (cast["coach"].email, "Er is een gesprek gepland")
        assert "maandag 7 december 2026, 10:00–11:15" in mail.body
        assert f"/waterland/agenda/{appointment.id}.ics" in mail.body

    @pytest.mark.parametrize(
        ("place", "text", "kept"),
        [
            ("online", "", "Online"),
            ("online", "https://praten.example/1", "Online: https://praten.example/1"),
            ("elsewhere", "Bibliotheek\r\nPurmerend", "Bibliotheek Purmerend"),
            ("school", "", "OBS De Wilgen, Purmerend"),
        ],
    )
    def test_where(self, ib, url, rows, cast, place, text, kept):
        code = f"school-{cast.schools['wilgen']}" if place == "school" else place
        ib.post(url, data={**FORM, "place": code, "place_text": text})
        (appointment,) = rows(Appointment)
        assert appointment.place == kept

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"day": ""}, "Kies een dag."),
            ({"day": "2026-11-23"}, "Kies een dag die nog moet komen."),
            ({"day": "0001-01-01"}, "Kies een dag die nog moet komen."),
            ({"day": "9999-12-31"}, "Kies een dag binnen anderhalf jaar."),
            ({"day": "2026-11-24", "time": "09:59"}, "Kies een tijd die nog moet komen."),
            ({"time": "tien uur"}, "Vul een tijd in"),
            ({"minutes": "15"}, "Kies 30 tot 150 minuten."),
            ({"minutes": "99999999999"}, "Kies 30 tot 150 minuten."),
            ({"place": "school-0"}, "Kies uit de lijst."),
            ({"place": "elsewhere"}, "Schrijf op waar jullie elkaar zien."),
            ({"place": "elsewhere", "place_text": "\u2028"}, "Schrijf op waar jullie elkaar zien."),
            ({"place_text": "bel fatima@school.example"}, "Laat e-mailadressen weg"),
            ({"place_text": "x" * 301}, "Gebruik hooguit 300 tekens."),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(self, ib, url, rows, changes, said):
        answer = ib.post(url, data={**FORM, **changes})
        assert answer.status_code == 422
        assert said in answer.text
        assert 'value="75"' in answer.text or "minutes" in changes
        assert rows(Talk) == []

    def test_a_place_that_is_too_long_is_not_called_missing_too(self, ib, url):
        answer = ib.post(url, data={**FORM, "place": "elsewhere", "place_text": "x" * 301})
        assert "Gebruik hooguit 300 tekens." in answer.text
        assert "Schrijf op waar jullie elkaar zien." not in answer.text

    def test_a_clash_is_said_at_the_time(self, as_, cast, ib, url, rows):
        ib.post(url, data=FORM)
        answer = as_(cast["coach"]).post(url, data={**FORM, "time": "11:00"})
        assert answer.status_code == 409
        assert 'href="#field-time">Tijd: Een van jullie heeft dan al een andere afspraak.' in answer.text
        assert len(rows(Talk)) == len(rows(Appointment)) == 1

    def test_no_more_than_twelve(self, ib, url, rows, add_talk):
        for day in range(1, 13):
            add_talk(day)
        assert ib.post(url, data={**FORM, "day": "2027-01-11"}).status_code == 409
        assert "hoogste aantal" in ib.get(url).text
        assert len(rows(Talk)) == 12

    def test_not_in_a_trajectory_that_is_closed(self, app, cast, ib, url, add_talk, trajectory_id):
        talk_id = add_talk(2)
        with app.database.unit_of_work(cast.network) as unit:
            unit.add(Closure(trajectory_id=trajectory_id, outcome="completed", by_id=1, closed_on=NOW.date()))
        assert ib.post(url, data=FORM).status_code == 409
        assert ib.post(f"{url}/{talk_id}/verplaatsing", data=FORM).status_code == 409
        assert "Plan het gesprek" not in ib.get(url).text
        assert ib.post(f"{url}/{talk_id}/annulering").status_code == 302

    def test_a_half_day_that_the_other_did_not_tell_is_minded(self, app, cast, ib, url):
        with app.database.unit_of_work(cast.network):
            offer(cast["coach"].person_id, halfdays=[0])
        assert "heeft" not in ib.post(url, data=FORM, follow_redirects=True).text.split("<main")[1]
        thursday = {**FORM, "day": "2026-12-10", "time": "14:00"}
        page = ib.post(url, data=thursday, follow_redirects=True).text
        assert "Joost heeft donderdagmiddag niet opgegeven" in page
        saturday = {**FORM, "day": "2026-12-12"}
        assert "buiten de werkweek" in ib.post(url, data=saturday, follow_redirects=True).text


class TestChanging:
    def test_a_move_is_told_to_the_other_with_the_new_time(
        self, cast, as_, url, add_talk, rows, work_through_queue, kept_mails
    ):
        talk_id = add_talk(3)
        coach = as_(cast["coach"])
        assert 'value="2026-11-27"' in coach.get(f"{url}/{talk_id}/verplaatsing").text
        coach.post(f"{url}/{talk_id}/verplaatsing", data=FORM)
        (appointment,) = rows(Appointment)
        assert (appointment.revision, appointment.place) == (1, "Online")
        work_through_queue()
        (mail,) = kept_mails()
        assert (mail.recipient, mail.subject) == (cast["ib"].email, "Een gesprek is verplaatst")
        assert "maandag 7 december 2026, 10:00–11:15" in mail.body

    def test_a_mail_about_what_was_changed_again_is_not_sent(
        self, ib, url, add_talk, work_through_queue, kept_mails
    ):
        talk_id = add_talk(3)
        ib.post(f"{url}/{talk_id}/verplaatsing", data=FORM)
        ib.post(f"{url}/{talk_id}/annulering")
        work_through_queue()
        assert [mail.subject for mail in kept_mails()] == ["Een gesprek gaat niet door"]

    def test_what_is_cancelled_gives_the_time_back(self, ib, url, rows):
        ib.post(url, data=FORM)
        (talk,) = rows(Talk)
        ib.post(f"{url}/{talk.id}/annulering")
        ib.post(url, data=FORM)
        assert len(rows(Talk)) == 2

    @pytest.mark.parametrize("verb", ["verplaatsing", "annulering"])
    def test_what_has_begun_is_neither_moved_nor_cancelled(self, ib, url, add_talk, verb):
        talk_id = add_talk(-0.01)
        assert (
            ib.post(f"{url}/{talk_id}/{verb}", data=FORM if verb == "verplaatsing" else {}).status_code == 409
        )

    def test_what_was_held_is_counted_and_can_be_taken_back(self, ib, url, add_talk, rows):
        talk_id = add_talk(-1)
        assert "Is dit gesprek doorgegaan?" in ib.get(url).text
        page = ib.post(f"{url}/{talk_id}/afloop", data={"was_held": "1"}, follow_redirects=True).text
        assert "1 van de 6 gesprekken gevoerd" in page
        ib.post(f"{url}/{talk_id}/afloop/intrekking")
        assert rows(TalkOutcome) == []
        ib.post(f"{url}/{talk_id}/afloop", data={"was_held": "0"})
        assert [outcome.was_held for outcome in rows(TalkOutcome)] == [False]

    def test_of_two_answers_the_second_is_refused(self, as_, cast, ib, url, add_talk):
        talk_id = add_talk(-1)
        ib.post(f"{url}/{talk_id}/afloop", data={"was_held": "1"})
        answer = as_(cast["coach"]).post(f"{url}/{talk_id}/afloop", data={"was_held": "0"})
        assert answer.status_code == 409
        assert "De ander heeft net al aangegeven" in answer.text

    @pytest.mark.parametrize("days", [1, -1])
    def test_what_is_to_come_or_cancelled_was_not_held(self, app, cast, ib, url, add_talk, rows, days):
        talk_id = add_talk(days)
        if days < 0:
            with app.database.unit_of_work(cast.network) as unit:
                unit.scalars(select(Appointment)).one().cancelled_at = NOW - timedelta(days=3)
        assert ib.post(f"{url}/{talk_id}/afloop", data={"was_held": "1"}).status_code == 409
        assert rows(TalkOutcome) == []

    @pytest.mark.parametrize("who", ["coordinator", "colleague", "leader"])
    def test_others_can_do_nothing(self, as_, cast, url, add_talk, rows, who):
        talk_id, client = add_talk(2), as_(cast[who])
        posts = [
            client.post(f"{url}{path}", data=data).status_code
            for path, data in (
                ("", FORM),
                (f"/{talk_id}/verplaatsing", FORM),
                (f"/{talk_id}/annulering", {}),
                (f"/{talk_id}/afloop", {"was_held": "1"}),
            )
        ]
        assert set(posts) <= {403, 404}
        assert len(rows(Talk)) == 1


class TestReminders:
    @pytest.fixture
    def a_day_passes(self, app, work_through_queue):
        """What the worker does by itself in each hour."""

        def work():
            with app.database.global_unit():
                enqueue_in_networks("coaching.follow_up")
            work_through_queue()

        return work

    def test_both_are_reminded_once_the_day_before(
        self, cast, ib, url, a_day_passes, kept_mails, clock, rows
    ):
        ib.post(url, data=FORM)
        a_day_passes()

        def reminders():
            return [mail for mail in kept_mails() if mail.subject == "Morgen: je gesprek"]

        assert reminders() == []
        clock.move_to(datetime(2026, 12, 6, 6, 20, tzinfo=UTC))
        for _hour in range(3):
            a_day_passes()
        assert {mail.recipient for mail in reminders()} == {cast["ib"].email, cast["coach"].email}
        assert len(reminders()) == len(rows(TalkReminder)) == 2
        assert "10:00–11:15" in reminders()[0].body
        clock.move_to(datetime(2026, 12, 7, 6, 20, tzinfo=UTC))
        a_day_passes()
        assert len(reminders()) == 2

    def test_after_a_move_they_are_reminded_again_and_of_what_is_cancelled_never(
        self, ib, url, add_talk, a_day_passes, kept_mails, clock
    ):
        talk_id = add_talk(1)
        cancelled = add_talk(1.2)
        ib.post(f"{url}/{cancelled}/annulering")
        a_day_passes()
        ib.post(f"{url}/{talk_id}/verplaatsing", data=FORM)
        clock.move_to(datetime(2026, 12, 6, 7, 20, tzinfo=UTC))
        a_day_passes()
        subjects = [mail.subject for mail in kept_mails()]
        assert subjects.count("Morgen: je gesprek") == 4


class TestConstraints:
    def refused(self, unit, constraint, row):
        with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
            unit.add(row)
            unit.flush()

    def test_two_talks_at_one_appointment(self, unit, planned):
        twin = Talk(trajectory_id=planned.trajectory_id, appointment_id=planned.appointment_id)
        self.refused(unit, "uq_talk_tenant_id_appointment_id", twin)

    def test_two_answers_about_one_talk(self, unit, planned):
        unit.add(TalkOutcome(talk_id=planned.id, was_held=True, by_id=1))
        unit.flush()
        self.refused(
            unit,
            "uq_talk_outcome_tenant_id_talk_id",
            TalkOutcome(talk_id=planned.id, was_held=False, by_id=2),
        )

    def test_two_reminders_of_one_plan(self, unit, cast, planned):
        person_id = cast["ib"].person_id
        unit.add(TalkReminder(talk_id=planned.id, person_id=person_id, revision=0))
        unit.flush()
        self.refused(
            unit,
            "uq_talk_reminder_tenant_id_talk_id_person_id_revision",
            TalkReminder(talk_id=planned.id, person_id=person_id, revision=0),
        )

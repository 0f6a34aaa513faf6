"""Polls: who is asked, and what comes of choosing, of silence, and of two at once."""

from dataclasses import dataclass
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
    Poll,
    PollAnswer,
    PollChoice,
    PollOption,
    PollWord,
)
from app.intervision.queries.planning import poll_of
from app.intervision.services.polls import keep_answers
from app.jobs.queue import enqueue_in_networks
from app.kernel.permissions import Role
from tests.intervision.seasons import a_group, a_poll, a_season, a_session, an_answer, an_undated_session
from tests.world import add_member, add_role

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
YES, IF_NEEDED, NO = PollWord.YES, PollWord.IF_NEEDED, PollWord.NO


FORM = {
    "day-1": "2026-12-15", "time-1": "13:00", "day-2": "2026-12-17", "time-2": "09:00",
    "closes_on": "2026-12-01", "quorum": "2",
}  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@dataclass
class Asked:
    """A group of three with a poll about its second session."""

    session_id: int
    options: list[int]
    people: list[int]
    url: str
    third: object


@pytest.fixture
def third(app, cast):
    """Somebody of a third school."""
    with app.database.unit_of_work(cast.network, with_identities=True):
        made = add_member(cast.network, "derde", "Sanne", "Vos")
        add_role(made.person_id, Role.IB, cast.schools["linde"])
    return made


@pytest.fixture
def asked(app, cast, clock, third):
    with app.database.unit_of_work(cast.network):
        season = a_season(starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), join_until=date(2026, 9, 2))
        people = [cast["ib"].person_id, cast["coach"].person_id, third.person_id]
        for person_id in people:
            an_answer(season, person_id, (3,))
        found = an_undated_session(a_group(season, people))
        found.facilitator_id = people[0]
        poll = a_poll(found)
        options = [option.id for option in poll.options]
    url = f"/waterland/intervisie/bijeenkomsten/{found.id}/peiling"
    return Asked(found.id, options, people, url, third)


@pytest.fixture
def rows(app, cast):
    def read(model):
        with app.database.unit_of_work(cast.network) as unit:
            return unit.scalars(select(model).order_by(model.id)).all()

    return read


@pytest.fixture
def say(app, cast, asked):
    """What somebody says of the moments, in their order."""

    def keep(person_id, *words):
        with app.database.unit_of_work(cast.network):
            keep_answers(person_id, dict(zip(asked.options, words, strict=True)))

    return keep


def answers(asked, *words):
    return {f"answer-{option}": word.value for option, word in zip(asked.options, words, strict=True)}


def choice(asked, number=0, **more):
    return {"option_id": asked.options[number], "place": "online", **more}


class TestAsking:
    @pytest.fixture
    def url(self, app, cast, asked):
        with app.database.unit_of_work(cast.network) as unit:
            unit.connection().exec_driver_sql("DELETE FROM poll")
        return asked.url

    def test_suggested_are_the_common_half_days(self, as_, cast, url):
        page = as_(cast["ib"]).get(f"{url}/nieuw").text
        assert 'value="2026-12-01"' in page
        assert 'value="2026-12-08"' in page
        assert 'value="2"' in page

    def test_the_others_get_a_mail_without_anything_confidential(
        self, as_, cast, url, rows, work_through_queue, kept_mails, asked
    ):
        page = as_(cast["ib"]).post(url, data=FORM, follow_redirects=True).text
        assert "Wanneer kun je?" in page
        assert len(rows(PollOption)) == 2
        work_through_queue()
        assert sorted(mail.recipient for mail in kept_mails()) == sorted(
            [cast["coach"].email, asked.third.email]
        )

    @pytest.mark.parametrize(
        ("changes", "field", "said"),
        [
            ({"day-2": "", "time-2": ""}, "day-2", "Vraag naar minstens twee momenten."),
            ({"time-2": ""}, "time-2", "Vul een tijd in"),
            ({"day-2": "2026-12-15", "time-2": "13:00"}, "day-2", "Naar dit moment vraag je al."),
            ({"day-1": "2026-11-01"}, "day-1", "Kies een dag die nog moet komen."),
            ({"day-1": "2026-12-22"}, "day-1", "Deze dag valt in de kerstvakantie"),
            ({"closes_on": ""}, "closes_on", "Kies tot wanneer"),
            ({"closes_on": "2026-11-23"}, "closes_on", "Kies een dag die nog moet komen."),
            ({"closes_on": "2026-12-15"}, "closes_on", "Kies een dag vóór het eerste moment."),
            ({"quorum": "1"}, "quorum", "Kies twee mensen of meer."),
            ({"quorum": "4"}, "quorum", "De groep telt 3 mensen."),
        ],
    )
    def test_what_is_wrong_is_said_at_the_field(self, as_, cast, url, rows, changes, field, said):
        answer = as_(cast["ib"]).post(url, data={**FORM, **changes})
        assert answer.status_code == 422
        assert f'href="#field-{field}"' in answer.text
        assert said in answer.text
        assert rows(Poll) == []

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (
                {"closes_on": "", "day-2": "", "time-2": ""},
                ("Kies tot wanneer", "Vraag naar minstens twee momenten."),
            ),
            ({"quorum": "1", "time-2": ""}, ("Kies twee mensen of meer.", "Vul een tijd in")),
            (
                {"quorum": "4", "closes_on": "2026-11-23", "day-1": "2026-12-22"},
                ("De groep telt 3 mensen.", "Kies een dag die nog moet komen.", "kerstvakantie"),
            ),
        ],
    )
    def test_all_that_is_wrong_is_said_at_once(self, as_, cast, url, rows, changes, said):
        page = as_(cast["ib"]).post(url, data={**FORM, **changes}).text
        assert all(words in page for words in said)
        assert rows(Poll) == []

    def test_a_second_poll_waits_until_the_first_is_closed(self, as_, cast, url, rows):
        client = as_(cast["ib"])
        client.post(url, data=FORM)
        assert as_(cast["coach"]).post(url, data=FORM).status_code == 409
        client.post(f"{url}/sluiting")
        assert as_(cast["coach"]).post(url, data=FORM).status_code == 302
        assert len(rows(Poll)) == 1

    def test_a_session_can_be_made_to_hold_a_poll_about(self, as_, cast, rows, asked):
        group_id = rows(IntervisionSession)[0].group_id
        url = f"/waterland/intervisie/groepen/{group_id}/bijeenkomsten"
        answer = as_(cast["ib"]).post(url, data={"number": 3})
        assert answer.location.endswith("/peiling/nieuw")
        assert as_(cast["ib"]).post(url, data={"number": 99}).status_code == 409
        assert asked.session_id in [found.id for found in rows(IntervisionSession)]


class TestAnswering:
    def test_an_answer_can_be_given_and_given_anew(self, as_, cast, asked, rows):
        client = as_(cast["ib"])
        client.post(f"{asked.url}/antwoorden", data=answers(asked, YES, NO, IF_NEEDED))
        client.post(f"{asked.url}/antwoorden", data=answers(asked, YES, YES, NO))
        assert [row.answer for row in rows(PollAnswer)] == ["yes", "yes", "no"]

    def test_every_moment_needs_an_answer(self, as_, cast, asked, rows):
        said = answers(asked, YES, NO, IF_NEEDED)
        del said[f"answer-{asked.options[1]}"]
        answer = as_(cast["ib"]).post(f"{asked.url}/antwoorden", data=said)
        assert answer.status_code == 422
        assert f'href="#field-answer-{asked.options[1]}"' in answer.text
        assert rows(PollAnswer) == []

    @pytest.mark.parametrize("word", ["maybe", "", "yes "])
    def test_another_word_is_refused_or_tidied(self, as_, cast, asked, word):
        said = answers(asked, YES, NO, NO) | {f"answer-{asked.options[0]}": word}
        answer = as_(cast["ib"]).post(f"{asked.url}/antwoorden", data=said)
        assert answer.status_code == (302 if word.strip() == "yes" else 422)

    def test_a_moment_of_another_poll_is_refused(self, as_, cast, asked):
        said = answers(asked, YES, NO, NO) | {"answer-987654": "yes"}
        assert as_(cast["ib"]).post(f"{asked.url}/antwoorden", data=said).status_code == 422

    @pytest.mark.parametrize("who", ["coordinator", "colleague"])
    def test_who_is_not_in_the_group_does_not_answer(self, as_, cast, asked, who):
        answer = as_(cast[who]).post(f"{asked.url}/antwoorden", data=answers(asked, YES, NO, NO))
        assert answer.status_code in {403, 404}

    def test_after_the_last_day_nobody_answers(self, as_, cast, asked, clock):
        clock.move_to(NOW + timedelta(days=8))
        answer = as_(cast["ib"]).post(f"{asked.url}/antwoorden", data=answers(asked, YES, NO, NO))
        assert answer.status_code == 409

    def test_the_last_one_lets_who_leads_know(self, as_, cast, asked, say, work_through_queue, kept_mails):
        say(asked.people[0], YES, NO, NO)
        say(asked.people[2], YES, NO, NO)
        as_(cast["coach"]).post(f"{asked.url}/antwoorden", data=answers(asked, YES, NO, NO))
        as_(cast["coach"]).post(f"{asked.url}/antwoorden", data=answers(asked, NO, NO, NO))
        work_through_queue()
        (mail,) = kept_mails()
        assert (mail.recipient, mail.subject) == (cast["ib"].email, "Iedereen heeft geantwoord")


class TestReminding:
    def follow_up(self, app, work_through_queue):
        with app.database.global_unit():
            enqueue_in_networks("intervision.follow_up")
        return work_through_queue()

    def test_who_is_silent_is_reminded_once_the_day_before(
        self, app, asked, say, clock, work_through_queue, kept_mails
    ):
        say(asked.people[0], YES, NO, NO)
        self.follow_up(app, work_through_queue)
        assert kept_mails() == []
        clock.move_to(NOW + timedelta(days=6))
        for _again in range(2):
            self.follow_up(app, work_through_queue)
        assert len(kept_mails()) == 2

    def test_by_hand_at_most_once_a_day(self, as_, cast, asked, say, work_through_queue, kept_mails):
        say(asked.people[0], YES, NO, NO)
        client = as_(cast["ib"])
        page = client.post(f"{asked.url}/herinnering", follow_redirects=True).text
        assert "2 mensen krijgen een mail." in page
        assert "Niemand kreeg een mail" in client.post(f"{asked.url}/herinnering", follow_redirects=True).text
        work_through_queue()
        assert cast["ib"].email not in [mail.recipient for mail in kept_mails()]
        assert len(kept_mails()) == 2

    def test_a_poll_that_nobody_answers_is_closed_with_ways_out(
        self, app, as_, cast, asked, clock, work_through_queue, kept_mails, rows
    ):
        clock.move_to(NOW + timedelta(days=8))
        for _again in range(2):
            self.follow_up(app, work_through_queue)
        (poll,) = rows(Poll)
        assert poll.closed_at is not None
        (mail,) = [one for one in kept_mails() if one.subject == "De peiling is gesloten"]
        assert "niemand heeft geantwoord" in mail.body
        page = as_(cast["ib"]).get(asked.url).text
        for way_out in ("Vraag naar andere momenten", "Kies zelf een datum", "Niet door laten gaan"):
            assert way_out in page

    def test_a_poll_with_a_moment_for_enough_people_says_so(
        self, app, asked, say, clock, work_through_queue, kept_mails
    ):
        say(asked.people[0], YES, NO, NO)
        say(asked.people[1], IF_NEEDED, NO, NO)
        clock.move_to(NOW + timedelta(days=8))
        self.follow_up(app, work_through_queue)
        assert "een moment waarop genoeg mensen kunnen" in kept_mails()[-1].body


class TestChoosing:
    def test_who_refused_it_is_not_booked_in_and_hears_so(
        self, as_, cast, asked, say, rows, work_through_queue, kept_mails
    ):
        say(asked.people[0], YES, NO, NO)
        say(asked.people[1], IF_NEEDED, NO, NO)
        say(asked.people[2], NO, YES, YES)
        as_(cast["ib"]).post(f"{asked.url}/keuze", data=choice(asked))
        assert {booking.person_id for booking in rows(Booking)} == set(asked.people[:2])
        assert {attendance.person_id for attendance in rows(Attendance)} == set(asked.people[:2])
        work_through_queue()
        by_address = {mail.recipient: mail.subject for mail in kept_mails()}
        assert by_address == {
            cast["ib"].email: "Een datum voor je intervisie",
            cast["coach"].email: "Een datum voor je intervisie",
            asked.third.email: "Intervisie: deze keer zonder jou",
        }

    def test_below_the_quorum_only_when_somebody_says_so(self, as_, cast, asked, say, rows):
        say(asked.people[0], YES, NO, NO)
        client = as_(cast["ib"])
        answer = client.post(f"{asked.url}/keuze", data=choice(asked))
        assert answer.status_code == 422
        assert "Er kunnen er 1, en je wilde er 2." in answer.text
        assert client.post(f"{asked.url}/keuze", data=choice(asked, anyway="1")).status_code == 302
        assert len(rows(Booking)) == 3

    def test_at_which_nobody_is_left_not_at_all(self, as_, cast, asked, say, rows):
        for person_id in asked.people[:2]:
            say(person_id, NO, YES, YES)
        answer = as_(cast["ib"]).post(f"{asked.url}/keuze", data=choice(asked, anyway="1"))
        assert answer.status_code == 422
        assert "Kies een ander moment." in answer.text
        assert rows(Appointment) == []

    def test_who_is_elsewhere_by_now_is_only_left_out_when_somebody_says_so(
        self, app, as_, cast, asked, say, rows
    ):
        for person_id in asked.people:
            say(person_id, YES, NO, NO)
        starts_at = rows(PollOption)[0].starts_at
        with app.database.unit_of_work(cast.network):
            book([asked.people[2]], starts_at, starts_at + timedelta(hours=1), "Geheim", "coaching")
        client = as_(cast["ib"])
        answer = client.post(f"{asked.url}/keuze", data=choice(asked))
        assert answer.status_code == 409
        assert "Een van jullie heeft dan al een andere afspraak" in answer.text
        assert "Geheim" not in answer.text
        assert client.post(f"{asked.url}/keuze", data=choice(asked, without_absent="1")).status_code == 302
        assert {booking.person_id for booking in rows(Booking)} == set(asked.people[:2])

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({"place": "online"}, "Kies een moment."),
            ({"option_id": "987654", "place": "online"}, "Kies een moment dat nog moet komen."),
            ({"option_id": "x", "place": "online"}, "Kies een moment."),
        ],
    )
    def test_what_is_no_moment_is_refused(self, as_, cast, asked, say, data, said):
        for person_id in asked.people:
            say(person_id, YES, NO, NO)
        answer = as_(cast["ib"]).post(f"{asked.url}/keuze", data=data)
        assert answer.status_code == 422
        assert said in answer.text

    def test_once_chosen_it_is_chosen(self, as_, cast, asked, say, rows):
        for person_id in asked.people:
            say(person_id, YES, YES, NO)
        as_(cast["ib"]).post(f"{asked.url}/keuze", data=choice(asked))
        answer = as_(cast["coach"]).post(f"{asked.url}/keuze", data=choice(asked, 1))
        assert answer.status_code == 409
        assert len(rows(PollChoice)) == len(rows(Appointment)) == 1
        assert "Gekozen:" in as_(cast["coach"]).get(asked.url).text

    def test_the_database_keeps_one_choice(self, app, cast, asked):
        with app.database.unit_of_work(cast.network) as unit:
            poll = poll_of(asked.session_id)
            for option_id in asked.options[:2]:
                unit.add(PollChoice(poll_id=poll.poll.id, option_id=option_id, by_id=1))
            with pytest.raises(IntegrityError, match="uq_poll_choice"):
                unit.flush()
            unit.rollback()

    def test_a_poll_to_move_takes_the_seat_of_who_refused_and_gives_one_to_who_can(
        self, app, as_, cast, asked, rows
    ):
        with app.database.unit_of_work(cast.network) as unit:
            found = a_session(unit.scalars(select(IntervisionGroup)).one(), 5)
            seat = unit.scalars(select(Booking).where(Booking.person_id == asked.people[1])).one()
            seat.state, seat.seat = BookingState.GIVEN_BACK, None
            poll = a_poll(found)
            ids = [option.id for option in poll.options]
            keep_answers(asked.people[0], dict.fromkeys(ids, YES))
            keep_answers(asked.people[1], dict.fromkeys(ids, IF_NEEDED))
            keep_answers(asked.people[2], dict.fromkeys(ids, NO))
        url = f"/waterland/intervisie/bijeenkomsten/{found.id}/peiling/keuze"
        as_(cast["ib"]).post(url, data={"option_id": ids[0], "place": "online"})
        states = {booking.person_id: booking.state for booking in rows(Booking)}
        assert states == dict(zip(asked.people, ["booked", "booked", "given_back"], strict=True))
        gone = [row.person_id for row in rows(Attendance) if row.status == Status.CANCELLED]
        assert gone == [asked.people[2]]


WHO_SEES = {
    "coordinator": 200, "ib": 200, "coach": 200, "colleague": 404, "leader": 403, "teacher": 403, "billing": 403,
}  # fmt: skip


@pytest.mark.parametrize(("who", "status"), WHO_SEES.items())
def test_who_sees_a_poll(as_, cast, asked, who, status):
    assert as_(cast[who]).get(asked.url).status_code == status
    assert as_(cast[who]).get(f"{asked.url}/nieuw").status_code == status

"""Thousands of invitations: in batches behind other work, stopped halfway, planned, called off, and reminded of."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.jobs.models import LongWork, WorkState
from app.kernel.actor import SYSTEM
from app.kernel.clock import now, today
from app.kernel.returned_mail import Refusal
from app.organisation import labels
from app.organisation.jobs import handlers
from app.organisation.models import Invitation, Mailing, Person
from app.organisation.queries import PeopleFilter
from app.organisation.queries.inviting import Choice, mailing_counts
from app.organisation.services.invitations import note_returned, withdraw_invitation
from app.organisation.services.mailings import BATCH, SEND_MAILING, queue_batch, start_mailing, stop_mailing
from tests.organisation.invitees import many, open_invitations
from tests.organisation.pages import queries_of
from tests.organisation.people import PASSWORD, invited, last_link, somebody

FOLLOW_UP = "organisation.follow_up_everywhere"


@pytest.fixture
def start(app, cast):
    """Start a mailing to so many people; gives its id."""

    def start(count, *, reminds=False, days=None):
        with app.database.unit_of_work(cast.network):
            chosen = Choice(PeopleFilter(), tuple(many(count, f"Zwart{count}x")))
            planned_on = today() + timedelta(days=days) if days else None
            return start_mailing(SYSTEM, chosen, reminds=reminds, planned_on=planned_on)

    return start


@pytest.fixture
def counts(app, cast):
    """What became of a mailing."""

    def read(mailing_id):
        with app.database.unit_of_work(cast.network) as unit:
            return mailing_counts(unit.get_one(Mailing, (cast.network.id, mailing_id)))

    return read


def do(app, name, *networks, **arguments):
    """Do one job by itself."""
    (job,) = [job for job in handlers(app.settings, app.database, app.postbox) if job.name == name]
    job.work(*networks, **arguments)


def jobs(app):
    """The jobs that wait: name, priority and arguments, in the order in which a worker takes them."""
    with app.database.global_unit() as unit:
        rows = unit.execute(
            text("SELECT task_name, priority, args FROM procrastinate_jobs ORDER BY priority DESC, id")
        )
        return [(row.task_name, row.priority, dict(row.args)) for row in rows]


def forget_jobs(app):
    with app.database.global_unit() as unit:
        unit.execute(text("DELETE FROM procrastinate_jobs"))


def work_of(app, cast, mailing_id):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(LongWork).filter_by(kind=SEND_MAILING, subject_id=mailing_id).one_or_none()


def follow_up(app, work_through_queue):
    do(app, FOLLOW_UP)
    return work_through_queue()


def test_everybody_is_mailed_once_and_the_work_ends(app, cast, start, counts, work_through_queue, kept_mails):
    mailing_id = start(2 * BATCH + 5)
    done = work_through_queue()
    assert done.count(SEND_MAILING) == 4
    assert len({mail.recipient for mail in kept_mails()}) == len(kept_mails()) == 2 * BATCH + 5
    assert counts(mailing_id).sent == 2 * BATCH + 5
    assert work_of(app, cast, mailing_id).state == WorkState.DONE


def test_a_batch_goes_behind_other_work_and_the_next_behind_the_batch(app, cast, start):
    mailing_id = start(BATCH + 1)
    forget_jobs(app)
    do(app, SEND_MAILING, cast.network, work_id=work_of(app, cast, mailing_id).id)
    waiting = jobs(app)
    assert [name for name, _, _ in waiting] == ["organisation.send_invitation"] * BATCH + [SEND_MAILING]
    assert 0 > waiting[0][1] > waiting[-1][1]
    assert len({arguments["invitation_id"] for _, _, arguments in waiting[:-1]}) == BATCH


def test_a_batch_takes_the_same_number_of_queries_in_a_mailing_of_five_thousand(app, cast, start):
    def statements_of_batch(mailing_id):
        def one_batch():
            with app.database.unit_of_work(cast.network):
                queue_batch(work_id)

        work_id = work_of(app, cast, mailing_id).id
        return queries_of(app, one_batch)

    assert statements_of_batch(start(1)) == statements_of_batch(start(5000))


def test_choosing_five_thousand_takes_as_many_statements_as_choosing_ten(app, cast, unit):
    few, thousands = (tuple(many(count, f"Zwart{count}x")) for count in (10, 5000))
    unit.flush()

    def choose(person_ids):
        start_mailing(SYSTEM, Choice(PeopleFilter(), person_ids), reminds=True, planned_on=None)

    assert queries_of(app, lambda: choose(few)) == queries_of(app, lambda: choose(thousands))
    assert unit.query(Invitation).count() == 5010


def test_a_batch_that_is_taken_over_is_not_queued_twice(app, cast, start):
    mailing_id = start(10)
    forget_jobs(app)
    work_id = work_of(app, cast, mailing_id).id
    for _time in range(2):
        do(app, SEND_MAILING, cast.network, work_id=work_id)
    sending = [arguments["invitation_id"] for name, _, arguments in jobs(app) if "send_invitation" in name]
    assert len(sending) == len(set(sending)) == 10


def test_what_was_sent_stays_sent_and_the_rest_is_not(app, cast, coordinator, start, counts, kept_mails):
    mailing_id = start(10)
    with app.database.unit_of_work(cast.network):
        ids = [invitation.id for invitation in open_invitations()]
    for invitation_id in ids[:3]:
        do(app, "organisation.send_invitation", cast.network, invitation_id=invitation_id)
    page = f"/waterland/uitnodigingen/verzendingen/{mailing_id}"
    assert "<progress" in coordinator.get(page).text
    assert coordinator.post(f"{page}/annulering").status_code == 302
    for invitation_id in ids:
        do(app, "organisation.send_invitation", cast.network, invitation_id=invitation_id)
    do(app, SEND_MAILING, cast.network, work_id=work_of(app, cast, mailing_id).id)
    assert len(kept_mails()) == 3
    assert (counts(mailing_id).sent, counts(mailing_id).stopped, counts(mailing_id).waiting) == (3, 7, 0)
    assert work_of(app, cast, mailing_id).state == WorkState.CANCELLED
    assert "<progress" not in coordinator.get(page).text


def test_stopping_leaves_the_mail_that_is_being_sent_alone(app, cast, start):
    mailing_id = start(2)
    with app.database.unit_of_work(cast.network):
        open_invitations()[0].token_hash = b"in the hands of a worker"
    with app.database.unit_of_work(cast.network):
        assert stop_mailing(SYSTEM, mailing_id) == 1
        assert [invitation.token_hash for invitation in open_invitations()] == [b"in the hands of a worker"]


def test_who_was_stopped_can_be_invited_again(app, cast, coordinator, start, work_through_queue, kept_mails):
    coordinator.post(f"/waterland/uitnodigingen/verzendingen/{start(2)}/annulering")
    work_through_queue()
    coordinator.post("/waterland/uitnodigingen", data={"alle": "1", "toegang": "not_invited"})
    work_through_queue()
    assert len(kept_mails()) == 2


def test_a_mail_server_that_is_away_stops_no_other_mail(app, cast, start):
    mailing_id = start(2)

    class Away:
        def send(self, _mail):
            raise OSError("mail server away")

    app.postbox = Away()
    with app.database.unit_of_work(cast.network):
        first = open_invitations()[0].id
    with pytest.raises(OSError, match="mail server away"):
        do(app, "organisation.send_invitation", cast.network, invitation_id=first)
    work = work_of(app, cast, mailing_id)
    do(app, SEND_MAILING, cast.network, work_id=work.id)
    do(app, SEND_MAILING, cast.network, work_id=work.id)
    assert work_of(app, cast, mailing_id).state == WorkState.DONE


def test_the_bar_asks_for_itself_until_the_page_is_new(app, cast, coordinator, start, work_through_queue):
    page = f"/waterland/uitnodigingen/verzendingen/{start(2)}"
    assert "hx-get" in coordinator.get(page, headers={"HX-Request": "true"}).text
    work_through_queue()
    assert coordinator.get(page, headers={"HX-Request": "true"}).headers["HX-Redirect"] == page
    assert "notice--good" in coordinator.get(page).text


class TestPlanned:
    """Invitations from a day on."""

    def test_nobody_is_mailed_before_the_day(self, app, start, work_through_queue, kept_mails):
        start(3, days=5)
        for _hour in range(2):
            follow_up(app, work_through_queue)
        assert kept_mails() == []

    def test_on_the_day_everybody_is_mailed_once(self, app, start, work_through_queue, kept_mails):
        start(3, days=5)
        with time_machine.travel(now() + timedelta(days=5), tick=False):
            for _hour in range(3):
                follow_up(app, work_through_queue)
        assert len(kept_mails()) == 3

    def test_the_link_then_works_for_seven_days(self, app, start, work_through_queue, kept_mails):
        start(1, days=30)
        with time_machine.travel(now() + timedelta(days=31), tick=False):
            follow_up(app, work_through_queue)
            link = last_link(app.database, kept_mails()[0].recipient)
        for days, works in ((37, True), (39, False)):
            with time_machine.travel(now() + timedelta(days=days), tick=False):
                assert (app.test_client().get(link).status_code == 200) is works

    def test_it_is_shown_and_can_be_called_off(self, app, coordinator, start, work_through_queue, kept_mails):
        mailing_id = start(3, days=5)
        address = f"/waterland/uitnodigingen/verzendingen/{mailing_id}"
        assert address in coordinator.get("/waterland/uitnodigingen").text
        assert f"{address}/annulering" in coordinator.get(address).text
        assert coordinator.post(f"{address}/annulering").status_code == 302
        assert address not in coordinator.get("/waterland/uitnodigingen").text
        with time_machine.travel(now() + timedelta(days=6), tick=False):
            follow_up(app, work_through_queue)
        assert kept_mails() == []

    def test_one_of_them_can_be_withdrawn(self, app, cast, start, work_through_queue, kept_mails):
        start(3, days=5)
        with app.database.unit_of_work(cast.network):
            withdraw_invitation(SYSTEM, open_invitations()[0].person_id)
        with time_machine.travel(now() + timedelta(days=5), tick=False):
            follow_up(app, work_through_queue)
        assert len(kept_mails()) == 2

    def test_it_follows_somebody_to_another_address(
        self, app, cast, coordinator, start, work_through_queue, kept_mails
    ):
        start(1, days=5)
        with app.database.unit_of_work(cast.network):
            person_id = open_invitations()[0].person_id
        coordinator.post(
            f"/waterland/mensen/{person_id}/bewerken",
            data={"first_name": "A", "last_name": "B", "email": "elders@waterland.example"},
        )
        with time_machine.travel(now() + timedelta(days=5), tick=False):
            follow_up(app, work_through_queue)
        assert [mail.recipient for mail in kept_mails()] == ["elders@waterland.example"]

    def test_today_is_now(self, work_through_queue, kept_mails, unit):
        choice = Choice(PeopleFilter(), tuple(many(1)))
        start_mailing(SYSTEM, choice, reminds=False, planned_on=today())
        unit.commit()
        work_through_queue()
        assert len(kept_mails()) == 1

    def test_a_network_that_may_not_change_anything_mails_nobody(
        self, app, start, work_through_queue, kept_mails
    ):
        start(1, days=5)
        with app.database.global_unit() as unit:
            unit.execute(text("UPDATE tenant SET standing = 'read_only' WHERE slug = 'waterland'"))
        with time_machine.travel(now() + timedelta(days=6), tick=False):
            follow_up(app, work_through_queue)
        assert kept_mails() == []


class TestReminder:
    """Once, after four days of silence, where the coordinator asked for it."""

    @pytest.fixture
    def after(self, app, work_through_queue, kept_mails):
        """How many mails there are when so many days have passed."""

        def after(days):
            with time_machine.travel(now() + timedelta(days=days), tick=False):
                follow_up(app, work_through_queue)
            return len(kept_mails())

        return after

    @pytest.fixture
    def send(self, start, work_through_queue):
        """Invite one person, and let the mail go."""

        def send(*, reminds=True):
            mailing_id = start(1, reminds=reminds)
            work_through_queue()
            return mailing_id

        return send

    def test_it_comes_after_four_days_and_once(self, send, after):
        send()
        assert [after(days) for days in (1, 3.9, 4.1, 4.2, 5, 5.9)] == [1, 1, 2, 2, 2, 2]

    def test_it_comes_to_nobody_who_was_not_to_be_reminded(self, send, after):
        send(reminds=False)
        assert after(5) == 1

    def test_it_does_not_come_when_the_link_is_about_to_end(self, send, after):
        send()
        assert after(6.5) == 1

    def test_both_links_work_until_one_is_used(self, app, send, after, kept_mails):
        send()
        assert after(5) == 2
        first, second = (
            next(line for line in mail.body.splitlines() if "/uitnodiging/" in line) for mail in kept_mails()
        )
        paths = [link.removeprefix("http://localhost:8000") for link in (first, second)]
        assert len({mail.recipient for mail in kept_mails()}) == 1
        with time_machine.travel(now() + timedelta(days=5, hours=1), tick=False):
            visitor = app.test_client()
            assert [visitor.get(path).status_code for path in paths] == [200, 200]
            visitor.post(paths[1], data={"password": PASSWORD, "again": PASSWORD})
            assert [app.test_client().get(path).status_code for path in paths] == [404, 404]

    def test_who_answered_was_refused_or_withdrawn_is_not_reminded(self, app, cast, start, after):
        start(3, reminds=True)
        assert after(0.01) == 3
        with app.database.unit_of_work(cast.network):
            answered, returned, withdrawn = open_invitations()
            answered.accepted_at = now()
            note_returned(returned.id, Refusal.MAILBOX_FULL)
            withdraw_invitation(SYSTEM, withdrawn.person_id)
        assert after(5) == 3

    def test_who_comes_in_before_the_mail_is_made_gets_none(self, app, cast, send, kept_mails):
        send()
        with app.database.unit_of_work(cast.network):
            (invitation,) = open_invitations()
            invitation.reminded_at = invitation.accepted_at = now()
        do(app, "organisation.send_reminder", cast.network, invitation_id=invitation.id)
        assert len(kept_mails()) == 1

    def test_an_invitation_by_itself_is_not_reminded_of(self, app, cast, after):
        with app.database.unit_of_work(cast.network):
            invited(somebody(email="alleen@waterland.example"))
        assert after(5) == 0


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"refusal": "mailbox_full"}, "ck_invitation_refusal"),
        ({"refusal": "zomaar", "refused_at": "2026-11-01"}, "ck_invitation_refusal"),
        ({"reminded_at": "2026-11-01", "sent_at": None}, "ck_invitation_reminded"),
        ({"reminder_hash": b"x"}, "ck_invitation_reminder_hash"),
        ({"mailing_id": 987_654_321}, "fk_invitation_tenant_id_mailing_id_mailing"),
    ],
)
def test_what_can_not_be_is_refused_by_the_database(unit, changes, constraint):
    person = somebody(email="anneke@waterland.example")
    with pytest.raises(IntegrityError, match=constraint):
        invited(person, **changes)
    unit.rollback()


def test_a_mailing_of_nobody_is_refused_by_the_database(unit):
    unit.add(Mailing(by_id=0, reminds=False, size=0))
    with pytest.raises(IntegrityError, match="ck_mailing_size"):
        unit.flush()
    unit.rollback()


def test_a_mailing_of_another_network_can_not_be_joined(app, cast):
    with app.database.unit_of_work(cast.other_network) as other:
        other.add(Mailing(by_id=0, reminds=False, size=1))
        other.flush()
        mailing_id = other.query(Mailing.id).scalar()
    with app.database.unit_of_work(cast.network) as unit:
        person = somebody(email="anneke@waterland.example")
        with pytest.raises(IntegrityError, match="mailing"):
            invited(person, mailing_id=mailing_id)
        unit.rollback()


def test_the_history_of_a_person_tells_what_was_planned_and_stopped(app, cast, coordinator, start):
    mailing_id = start(1, days=5)
    coordinator.post(f"/waterland/uitnodigingen/verzendingen/{mailing_id}/annulering")
    with app.database.unit_of_work(cast.network) as unit:
        person_id = unit.query(Person.id).filter(Person.last_name.like("Zwart%")).scalar()
    page = coordinator.get(f"/waterland/mensen/{person_id}").text
    with app.test_request_context("/"):
        assert all(
            str(labels.ACTIONS[action]) in page for action in ("plan invitation", "withdraw invitation")
        )

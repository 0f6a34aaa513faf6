"""Invite many people at once: now or from a day, in batches behind all other work, and stop it halfway."""

from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import exists, insert, select, update

from app.jobs.models import LongWork
from app.jobs.progress import cancel_work, finish_work, start_work, work_on
from app.jobs.queue import BEHIND, LAST, enqueue, enqueue_each
from app.kernel.actor import SYSTEM, Actor
from app.kernel.audit import record_each
from app.kernel.clock import now, today
from app.kernel.errors import Invalid
from app.organisation.models import Invitation, Mailing
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries.inviting import Choice, chosen_people, mailing_counts, mailing_with
from app.organisation.queries.people import SUBJECT, is_unanswered
from app.organisation.services.invitations import INVITING, LASTS, end_invitations
from tenants.context import current_network_id
from tenants.session import session
from tenants.turns import take_turn

SEND_MAILING = "organisation.send_mailing"
BATCH = 100
"""So many invitations are given to the queue at once: after them, other work has its turn."""
LONGEST_PLAN = timedelta(days=365)
REMINDED_AFTER = timedelta(days=4)
"""Without an answer; the link then works three days more."""
STILL_USEFUL = timedelta(days=1)
"""A reminder that comes later than that before the end of the link only disappoints."""


def start_mailing(actor: Actor, choice: Choice, *, reminds: bool, planned_on: date | None) -> int | None:
    """Invite whom is chosen, now or from a day; gives the mailing, or None when nobody is left to invite.

    A link that they had before works no longer. Who was invited since the choice was made is left out, so that the
    same choice, sent twice, mails nobody twice. Raises Invalid for a day that can't be.
    """
    actor.require(MANAGE_PEOPLE)
    _refuse_impossible_day(planned_on)
    take_turn(INVITING)
    addresses = chosen_people(actor, choice)
    if not addresses:
        return None
    is_later = planned_on is not None and planned_on > today()
    mailing = Mailing(
        by_id=actor.person_id,
        planned_on=planned_on if is_later else None,
        reminds=reminds,
        size=len(addresses),
    )
    session().add(mailing)
    session().flush()
    end_invitations(list(addresses))
    _add_invitations(mailing, addresses)
    record_each(actor, "plan invitation" if is_later else "invite", SUBJECT, addresses)
    if not is_later:
        start_work(actor, SEND_MAILING, mailing.id)
    return mailing.id


def stop_mailing(actor: Actor, mailing_id: int) -> int:
    """Send no more of a mailing, or call off one that is planned; gives how many stay away.

    What was sent stays sent, and so does what is being sent at this moment. Raises NotFound.
    """
    mailing = mailing_with(actor, mailing_id)
    stopped = session().scalars(
        update(Invitation)
        .where(Invitation.mailing_id == mailing.id, is_unanswered())
        .where(Invitation.sent_at.is_(None), Invitation.token_hash.is_(None))
        .values(withdrawn_at=now())
        .returning(Invitation.person_id)
    )
    person_ids = stopped.all()
    record_each(actor, "withdraw invitation", SUBJECT, person_ids)
    if work_on(SEND_MAILING, mailing.id):
        cancel_work(SEND_MAILING, mailing.id)
    return len(person_ids)


def work_and_progress(work_id: int) -> tuple[LongWork, float]:
    """For the job: its work, and the fraction of the mailing that has gone out."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    mailing = mailing_with(SYSTEM, work.subject_id)
    return work, 1 - mailing_counts(mailing).waiting / mailing.size


def queue_batch(work_id: int) -> None:
    """Give the next invitations to the queue, and oneself after them; at the end say that the work is done."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    mailing = session().scalars(select(Mailing).where(Mailing.id == work.subject_id).with_for_update()).one()
    batch = session().scalars(
        select(Invitation.id)
        .where(Invitation.mailing_id == mailing.id, Invitation.id > mailing.queued_up_to)
        .where(Invitation.sent_at.is_(None), is_unanswered())
        .order_by(Invitation.id)
        .limit(BATCH)
    )
    invitation_ids = batch.all()
    if not invitation_ids:
        finish_work(work)
        return
    mailing.queued_up_to = invitation_ids[-1]
    enqueue_each("organisation.send_invitation", "invitation_id", invitation_ids, priority=BEHIND)
    enqueue("organisation.send_mailing", priority=LAST, work_id=work_id)


def start_due_mailings() -> None:
    """Begin with the mailings whose day has come."""
    unsent = exists().where(
        Invitation.tenant_id == Mailing.tenant_id,
        Invitation.mailing_id == Mailing.id,
        Invitation.sent_at.is_(None),
        is_unanswered(),
    )
    begun = exists().where(
        LongWork.tenant_id == Mailing.tenant_id,
        LongWork.kind == SEND_MAILING,
        LongWork.subject_id == Mailing.id,
    )
    for mailing_id in (
        session().scalars(select(Mailing.id).where(Mailing.planned_on <= today(), unsent, ~begun)).all()
    ):
        start_work(SYSTEM, SEND_MAILING, mailing_id)


def remind_silent() -> None:
    """Remind who was invited days ago and did not answer, where the mailing asks for that: once."""
    reminding = select(Mailing.id).where(Mailing.reminds)
    silent = session().scalars(
        update(Invitation)
        .where(Invitation.mailing_id.in_(reminding), is_unanswered(), Invitation.reminded_at.is_(None))
        .where(Invitation.refused_at.is_(None), Invitation.sent_at <= now() - REMINDED_AFTER)
        .where(Invitation.expires_at >= now() + STILL_USEFUL)
        .values(reminded_at=now())
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    enqueue_each("organisation.send_reminder", "invitation_id", silent.all(), priority=BEHIND)


def _refuse_impossible_day(planned_on: date | None) -> None:
    if planned_on is not None and not today() <= planned_on <= today() + LONGEST_PLAN:
        raise Invalid({"planned_on": [_("Choose today, or a day within a year.")]})


def _add_invitations(mailing: Mailing, addresses: dict[int, str]) -> None:
    row = {"mailing_id": mailing.id, "by_id": mailing.by_id, "expires_at": now() + LASTS}
    session().execute(
        insert(Invitation),
        [{**row, "person_id": person_id, "email": email} for person_id, email in addresses.items()],
    )

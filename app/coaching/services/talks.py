"""Plan a talk, move it, cancel it, and say what became of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app.agenda.models import Appointment
from app.agenda.services.appointments import book, cancel_appointment, move_appointment
from app.coaching.meeting_places import place_in_words
from app.coaching.models import MOST_TALKS, Talk, TalkOutcome, TalkReminder, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import DatedTalk, closure_of, own_trajectory, talk_with, talks_in
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Conflict, Invalid
from tenants.session import session

KIND = "coaching"
"""What the agenda calls our appointments."""
AHEAD = timedelta(days=550)
"""How long ahead a talk can be planned: until the end of the next school year."""


def plan_talk(actor: Actor, trajectory_id: int, data: dict[str, Any]) -> Talk:
    """One of the two plans a talk; the other hears of it by mail.

    Raises Clash when one of them has another appointment then, Conflict when the trajectory is closed or full.
    """
    actor.require(TAKE_PART)
    trajectory = _going_on(actor, trajectory_id)
    # Two who plan at the same time do so one after the other, so that neither goes past the most.
    session().execute(select(Trajectory.id).where(Trajectory.id == trajectory_id).with_for_update())
    if sum(dated.counts for dated in talks_in(actor, trajectory_id)) >= MOST_TALKS:
        raise Conflict(_("There are at most %(most)s talks in one coaching.", most=MOST_TALKS))
    starts_at, ends_at = _period(data)
    talk = keep_talk(trajectory, starts_at, ends_at, place_in_words(trajectory, data))
    record(actor, "plan talk", "talk", talk.id)
    other_id = trajectory.other_than(actor.person_id)
    enqueue("coaching.tell_talk_planned", talk_id=talk.id, person_id=other_id, revision=0)
    return talk


def keep_talk(trajectory: Trajectory, starts_at: datetime, ends_at: datetime, place: str) -> Talk:
    """Make a talk, at any time, without telling anybody. Raises Clash."""
    both = (trajectory.coachee_id, trajectory.coach_id)
    appointment = book(both, starts_at, ends_at, place, KIND)
    talk = Talk(trajectory_id=trajectory.id, appointment_id=appointment.id)
    session().add(talk)
    session().flush()
    return talk


def move_talk(actor: Actor, trajectory_id: int, talk_id: int, data: dict[str, Any]) -> Appointment:
    """One of the two gives a talk another time or place; the other hears of it by mail.

    Raises Clash when one of them has another appointment then, Conflict when it is too late to move it.
    """
    actor.require(TAKE_PART)
    trajectory = _going_on(actor, trajectory_id)
    dated = _still_coming(actor, trajectory_id, talk_id)
    starts_at, ends_at = _period(data)
    place = place_in_words(trajectory, data)
    appointment = move_appointment(dated.appointment.id, starts_at, ends_at, place)
    record(actor, "move talk", "talk", talk_id)
    other_id, revision = trajectory.other_than(actor.person_id), appointment.revision
    enqueue("coaching.tell_talk_moved", talk_id=talk_id, person_id=other_id, revision=revision)
    return appointment


def cancel_talk(actor: Actor, trajectory_id: int, talk_id: int) -> None:
    """One of the two cancels a talk that is still to come; the other hears of it by mail."""
    actor.require(TAKE_PART)
    trajectory = own_trajectory(actor, trajectory_id)
    dated = _still_coming(actor, trajectory_id, talk_id)
    appointment = cancel_appointment(dated.appointment.id)
    record(actor, "cancel talk", "talk", talk_id)
    other_id, revision = trajectory.other_than(actor.person_id), appointment.revision
    enqueue("coaching.tell_talk_cancelled", talk_id=talk_id, person_id=other_id, revision=revision)


def call_off_talks(actor: Actor, trajectory_id: int) -> None:
    """Cancel every talk that is still to come, as closing does: the mail about that tells enough."""
    for dated in talks_in(actor, trajectory_id):
        if not (dated.is_cancelled or dated.has_begun):
            cancel_appointment(dated.appointment.id)
            record(actor, "cancel talk", "talk", dated.talk.id)


def note_outcome(actor: Actor, trajectory_id: int, talk_id: int, *, was_held: bool) -> None:
    """One of the two says that a talk was held, or did not take place. The database keeps one answer."""
    actor.require(TAKE_PART)
    dated = talk_with(actor, trajectory_id, talk_id)
    if dated.is_cancelled:
        raise Conflict(_("This talk has been cancelled."))
    if not dated.has_begun:
        raise Conflict(_("This talk is still to come."))
    session().add(TalkOutcome(talk_id=talk_id, was_held=was_held, by_id=actor.person_id))
    record(actor, "note talk as held" if was_held else "note talk as missed", "talk", talk_id)


def forget_outcome(actor: Actor, trajectory_id: int, talk_id: int) -> None:
    """Take back what was said of a talk, so that it can be said again."""
    actor.require(TAKE_PART)
    talk_with(actor, trajectory_id, talk_id)
    session().execute(delete(TalkOutcome).where(TalkOutcome.talk_id == talk_id))
    record(actor, "forget outcome of talk", "talk", talk_id)


def queue_reminders() -> None:
    """Queue a mail to both for each talk of tomorrow, once for each time that it is planned."""
    begin = datetime.combine(today() + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    end = datetime.combine(today() + timedelta(days=2), datetime.min.time(), AMSTERDAM)
    rows = (
        session()
        .execute(
            select(Talk.id, Appointment.revision, Trajectory.coachee_id, Trajectory.coach_id)
            .join(
                Appointment,
                (Appointment.tenant_id == Talk.tenant_id) & (Appointment.id == Talk.appointment_id),
            )
            .join(
                Trajectory, (Trajectory.tenant_id == Talk.tenant_id) & (Trajectory.id == Talk.trajectory_id)
            )
            .where(
                Appointment.starts_at >= begin,
                Appointment.starts_at < end,
                Appointment.cancelled_at.is_(None),
            )
        )
        .all()
    )
    reminded = session().execute(
        select(TalkReminder.talk_id, TalkReminder.person_id, TalkReminder.revision).where(
            TalkReminder.talk_id.in_([row.id for row in rows])
        )
    )
    done = {tuple(row) for row in reminded}
    for talk_id, revision, *both in rows:
        for person_id in both:
            if (talk_id, person_id, revision) not in done:
                session().add(TalkReminder(talk_id=talk_id, person_id=person_id, revision=revision))
                enqueue("coaching.remind_of_talk", talk_id=talk_id, person_id=person_id, revision=revision)


def _going_on(actor: Actor, trajectory_id: int) -> Trajectory:
    trajectory = own_trajectory(actor, trajectory_id)
    if closure_of(trajectory_id) is not None:
        raise Conflict(_("This coaching has been closed."))
    return trajectory


def _still_coming(actor: Actor, trajectory_id: int, talk_id: int) -> DatedTalk:
    dated = talk_with(actor, trajectory_id, talk_id)
    if dated.is_cancelled:
        raise Conflict(_("This talk has been cancelled."))
    if dated.has_begun:
        raise Conflict(_("The time of this talk has come. Say whether it was held."))
    return dated


def _period(data: dict[str, Any]) -> tuple[datetime, datetime]:
    """The moments of day, time and length. Raises Invalid for a time that is past, or too far ahead."""
    day = data["day"]
    if day < today():
        raise Invalid({"day": [_("Choose a day that is still to come.")]})
    if day > today() + AHEAD:
        raise Invalid({"day": [_("Choose a day within a year and a half.")]})
    on_the_minute = data["time"].replace(second=0, microsecond=0)
    starts_at = datetime.combine(day, on_the_minute, AMSTERDAM).astimezone(UTC)
    if starts_at <= now():
        raise Invalid({"time": [_("Choose a time that is still to come.")]})
    return starts_at, starts_at + timedelta(minutes=data["minutes"])

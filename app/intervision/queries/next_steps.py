"""What comes next in intervision: for an IB'er her session and what waits for her, for the coordinator her groups."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, or_, select

from app.agenda.models import Appointment
from app.intervision.models import (
    Booking,
    BookingState,
    Intention,
    Poll,
    PollAnswer,
    PollOption,
    Reminding,
    Season,
    SessionCancellation,
    SessionReminder,
)
from app.intervision.queries.answers import season_to_answer
from app.intervision.queries.goals import intention_goals_of
from app.intervision.queries.groups import has_member, is_published
from app.intervision.queries.joins import group_of_session, session_of
from app.intervision.queries.progress import progress_of
from app.intervision.queries.seasons import known_season, participation_of
from app.intervision.queries.sessions import DatedSession, has_seat, sessions_where
from app.kernel.actor import Actor
from app.kernel.clock import now, today
from tenants.session import session


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What an IB'er finds on her first page: what comes, and what waits for her."""

    to_answer: Season | None = None
    """The season for which she has not said yet whether she takes part, and still can."""
    next_session: DatedSession | None = None
    offers: Sequence[int] = ()
    """Sessions in which a seat is held for her."""
    polls: Sequence[int] = ()
    """Sessions about whose date her group is asked, and she has not answered."""
    intentions: Sequence[int] = ()
    """What she meant to do, of which it is time to look what became."""
    goals: Sequence[int] = ()
    """Goals that she made of it, of which it is time to say where she is."""


@dataclass(frozen=True, slots=True)
class SeasonAttention:
    """For the coordinator: how many groups of the season that goes on need her."""

    season: Season
    groups: int = field(default=0)
    at_risk: int = field(default=0)


def next_steps_of(actor: Actor) -> NextSteps:
    """What comes next for an IB'er, in a fixed number of queries."""
    coming = sessions_where(has_seat(actor.person_id), is_published(), Appointment.starts_at > now())
    return NextSteps(
        to_answer=_to_answer(actor.person_id),
        next_session=next((one for one in coming if one.is_coming), None),
        offers=_offers(actor.person_id),
        polls=polls_waiting_for(actor.person_id),
        intentions=intentions_waiting_for(actor.person_id),
        goals=[one.goal.id for one in intention_goals_of(actor) if one.waits],
    )


def season_attention() -> SeasonAttention | None:
    """How the season goes whose groups are known; None when there is none."""
    season = known_season()
    if season is None:
        return None
    progress = progress_of(season)
    return SeasonAttention(season, len(progress.groups), len(progress.at_risk))


def _to_answer(person_id: int) -> Season | None:
    season = season_to_answer()
    if season is None or season.join_until < today() or participation_of(season.id, person_id):
        return None
    return season


def polls_waiting_for(person_id: int) -> Sequence[int]:
    """Sessions about whose date somebody's group is asked, and she has not answered."""
    answered = exists().where(
        PollOption.tenant_id == Poll.tenant_id,
        PollOption.poll_id == Poll.id,
        PollAnswer.tenant_id == PollOption.tenant_id,
        PollAnswer.option_id == PollOption.id,
        PollAnswer.person_id == person_id,
    )
    called_off = exists().where(
        SessionCancellation.tenant_id == Poll.tenant_id, SessionCancellation.session_id == Poll.session_id
    )
    statement = (
        select(Poll.session_id)
        .join(*session_of(Poll))
        .join(*group_of_session())
        .where(
            has_member(person_id),
            is_published(),
            Poll.closed_at.is_(None),
            Poll.closes_on >= today(),
            ~answered,
            ~called_off,
        )
        .order_by(Poll.closes_on, Poll.session_id)
    )
    return session().scalars(statement).all()


def intentions_waiting_for(person_id: int) -> Sequence[int]:
    """Intentions of which the day has come, or of which a mail asked because her next session comes sooner."""
    mine = (Intention.person_id == person_id) & Intention.outcome.is_(None) & Intention.text.is_not(None)
    was_asked = exists().where(
        SessionReminder.tenant_id == Intention.tenant_id,
        SessionReminder.session_id == Intention.session_id,
        SessionReminder.person_id == Intention.person_id,
        SessionReminder.about == Reminding.INTENTION,
    )
    due = select(Intention.id).where(mine, or_(Intention.check_on <= today(), was_asked))
    return session().scalars(due.order_by(Intention.check_on, Intention.id)).all()


def _offers(person_id: int) -> Sequence[int]:
    held = (Booking.person_id == person_id) & (Booking.state == BookingState.OFFERED)
    return session().scalars(select(Booking.session_id).where(held, Booking.offered_until > now())).all()

"""With whom somebody does not sit in one session: her own school, her coach, and whom she avoids."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select, union

from app.coaching.models import Closure, Match, Trajectory
from app.intervision.models import Avoidance, Booking, GroupMember
from app.intervision.queries.seats import HELD
from app.intervision.queries.sessions import DatedSession
from app.kernel.clock import today
from app.organisation.models import Assignment
from app.organisation.queries.roles import holds
from tenants.session import session


@dataclass(frozen=True, slots=True)
class KeptApart:
    """People with whom somebody does not sit in one session."""

    colleagues: frozenset[int]
    """Of her own school."""
    others: frozenset[int]
    """Her coach, whom she coaches, and whom she avoids: nobody is told which."""

    @property
    def everybody(self) -> frozenset[int]:
        """All of them."""
        return self.colleagues | self.others


def kept_apart_from(person_id: int) -> KeptApart:
    """With whom somebody does not sit in one session today."""
    return KeptApart(
        frozenset(_colleagues(person_id)), frozenset(_avoided(person_id) | _coaching_with(person_id))
    )


def people_around(dated: DatedSession) -> set[int]:
    """Everybody with whom a guest would sit: the group, whoever of it comes, and who holds a seat."""
    members = select(GroupMember.person_id).where(
        GroupMember.group_id == dated.session.group_id, GroupMember.left_at.is_(None)
    )
    seated = select(Booking.person_id).where(Booking.session_id == dated.id, Booking.state.in_(HELD))
    return {*session().scalars(members), *session().scalars(seated)}


def _colleagues(person_id: int) -> Collection[int]:
    hers = select(Assignment.school_id).where(Assignment.person_id == person_id, holds(today()))
    there = and_(Assignment.school_id.in_(hers), holds(today()), Assignment.person_id != person_id)
    return session().scalars(select(Assignment.person_id).where(there)).all()


def _avoided(person_id: int) -> set[int]:
    pairs = session().execute(
        select(Avoidance.person_id, Avoidance.other_id).where(
            or_(Avoidance.person_id == person_id, Avoidance.other_id == person_id)
        )
    )
    return {other for pair in pairs for other in pair} - {person_id}


def _coaching_with(person_id: int) -> set[int]:
    """By a pair that was published, or a trajectory that is not closed."""
    closed = exists().where(Closure.tenant_id == Trajectory.tenant_id, Closure.trajectory_id == Trajectory.id)
    pairs = select(Match.coachee_id, Match.coach_id).where(
        or_(Match.coachee_id == person_id, Match.coach_id == person_id), Match.ended_at.is_(None)
    )
    trajectories = select(Trajectory.coachee_id, Trajectory.coach_id).where(
        or_(Trajectory.coachee_id == person_id, Trajectory.coach_id == person_id), ~closed
    )
    both = session().execute(union(pairs, trajectories))
    return {other for pair in both for other in pair} - {person_id}

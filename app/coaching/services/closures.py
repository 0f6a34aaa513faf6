"""Close a trajectory, take that back, and ask for another coach."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.models import Closure, Ending, Match, MatchingRound, Outcome, Rematch, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import TIME_TO_RECONSIDER, closure_of, own_trajectory, rematch_of
from app.coaching.services.talks import call_off_talks
from app.coaching.services.trajectories import ongoing_trajectory
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now, today
from app.kernel.errors import Conflict, Forbidden
from app.kernel.permissions import Role
from app.organisation.queries import holders
from tenants.session import session

WITHOUT_BLAME = frozenset({Outcome.COMPLETED_EARLY, Outcome.STOPPED, Outcome.HANDED_OVER})
"""Outcomes after which another coach can be asked for."""


def close_trajectory(actor: Actor, trajectory_id: int, outcome: Outcome) -> None:
    """One of the two closes; the other gets a mail. While the round runs, the coach's place is free again.

    Talks that were still to come are called off.

    Who is handed over to another coach is on the list of those without a coach at once.
    """
    actor.require(TAKE_PART)
    trajectory = ongoing_trajectory(actor, trajectory_id)
    session().add(
        Closure(
            trajectory_id=trajectory_id, outcome=outcome, by_id=actor.person_id, closed_on=today(), at=now()
        )
    )
    # Who presses second waits here for the first, and is then told by the constraint.
    session().flush()
    match = match_of_running_round(trajectory)
    if match is not None and match.ended_at is None:
        match.ended_at, match.ending = now(), Ending.CLOSED
    call_off_talks(actor, trajectory_id)
    enqueue(
        "coaching.tell_closure",
        trajectory_id=trajectory_id,
        person_id=trajectory.other_than(actor.person_id),
    )
    record(actor, "close trajectory", "trajectory", trajectory_id)
    if outcome == Outcome.HANDED_OVER and match is not None:
        _ask_another_coach(actor, trajectory)


def reopen_trajectory(actor: Actor, trajectory_id: int) -> None:
    """Who closed a trajectory opens it again, within a week.

    Raises Forbidden for the other, and Conflict when it is too late or the place is somebody else's by now.
    """
    actor.require(TAKE_PART)
    trajectory = own_trajectory(actor, trajectory_id)
    closure = _closure(trajectory_id)
    if closure.by_id != actor.person_id:
        raise Forbidden("coaching.take_part")
    if now() >= closure.at + TIME_TO_RECONSIDER:
        raise Conflict(_("It was closed more than a week ago. It can't be opened again."))
    if actor.person_id != trajectory.coachee_id and rematch_of(trajectory_id):
        raise Conflict(_("Another coach has been asked for meanwhile. It can't be opened again."))
    match = match_of_running_round(trajectory)
    if match is not None and match.ending == Ending.CLOSED:
        _take_place_again(match)
    session().delete(closure)
    record(actor, "reopen trajectory", "trajectory", trajectory_id)


def create_rematch(actor: Actor, trajectory_id: int) -> None:
    """The IB'er asks for another coach: her request of that round is open again. The coordinator is told, not why."""
    actor.require(TAKE_PART)
    trajectory = own_trajectory(actor, trajectory_id)
    if actor.person_id != trajectory.coachee_id:
        raise Forbidden("coaching.take_part")
    if not can_ask_another(trajectory, _closure(trajectory_id)) or rematch_of(trajectory_id):
        raise Conflict(_("You can't ask for another coach here. Talk to your network coordinator."))
    _ask_another_coach(actor, trajectory)


def destroy_rematch(actor: Actor, trajectory_id: int) -> None:
    """The IB'er needs no other coach after all."""
    actor.require(TAKE_PART)
    trajectory = own_trajectory(actor, trajectory_id)
    if actor.person_id != trajectory.coachee_id:
        raise Forbidden("coaching.take_part")
    asked = rematch_of(trajectory_id)
    if asked is None:
        raise Conflict(_("You have not asked for another coach."))
    session().delete(asked)
    record(actor, "withdraw rematch", "trajectory", trajectory_id)


def can_ask_another(trajectory: Trajectory, closure: Closure) -> bool:
    """Whether the IB'er can ask for another coach: the round runs, and nobody else is her coach in it by now."""
    match = match_of_running_round(trajectory)
    return closure.outcome in WITHOUT_BLAME and match is not None and not _has_coach(match)


def match_of_running_round(trajectory: Trajectory) -> Match | None:
    """The match of a trajectory, while the round lasts in which it has a place of the coach."""
    of_round = (MatchingRound.tenant_id == Match.tenant_id) & (MatchingRound.id == Match.round_id)
    return session().scalar(
        select(Match)
        .join(MatchingRound, of_round)
        .where(Match.id == trajectory.match_id, MatchingRound.ends_on >= today())
    )


def _closure(trajectory_id: int) -> Closure:
    closure = closure_of(trajectory_id)
    if closure is None:
        raise Conflict(_("This coaching is not closed."))
    return closure


def _has_coach(match: Match) -> bool:
    goes_on = select(Match.id).where(Match.request_id == match.request_id, Match.ended_at.is_(None))
    return session().scalar(goes_on) is not None


def _take_place_again(match: Match) -> None:
    taken = set(
        session().scalars(
            select(Match.place).where(
                Match.round_id == match.round_id, Match.coach_id == match.coach_id, Match.ended_at.is_(None)
            )
        )
    )
    free = [place for place in range(1, match.capacity + 1) if place not in taken]
    if not free or _has_coach(match):
        raise Conflict(
            _("The place has gone to somebody else. Ask your network coordinator what is possible.")
        )
    match.place = match.place if match.place in free else free[0]
    match.ended_at = match.ending = None
    session().flush()


def _ask_another_coach(actor: Actor, trajectory: Trajectory) -> None:
    session().add(Rematch(trajectory_id=trajectory.id, at=now()))
    for coordinator in holders(Role.COORDINATOR):
        enqueue("coaching.tell_rematch", trajectory_id=trajectory.id, person_id=coordinator.id)
    record(actor, "ask another coach", "trajectory", trajectory.id)

"""Trajectories and talks for the tests: of the cast, and of every kind."""

from datetime import timedelta

from app.coaching.models import Talk, TalkOutcome, TalkReminder, Trajectory
from app.coaching.services.talks import keep_talk
from app.kernel.clock import now
from tenants.session import session
from tests.world import Cast

PLACE = "De Muur, Edam"


def trajectory_of_cast(cast: Cast) -> Trajectory:
    """Joost coaches Fatima."""
    made = Trajectory(coachee_id=cast["ib"].person_id, coach_id=cast["coach"].person_id)
    session().add(made)
    session().flush()
    return made


def talk_in(trajectory: Trajectory, days: float, place: str = PLACE) -> Talk:
    """A talk so many days from now."""
    at = now() + timedelta(days=days)
    return keep_talk(trajectory, at, at + timedelta(minutes=75), place)


def talks_of_every_kind(trajectory: Trajectory) -> Talk:
    """One that was held, with its reminder, and one of which nobody said so; gives the one that is planned."""
    held, _waiting, planned = (talk_in(trajectory, days) for days in (-20, -3, 9))
    session().add(TalkOutcome(talk_id=held.id, was_held=True, by_id=trajectory.coach_id))
    session().add(TalkReminder(talk_id=held.id, person_id=trajectory.coach_id, revision=0))
    session().flush()
    return planned

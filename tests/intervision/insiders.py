"""People in a session as tests need them: guests, who agreed, who was not there. In the unit of work that is open."""

from app.goals.models import Fixation, Goal, Wording
from app.intervision.models import (
    Booking,
    BookingState,
    CaseContribution,
    Intention,
    IntervisionGroup,
    IntervisionSession,
    Pledge,
    Presence,
)
from app.kernel.clock import now
from tests.coaching.agreements import GOAL
from tests.walls.places import kept


def a_guest(session: IntervisionSession, person_id: int, seat: int = 8) -> None:
    """Somebody from outside the group has a seat."""
    kept(
        Booking(
            session_id=session.id, person_id=person_id, seats=session.seats, seat=seat, is_guest=True,
            state=BookingState.BOOKED,
        )
    )  # fmt: skip


def agreed(group: IntervisionGroup | IntervisionSession, *people: int) -> None:
    """These people agreed to keep things inside."""
    group_id = group.group_id if isinstance(group, IntervisionSession) else group.id
    for person_id in people:
        kept(Pledge(group_id=group_id, person_id=person_id))


def absent(session: IntervisionSession, person_id: int) -> None:
    """Somebody was not there."""
    kept(Presence(session_id=session.id, person_id=person_id, was_there=False, by_id=0))


def a_case(session: IntervisionSession, person_id: int, text: str, *, shared: bool = True) -> int:
    """Somebody brings a case, with this text in each of its parts."""
    texts = dict.fromkeys(("happened", "question", "tried", "wanted"), text)
    shared_at = now() if shared else None
    return kept(CaseContribution(session_id=session.id, person_id=person_id, shared_at=shared_at, **texts))


def an_intention(session: IntervisionSession, person_id: int, text: str, **values: object) -> int:
    """Somebody means to do something."""
    return kept(Intention(session_id=session.id, person_id=person_id, text=text, **values))


def a_goal(session: IntervisionSession, person_id: int, *, fixed: bool = False, **values: object) -> Goal:
    """Somebody made a goal of what she means to do after a session."""
    goal = Goal(owner_id=person_id)
    kept(goal)
    wording_id = kept(Wording(goal_id=goal.id, by_id=person_id, **GOAL))
    an_intention(session, person_id, "Eerst vragen wat de leraar zelf ziet", goal_id=goal.id, **values)
    if fixed:
        kept(Fixation(goal_id=goal.id, wording_id=wording_id, by_id=person_id))
    return goal

"""A trajectory with agreements and goals, for the tests of this room and of the walls."""

from datetime import date

from app.coaching.models import (
    IB_SIDE,
    Agreement,
    AgreementLine,
    AskedMeasurement,
    LineKind,
    Release,
    Trajectory,
    TrajectoryGoal,
)
from app.goals.models import Fixation, Goal, GoalEnd, Measurement, Wording
from tenants.session import session
from tests.world import Cast

GOAL = {
    "text": "Elke week voer ik twee gesprekken met leraren.",
    "minus_two": "Ik praat alleen met een leraar als er iets misgaat.",
    "minus_one": "De gesprekken staan in de agenda, de helft gaat door.",
    "target": "Twee gesprekken per week, op een vast uur.",
    "plus_one": "Leraren plannen de gesprekken zelf.",
    "plus_two": "Leraren stellen elkaar de vraag ook zonder mij.",
}
START = {
    "talks": "6",
    "minutes": "75",
    "place": "Om en om op elkaars school",
    "leader_hears": "Dat we elkaar spreken, en in juni wat blijft.",
    "line_1": "Afzeggen doen we een dag van tevoren.",
}


def add_trajectory(cast: Cast) -> Trajectory:
    """Fatima is coached by Joost."""
    made = Trajectory(coachee_id=cast["ib"].person_id, coach_id=cast["coach"].person_id)
    session().add(made)
    session().flush()
    return made


def add_goal(trajectory: Trajectory, *, fixed: bool = False, **changes: str) -> Goal:
    """A goal of the coachee."""
    goal = Goal(owner_id=trajectory.coachee_id)
    session().add(goal)
    session().flush()
    wording = Wording(goal_id=goal.id, by_id=trajectory.coachee_id, **(GOAL | changes))
    session().add_all([wording, TrajectoryGoal(trajectory_id=trajectory.id, goal_id=goal.id)])
    session().flush()
    if fixed:
        session().add(Fixation(goal_id=goal.id, wording_id=wording.id, by_id=trajectory.coachee_id))
        session().flush()
    return goal


def add_line(trajectory: Trajectory, kind: LineKind, text: str, position: int = 1) -> AgreementLine:
    """A line of the start agreement."""
    line = AgreementLine(trajectory_id=trajectory.id, kind=kind, position=position, text=text)
    session().add(line)
    session().flush()
    return line


def measure(goal: Goal, moment: str, level: int, on: date = date(2026, 11, 2)) -> None:
    """Say where somebody is."""
    made = Measurement(goal_id=goal.id, moment=moment, level=level, measured_on=on, by_id=goal.owner_id)
    session().add(made)
    session().flush()


def fill_agreement(trajectory: Trajectory) -> None:
    """Everything that a trajectory can hold of agreements and goals; the last goal is a draft."""
    add_line(trajectory, LineKind.PLACE, START["place"])
    hears = add_line(trajectory, LineKind.LEADER_HEARS, START["leader_hears"])
    add_line(trajectory, LineKind.FREE, START["line_1"])
    fixed, let_go = add_goal(trajectory, fixed=True), add_goal(trajectory, fixed=True, text="Losgelaten")
    measure(fixed, "start", -2)
    measure(fixed, "check_in", 0)
    session().add_all(
        [
            Agreement(trajectory_id=trajectory.id, side=IB_SIDE),
            GoalEnd(goal_id=let_go.id, by_id=trajectory.coachee_id),
            Release(trajectory_id=trajectory.id, line_id=hears.id),
            Release(trajectory_id=trajectory.id, goal_id=fixed.id),
            Release(trajectory_id=trajectory.id),
            AskedMeasurement(trajectory_id=trajectory.id, moment="after_6_weeks"),
        ]
    )
    session().flush()
    add_goal(trajectory, text="Nog een doel")

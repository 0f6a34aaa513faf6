"""What IB'ers released to the leader of their school. Without a release nobody learns that there is any coaching."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.coaching.models import AgreementLine, Release, Trajectory
from app.coaching.queries.agreements import in_order
from app.coaching.queries.trajectories import own_trajectory
from app.goals.models import Goal
from app.goals.queries import WholeGoal, goals_where
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Person
from app.organisation.queries import people_by_id, workplaces
from app.organisation.queries.roles import holds
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Released:
    """What somebody released of one trajectory, and nothing else of it."""

    coachee: Person
    talks: tuple[int, int] | None
    """How many, and how many minutes each; None when that was not released."""
    lines: Sequence[AgreementLine]
    goals: Sequence[WholeGoal]


def released_to(actor: Actor) -> list[Released]:
    """What the IB'ers of the schools that the actor leads today released, by name."""
    schools = {
        place.school_id
        for place in workplaces({actor.person_id}).get(actor.person_id, [])
        if place.role == Role.LEADER
    }
    of_school = select(Assignment.person_id).where(
        Assignment.role == Role.IB, Assignment.school_id.in_(schools), holds(today())
    )
    trajectories = session().scalars(
        select(Trajectory)
        .where(
            Trajectory.coachee_id.in_(of_school),
            Trajectory.coachee_id != actor.person_id,
            Trajectory.id.in_(select(Release.trajectory_id)),
        )
        .order_by(Trajectory.started_at.desc(), Trajectory.id.desc())
    )
    return sorted(released_of(trajectories.all()), key=lambda one: (one.coachee.sort_name, one.coachee.id))


def trajectory_with_releases(actor: Actor, trajectory_id: int) -> Trajectory:
    """A trajectory whose releases are the actor's own to see. To her coach there is no such page: it is not about her."""
    trajectory = own_trajectory(actor, trajectory_id)
    if actor.person_id != trajectory.coachee_id:
        raise NotFound
    return trajectory


def released_of(trajectories: Sequence[Trajectory]) -> list[Released]:
    """What was released of these trajectories; one without a release is left out."""
    releases: defaultdict[int, list[Release]] = defaultdict(list)
    ids = [trajectory.id for trajectory in trajectories]
    for release in session().scalars(select(Release).where(Release.trajectory_id.in_(ids))):
        releases[release.trajectory_id].append(release)
    every = [release for of_one in releases.values() for release in of_one]
    lines = _lines({release.line_id for release in every if release.line_id is not None})
    goals = {
        goal.id: goal
        for goal in goals_where(Goal.id.in_([release.goal_id for release in every if release.goal_id]))
    }
    people = people_by_id({trajectory.coachee_id for trajectory in trajectories})
    return [
        _released(people[trajectory.coachee_id], trajectory, releases[trajectory.id], lines, goals)
        for trajectory in trajectories
        if trajectory.id in releases
    ]


def _released(
    coachee: Person,
    trajectory: Trajectory,
    releases: Collection[Release],
    lines: dict[int, AgreementLine],
    goals: dict[int, WholeGoal],
) -> Released:
    shows_talks = any(release.line_id is None and release.goal_id is None for release in releases)
    return Released(
        coachee=coachee,
        talks=(trajectory.talks, trajectory.minutes) if shows_talks else None,
        lines=in_order([lines[release.line_id] for release in releases if release.line_id is not None]),
        goals=sorted(
            (goals[release.goal_id] for release in releases if release.goal_id is not None),
            key=lambda goal: goal.id,
        ),
    )


def _lines(ids: Collection[int]) -> dict[int, AgreementLine]:
    rows = session().scalars(select(AgreementLine).where(AgreementLine.id.in_(ids))) if ids else ()
    return {line.id: line for line in rows}

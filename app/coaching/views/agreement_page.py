"""What the page of agreements and goals shows, to each of the two."""

from typing import Any

from flask_babel import gettext as _

from app.coaching.labels import line_label
from app.coaching.models import FREE_LINES, Trajectory
from app.coaching.queries import closure_of, goals_of, releases_in, start_agreement
from app.coaching.queries.agreements import StartAgreement
from app.coaching.services.agreements import FIELDS
from app.coaching.views.trajectory_page import trajectory_page
from app.goals.labels import LEVEL_NAMES, MOMENTS
from app.goals.models import Moment
from app.goals.queries import WholeGoal, scores_of
from app.kernel.clock import today
from app.web.guard import acting


def agreement_page(trajectory: Trajectory) -> dict[str, Any]:
    """The values of the template."""
    agreement, goals = start_agreement(trajectory), goals_of(trajectory)
    closure = closure_of(trajectory.id)
    is_coachee = acting().person_id == trajectory.coachee_id
    closed_on = closure.closed_on if closure else None
    open_moments = {goal.id: goal.open_moment(closed_on, today()) for goal in goals} if is_coachee else {}
    counting = [goal for goal in goals if goal.fixation and not goal.end]
    return {
        **trajectory_page(trajectory),
        "agreement": agreement,
        "lines": [(line_label(line), line.text) for line in agreement.lines],
        "my_side": trajectory.side_of(acting().person_id),
        "is_coachee": is_coachee,
        "goals": goals,
        "open_moments": open_moments,
        # Half-way and at the end the two choose the day themselves: only the start, and what stayed, is waited for.
        "waiting": [
            goal_id
            for goal_id, moment in open_moments.items()
            if moment is Moment.START or (moment and closure)
        ],
        "today": today(),
        "scores": [(MOMENTS[moment], score) for moment, score in scores_of(counting).items()]
        if counting[1:]
        else [],
        "parts": _parts(agreement, goals, trajectory) if is_coachee else [],
        **goal_words(),
    }


def goal_words() -> dict[str, Any]:
    """The words for levels and moments that the macros of goals need."""
    return {"level_names": LEVEL_NAMES, "moment_names": MOMENTS}


def _parts(agreement: StartAgreement, goals: list[WholeGoal], trajectory: Trajectory) -> list[dict[str, Any]]:
    """What the coachee can release, each with whether she did."""
    released = {(release.line_id, release.goal_id) for release in releases_in(trajectory)}
    talks = _("%(talks)s talks of %(minutes)s minutes", talks=trajectory.talks, minutes=trajectory.minutes)
    parts = [(_("Talks"), talks, None, None)]
    parts += [(line_label(line), line.text, line.id, None) for line in agreement.lines]
    parts += [(_("Goal"), goal.text, None, goal.id) for goal in goals if goal.fixation]
    return [
        {
            "title": title,
            "text": text,
            "fields": {
                name: value
                for name, value in (("line_id", line_id), ("goal_id", goal_id))
                if value is not None
            },
            "is_released": (line_id, goal_id) in released,
        }
        for title, text, line_id, goal_id in parts
    ]


def values_of_agreement(agreement: StartAgreement) -> dict[str, Any]:
    """What the form shows: the agreements as they are."""
    kept = {(line.kind, line.position): line.text for line in agreement.lines}
    return {
        "version": agreement.version,
        "talks": agreement.trajectory.talks,
        "minutes": agreement.trajectory.minutes,
        **{name: kept.get(place, "") for name, place in FIELDS.items()},
    }


def shown_lines(values: dict[str, Any]) -> int:
    """How many fields there are for lines of their own: those that are filled in and two more."""
    filled = [number for number in range(1, FREE_LINES + 1) if values.get(f"line_{number}")]
    return min(FREE_LINES, (filled[-1] if filled else 0) + 2)

"""What the screen of a session shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.intervision.advice import suggested
from app.intervision.labels import ROLE_TASKS, ROLES, SPEAKING
from app.intervision.methods import MethodStep, steps_of
from app.intervision.models import Run, SessionRole
from app.intervision.queries import DatedSession, method_with, methods, roles_in, run_inside, standing_in
from app.intervision.schemas import EXTRA_MINUTES
from app.intervision.services.leading import roles_of
from app.intervision.services.running import opens_at, timer_of
from app.intervision.views.leading import circumstances_of
from app.intervision.views.session_page import session_page
from app.kernel.clock import now
from app.organisation.queries import names_by_id
from app.web.guard import acting


@dataclass(frozen=True, slots=True)
class ShownTimer:
    """The time of a step as its ring and its digits show it."""

    seconds_left: int
    seconds: int
    is_paused: bool
    ends_at: datetime | None
    at: datetime

    @property
    def digits(self) -> str:
        """Minutes and seconds; once it is over, by how much."""
        minutes, seconds = divmod(abs(self.seconds_left), 60)
        return f"{'+' if self.seconds_left < 0 else ''}{minutes}:{seconds:02}"

    @property
    def gone(self) -> float:
        """How much of the ring is gone: 0 to 100."""
        return round(100 - 100 * min(max(self.seconds_left / self.seconds, 0), 1), 2)

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return self.seconds_left <= 0

    @property
    def ends_at_ms(self) -> int | None:
        """For the clock of the browser."""
        return int(self.ends_at.timestamp() * 1000) if self.ends_at else None

    @property
    def at_ms(self) -> int:
        """What time it is here, for a browser whose clock is wrong."""
        return int(self.at.timestamp() * 1000)


def run_page(dated: DatedSession) -> dict[str, Any]:
    """The values of `intervision/run.html`: the session with the state of its run, or with how to begin it."""
    run = run_inside(acting(), dated.id)
    values = {**session_page(dated), **run_state(dated.id, run)}
    if run is None:
        every = methods()
        chosen = method_with(dated.session.method) if dated.session.method else None
        first = chosen or suggested(every, circumstances_of(dated)) or every[0]
        values |= {
            "standing": standing_in(acting(), dated.id),
            "chosen": chosen,
            "opens_at": opens_at(dated),
            "options": [(method.code, f"{method.name} ({method.minutes})") for method in every],
            "picked": first.code,
            "roles": _shown_roles(roles_of(dated)),
        }
    return values


def run_state(session_id: int, run: Run | None) -> dict[str, Any]:
    """The values of `intervision/run_state.html`."""
    if run is None:
        return {"session_id": session_id, "run": None}
    steps = steps_of(run.steps)
    step = steps[min(run.step, len(steps) - 1)]
    return {
        "session_id": session_id,
        "run": run,
        "method": method_with(run.method),
        "steps": steps,
        "step": step,
        "speaking": SPEAKING.get(step.speaks or ""),
        "following": steps[run.step + 1] if run.step + 1 < len(steps) else None,
        "timer": _shown_timer(run, step),
        "extra_minutes": EXTRA_MINUTES,
        "roles": _shown_roles(roles_in(session_id)),
    }


def _shown_timer(run: Run, step: MethodStep) -> ShownTimer:
    timer, at = timer_of(run), now()
    left = timer.left(at)
    return ShownTimer(left, max(step.minutes * 60, left, 1), timer.is_paused, timer.ends_at, at)


def _shown_roles(roles: dict[str, int]) -> list[tuple[str, str, str]]:
    """Label, what it asks, and who has it."""
    names = names_by_id(roles.values())
    return [
        (str(ROLES[role]), str(ROLE_TASKS[role]), names[roles[role]].name)
        for role in SessionRole
        if roles.get(role) in names
    ]

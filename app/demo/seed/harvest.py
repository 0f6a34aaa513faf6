"""What was said and taken home in the sessions that were held: methods, roles, cases, intentions, and how safe it felt."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from app.demo.seed.seeding import add_rows
from app.demo.words import demo_words
from app.intervision.models import (
    PULSE_ANSWERS,
    PULSE_STATEMENTS,
    CaseContribution,
    Intention,
    IntentionOutcome,
    LearningPoint,
    Pledge,
    PulseCount,
    PulseGiven,
    RoleTaken,
    Run,
    SessionRole,
)
from app.kernel.clock import now, today

if TYPE_CHECKING:
    from app.demo.seed.sessions import SeasonSeeding, SeededSession

METHOD = "five_steps"
PULSE_FROM = 5
"""With fewer answers nothing of a pulse is shown."""
INTENDED = 0.6


def add_harvest(seeding: SeasonSeeding, sessions: list[SeededSession], chance: Random) -> None:
    """What the sessions that were held left behind, and the case that waits for the next."""
    held = [made for made in sessions if made.is_over and made.there]
    _add_pledges(seeding)
    _add_runs(held)
    _add_cases(seeding, sessions, held, chance)
    _add_intentions(seeding, held, chance)
    _add_learning_points(held, chance)
    _add_pulses(held, chance)


def _add_pledges(seeding: SeasonSeeding) -> None:
    at = now() - timedelta(days=60)
    add_rows(
        Pledge,
        [
            {"group_id": group.id, "person_id": person_id, "at": at}
            for group in seeding.groups
            for person_id in group.people
        ],
    )


def _add_runs(held: list[SeededSession]) -> None:
    steps = list(demo_words().intervision.steps)
    add_rows(
        Run,
        [
            {
                "session_id": made.id,
                "method": METHOD,
                "steps": steps,
                "step": len(steps),
                "revision": len(steps),
                "started_by_id": made.there[0],
                "started_at": _begun(made),
                "ended_at": _begun(made) + timedelta(minutes=sum(step["minutes"] for step in steps)),
            }
            for made in held
        ],
    )
    add_rows(
        RoleTaken,
        [
            {"session_id": made.id, "role": role, "person_id": person_id}
            for made in held
            for role, person_id in zip(SessionRole, _in_turns(made), strict=False)
        ],
    )


def _in_turns(made: SeededSession) -> list[int]:
    """Who was there, beginning with whose turn it is."""
    first = made.number % len(made.there)
    return [*made.there[first:], *made.there[:first]]


def _add_cases(
    seeding: SeasonSeeding, sessions: list[SeededSession], held: list[SeededSession], chance: Random
) -> None:
    """Cases of who contributed; gone where they were kept long enough. Who can be tried prepares one for next time."""
    rows = [_case(made, _in_turns(made)[0], _begun(made), chance) for made in held]
    for row, made in zip(rows, held, strict=True):
        forget_at = _begun(made) + timedelta(days=seeding.season.case_days)
        if forget_at < now():
            row.update(happened=None, question=None, tried=None, wanted=None, forgotten_at=forget_at)
    coming = [made for made in sessions if seeding.shown in made.booked and not made.is_over]
    if coming:
        prepared = _case(coming[0], seeding.shown, now() - timedelta(days=1), chance)
        rows.append({**prepared, "shared_at": None})
    add_rows(CaseContribution, rows)


def _case(made: SeededSession, person_id: int, at: datetime, chance: Random) -> dict[str, Any]:
    return {
        "session_id": made.id,
        "person_id": person_id,
        **chance.choice(demo_words().intervision.cases),
        "written_at": at - timedelta(hours=2),
        "shared_at": at - timedelta(hours=1),
        "forgotten_at": None,
    }


def _add_intentions(seeding: SeasonSeeding, held: list[SeededSession], chance: Random) -> None:
    """Followed up after the sessions before the last; of the last one it is time to look how it went."""
    last = {made.group.id: made.id for made in held}
    rows: list[dict[str, Any]] = []
    for made in held:
        for person_id in made.there:
            is_shown = person_id == seeding.shown
            if not is_shown and chance.random() > INTENDED:
                continue
            is_followed_up = made.id != last[made.group.id]
            outcome = chance.choice(list(IntentionOutcome)) if is_followed_up else None
            check_on = _begun(made).date() + timedelta(days=14)
            rows.append(
                {
                    "session_id": made.id,
                    "person_id": person_id,
                    "text": chance.choice(demo_words().intervision.intentions),
                    "check_on": min(check_on, today()) if is_shown else check_on,
                    "written_at": _begun(made) + timedelta(hours=2),
                    "outcome": outcome,
                    "reflection": chance.choice(demo_words().intervision.reflections) if outcome else None,
                    "followed_up_at": _begun(made) + timedelta(days=15) if outcome else None,
                }
            )
    add_rows(Intention, rows)


def _add_learning_points(held: list[SeededSession], chance: Random) -> None:
    add_rows(
        LearningPoint,
        [
            {
                "session_id": made.id,
                "text": chance.choice(demo_words().intervision.learning_points),
                "check_on": _begun(made).date() + timedelta(days=42),
                "by_id": made.there[-1],
                "written_at": _begun(made) + timedelta(hours=2),
            }
            for made in held
        ],
    )


def _add_pulses(held: list[SeededSession], chance: Random) -> None:
    answered = [made for made in held if len(made.there) >= PULSE_FROM]
    add_rows(
        PulseGiven,
        [{"session_id": made.id, "person_id": person_id} for made in answered for person_id in made.there],
    )
    scale = range(1, PULSE_ANSWERS + 1)
    add_rows(
        PulseCount,
        [
            {"session_id": made.id, "statement": statement, "answer": answer, "number": number}
            for made in answered
            for statement in range(1, PULSE_STATEMENTS + 1)
            for answer, number in sorted(
                Counter(chance.choices(scale, (0, 1, 2, 5, 5), k=len(made.there))).items()
            )
        ],
    )


def _begun(made: SeededSession) -> datetime:
    if made.starts_at is None:
        raise ValueError(made.id)
    return made.starts_at

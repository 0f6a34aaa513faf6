"""How a date is looked for: some groups are being asked when they can."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from app.demo.seed.seeding import SESSION_HOURS, add_rows, inserted
from app.intervision.models import Poll, PollAnswer, PollOption, PollWord
from app.intervision.school_weeks import falls_in_holiday
from app.kernel.clock import AMSTERDAM, now, today

if TYPE_CHECKING:
    from app.demo.seed.sessions import SeasonSeeding, SeededGroup, SeededSession

POLLED = 0.3
ASKED_ABOUT = 3
"""How many moments a poll asks about."""


def add_polls(seeding: SeasonSeeding, sessions: list[SeededSession], chance: Random) -> None:
    """Of the first session without a date some groups are asked; who can be tried has not answered yet."""
    first = {made.group.id: made for made in reversed(sessions) if made.starts_at is None}
    asked = [
        made
        for made in first.values()
        if made.group.trouble is None and (seeding.shown in made.group.people or chance.random() < POLLED)
    ]
    polls = inserted(
        Poll,
        [
            {
                "session_id": made.id,
                "closes_on": today() + timedelta(days=chance.randint(4, 9)),
                "quorum": max(2, len(made.group.people) - 1),
                "by_id": made.group.people[0],
                "asked_at": now() - timedelta(days=2),
            }
            for made in asked
        ],
    )
    options = [
        (made, poll_id, at)
        for made, poll_id in zip(asked, polls, strict=True)
        for at in _options(made.group, seeding.season.region, chance)
    ]
    length = timedelta(minutes=seeding.season.minutes)
    ids = inserted(
        PollOption,
        [{"poll_id": poll_id, "starts_at": at, "ends_at": at + length} for _made, poll_id, at in options],
    )
    answering = {
        made.id: [one for one in made.group.people if one != seeding.shown and chance.random() < 0.6]
        for made in asked
    }
    add_rows(
        PollAnswer,
        [
            {
                "option_id": option_id,
                "person_id": person_id,
                "answer": chance.choice((PollWord.YES, PollWord.YES, PollWord.IF_NEEDED, PollWord.NO)),
            }
            for (made, _poll_id, _at), option_id in zip(options, ids, strict=True)
            for person_id in answering[made.id]
        ],
    )


def _options(group: SeededGroup, region: str, chance: Random) -> list[datetime]:
    """Three moments on half-days of the group, some months ahead, outside school holidays."""
    day = today() + timedelta(days=90 + chance.randint(0, 10))
    moments: list[datetime] = []
    while len(moments) < ASKED_ABOUT:
        halfday = group.halfdays[len(moments) % len(group.halfdays)]
        on = day + timedelta(days=(halfday // 2 - day.weekday()) % 7)
        if not falls_in_holiday(region, on):
            moments.append(datetime.combine(on, SESSION_HOURS[halfday % 2][0], AMSTERDAM))
        day += timedelta(weeks=1)
    return moments

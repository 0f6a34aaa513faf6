"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

from app.intervision.schemas.dates import (
    AnotherSessionSchema,
    LeaderSchema,
    MomentsToPlanSchema,
    MoveSchema,
    PollChoiceSchema,
    SeriesStartSchema,
    poll_answers_schema,
    poll_schema,
    series_schema,
)
from app.intervision.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "AnotherSessionSchema",
    "LeaderSchema",
    "MomentsToPlanSchema",
    "MoveSchema",
    "PollChoiceSchema",
    "SeriesStartSchema",
    "poll_answers_schema",
    "poll_schema",
    "series_schema",
]

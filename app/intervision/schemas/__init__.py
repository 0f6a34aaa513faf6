"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

from app.intervision.schemas.bookings import SHOWN, AttendanceSchema, OpenSessionsSchema
from app.intervision.schemas.dates import (
    AnotherSessionSchema,
    LeaderSchema,
    MomentsToPlanSchema,
    PollChoiceSchema,
    SeriesStartSchema,
    SessionMoveSchema,
    poll_answers_schema,
    poll_schema,
    series_schema,
)
from app.intervision.schemas.regrouping import (
    ChangeFilterSchema,
    JoiningSchema,
    LeavingSchema,
    MergingSchema,
    ReplacingSchema,
    SplittingSchema,
)
from app.intervision.schemas.seasons import (
    AnswerForSchema,
    AnswersFilterSchema,
    EarlierYearSchema,
    GroupNameSchema,
    GroupsFilterSchema,
    MoveSchema,
    OwnAnswerSchema,
    SeasonCopySchema,
    SeasonSchema,
)
from app.intervision.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "SHOWN",
    "AnotherSessionSchema",
    "AnswerForSchema",
    "AnswersFilterSchema",
    "AttendanceSchema",
    "ChangeFilterSchema",
    "EarlierYearSchema",
    "GroupNameSchema",
    "GroupsFilterSchema",
    "JoiningSchema",
    "LeaderSchema",
    "LeavingSchema",
    "MergingSchema",
    "MomentsToPlanSchema",
    "MoveSchema",
    "OpenSessionsSchema",
    "OwnAnswerSchema",
    "PollChoiceSchema",
    "ReplacingSchema",
    "SeasonCopySchema",
    "SeasonSchema",
    "SeriesStartSchema",
    "SessionMoveSchema",
    "SplittingSchema",
    "poll_answers_schema",
    "poll_schema",
    "series_schema",
]

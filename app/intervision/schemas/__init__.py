"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

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
    MoveSchema,
    OwnAnswerSchema,
    SeasonCopySchema,
    SeasonSchema,
)
from app.intervision.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "AnswerForSchema",
    "AnswersFilterSchema",
    "ChangeFilterSchema",
    "EarlierYearSchema",
    "GroupNameSchema",
    "JoiningSchema",
    "LeavingSchema",
    "MergingSchema",
    "MoveSchema",
    "OwnAnswerSchema",
    "ReplacingSchema",
    "SeasonCopySchema",
    "SeasonSchema",
    "SplittingSchema",
]

"""What comes in for rounds, requests, profiles and decisions."""

from app.coaching.schemas.profiles import MAX_ABOUT, ProfileSchema
from app.coaching.schemas.requests import (
    MAX_PREFERENCES,
    MAX_QUESTION,
    THEME_PREFIX,
    OwnRequestSchema,
    RequestForSchema,
    WithdrawalSchema,
)
from app.coaching.schemas.reviews import (
    MAX_TEXT,
    CheckInSchema,
    ClosureSchema,
    EvaluationSchema,
    NoteSchema,
    TrajectoryFilterSchema,
)
from app.coaching.schemas.rounds import (
    PairSchema,
    ProposalFilterSchema,
    RoundSchema,
    SearchSchema,
    SufficiencySchema,
)
from app.coaching.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "MAX_ABOUT",
    "MAX_PREFERENCES",
    "MAX_QUESTION",
    "MAX_TEXT",
    "THEME_PREFIX",
    "CheckInSchema",
    "ClosureSchema",
    "EvaluationSchema",
    "NoteSchema",
    "OwnRequestSchema",
    "PairSchema",
    "ProfileSchema",
    "ProposalFilterSchema",
    "RequestForSchema",
    "RoundSchema",
    "SearchSchema",
    "SufficiencySchema",
    "TrajectoryFilterSchema",
    "WithdrawalSchema",
]

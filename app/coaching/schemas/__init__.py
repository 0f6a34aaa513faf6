"""What comes in for rounds, requests, profiles and decisions."""

from app.coaching.schemas.profiles import MAX_ABOUT, AbsenceSchema, ProfileSchema
from app.coaching.schemas.requests import (
    MAX_PREFERENCES,
    MAX_QUESTION,
    THEME_PREFIX,
    OwnRequestSchema,
    RequestDraftSchema,
    RequestForSchema,
    WithdrawalSchema,
)
from app.coaching.schemas.rounds import (
    CopySchema,
    PairSchema,
    PlanningSchema,
    ProposalFilterSchema,
    ReopeningSchema,
    RoundSchema,
    SearchSchema,
    SufficiencySchema,
    ThemeSchema,
)
from app.coaching.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "MAX_ABOUT",
    "MAX_PREFERENCES",
    "MAX_QUESTION",
    "THEME_PREFIX",
    "AbsenceSchema",
    "CopySchema",
    "OwnRequestSchema",
    "PairSchema",
    "PlanningSchema",
    "ProfileSchema",
    "ProposalFilterSchema",
    "ReopeningSchema",
    "RequestDraftSchema",
    "RequestForSchema",
    "RoundSchema",
    "SearchSchema",
    "SufficiencySchema",
    "ThemeSchema",
    "WithdrawalSchema",
]

"""What comes in for rounds, requests, profiles and decisions."""

from app.coaching.schemas.explanations import ComparisonSchema, WhatIfSchema
from app.coaching.schemas.profiles import MAX_ABOUT, ProfileSchema
from app.coaching.schemas.requests import (
    MAX_PREFERENCES,
    MAX_QUESTION,
    THEME_PREFIX,
    OwnRequestSchema,
    RequestForSchema,
    WithdrawalSchema,
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
    "THEME_PREFIX",
    "ComparisonSchema",
    "OwnRequestSchema",
    "PairSchema",
    "ProfileSchema",
    "ProposalFilterSchema",
    "RequestForSchema",
    "RoundSchema",
    "SearchSchema",
    "SufficiencySchema",
    "WhatIfSchema",
    "WithdrawalSchema",
]

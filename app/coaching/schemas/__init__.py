"""What comes in for rounds, requests, profiles and decisions."""

from app.coaching.schemas.agreements import MAX_LINE, ReleaseSchema, StartAgreementSchema, VersionSchema
from app.coaching.schemas.explanations import ComparisonSchema, WhatIfSchema
from app.coaching.schemas.profiles import MAX_ABOUT, AbsenceSchema, ProfileSchema
from app.coaching.schemas.requests import (
    MAX_PREFERENCES,
    MAX_QUESTION,
    THEME_PREFIX,
    OwnRequestSchema,
    RequestForSchema,
    WithdrawalSchema,
)
from app.coaching.schemas.rounds import (
    AnswerSchema,
    ChangeSchema,
    PairSchema,
    ProgressFilterSchema,
    ProposalFilterSchema,
    RoundSchema,
    SearchSchema,
    SufficiencySchema,
)
from app.coaching.schemas.talks import TalkOutcomeSchema, TalkSchema
from app.coaching.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "MAX_ABOUT",
    "MAX_LINE",
    "MAX_PREFERENCES",
    "MAX_QUESTION",
    "THEME_PREFIX",
    "AbsenceSchema",
    "AnswerSchema",
    "ChangeSchema",
    "ComparisonSchema",
    "OwnRequestSchema",
    "PairSchema",
    "ProfileSchema",
    "ProgressFilterSchema",
    "ProposalFilterSchema",
    "ReleaseSchema",
    "RequestForSchema",
    "RoundSchema",
    "SearchSchema",
    "StartAgreementSchema",
    "SufficiencySchema",
    "TalkOutcomeSchema",
    "TalkSchema",
    "VersionSchema",
    "WhatIfSchema",
    "WithdrawalSchema",
]

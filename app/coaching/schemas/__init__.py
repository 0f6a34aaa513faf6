"""What comes in for rounds, requests, profiles and decisions."""

from app.coaching.schemas.agreements import MAX_LINE, ReleaseSchema, StartAgreementSchema, VersionSchema
from app.coaching.schemas.explanations import USUAL_MINUTES, ComparisonSchema, WhatIfSchema
from app.coaching.schemas.profiles import MAX_ABOUT, AbsenceSchema, DaysAwaySchema, ProfileSchema
from app.coaching.schemas.requests import (
    MAX_PREFERENCES,
    MAX_QUESTION,
    THEME_PREFIX,
    OwnRequestSchema,
    RequestDraftSchema,
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
    AnswerSchema,
    ChangeSchema,
    CopySchema,
    PairSchema,
    PlanningSchema,
    ProgressFilterSchema,
    ProposalFilterSchema,
    ReopeningSchema,
    RoundSchema,
    SearchSchema,
    SufficiencySchema,
    ThemeSchema,
)
from app.coaching.schemas.talks import TalkOutcomeSchema, TalkSchema
from app.coaching.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "MAX_ABOUT",
    "MAX_LINE",
    "MAX_PREFERENCES",
    "MAX_QUESTION",
    "MAX_TEXT",
    "THEME_PREFIX",
    "USUAL_MINUTES",
    "AbsenceSchema",
    "AnswerSchema",
    "ChangeSchema",
    "CheckInSchema",
    "ClosureSchema",
    "ComparisonSchema",
    "CopySchema",
    "DaysAwaySchema",
    "EvaluationSchema",
    "NoteSchema",
    "OwnRequestSchema",
    "PairSchema",
    "PlanningSchema",
    "ProfileSchema",
    "ProgressFilterSchema",
    "ProposalFilterSchema",
    "ReleaseSchema",
    "ReopeningSchema",
    "RequestDraftSchema",
    "RequestForSchema",
    "RoundSchema",
    "SearchSchema",
    "StartAgreementSchema",
    "SufficiencySchema",
    "TalkOutcomeSchema",
    "TalkSchema",
    "ThemeSchema",
    "TrajectoryFilterSchema",
    "VersionSchema",
    "WhatIfSchema",
    "WithdrawalSchema",
]

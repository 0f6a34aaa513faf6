"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

from app.intervision.schemas.confidential import (
    MAX_CASE,
    MAX_HARVEST,
    CaseSchema,
    FollowUpSchema,
    IntentionSchema,
    LearningPointSchema,
    PledgeSchema,
    PulseSchema,
)
from app.intervision.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "MAX_CASE",
    "MAX_HARVEST",
    "CaseSchema",
    "FollowUpSchema",
    "IntentionSchema",
    "LearningPointSchema",
    "PledgeSchema",
    "PulseSchema",
]

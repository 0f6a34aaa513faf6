"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

from app.intervision.schemas.leading import (
    EXTRA_MINUTES,
    MAX_STEPS,
    ChosenMethodSchema,
    MethodSchema,
    MoreTimeSchema,
    PressSchema,
    RolesSchema,
    ShownSchema,
)
from app.intervision.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "EXTRA_MINUTES",
    "MAX_STEPS",
    "ChosenMethodSchema",
    "MethodSchema",
    "MoreTimeSchema",
    "PressSchema",
    "RolesSchema",
    "ShownSchema",
]

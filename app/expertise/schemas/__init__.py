"""What comes in for expertise, and what to say when the database keeps one of this room's rules."""

from app.expertise.schemas.own import (
    AcceptancesSchema,
    ChoicesSchema,
    ConfirmationSchema,
    NewCourseSchema,
    ReachabilitySchema,
    RestorationSchema,
    SearchSchema,
    VisibilitySchema,
    schema_of,
)
from app.expertise.schemas.words import CONFLICTS

__all__ = [
    "CONFLICTS",
    "AcceptancesSchema",
    "ChoicesSchema",
    "ConfirmationSchema",
    "NewCourseSchema",
    "ReachabilitySchema",
    "RestorationSchema",
    "SearchSchema",
    "VisibilitySchema",
    "schema_of",
]

"""What comes in for expertise, and what to say when the database keeps one of this room's rules."""

from app.expertise.schemas.expertise_map import AttentionSchema, MapSchema, NamesSchema, NeedSchema
from app.expertise.schemas.own import (
    AcceptancesSchema,
    ChoicesSchema,
    ConfirmationSchema,
    FoundChoicesSchema,
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
    "AttentionSchema",
    "ChoicesSchema",
    "ConfirmationSchema",
    "FoundChoicesSchema",
    "MapSchema",
    "NamesSchema",
    "NeedSchema",
    "NewCourseSchema",
    "ReachabilitySchema",
    "RestorationSchema",
    "SearchSchema",
    "VisibilitySchema",
    "schema_of",
]

"""What comes in for expertise, and what to say when the database keeps one of this room's rules."""

from app.expertise.schemas.consultations import (
    MAX_QUESTION,
    MAX_THANKS,
    AskingSchema,
    ClosingSchema,
    GivenTimeSchema,
    PassingSchema,
    QuestionSchema,
)
from app.expertise.schemas.expertise_map import AttentionSchema, MapSchema, NamesSchema, NeedSchema
from app.expertise.schemas.finding import DISTANCES, FindSchema
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
    "DISTANCES",
    "MAX_QUESTION",
    "MAX_THANKS",
    "AcceptancesSchema",
    "AskingSchema",
    "AttentionSchema",
    "ChoicesSchema",
    "ClosingSchema",
    "ConfirmationSchema",
    "FindSchema",
    "GivenTimeSchema",
    "MapSchema",
    "NamesSchema",
    "NeedSchema",
    "NewCourseSchema",
    "PassingSchema",
    "QuestionSchema",
    "ReachabilitySchema",
    "RestorationSchema",
    "SearchSchema",
    "VisibilitySchema",
    "schema_of",
]

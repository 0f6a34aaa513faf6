"""What comes in for intervision, and what to say when the database keeps one of this room's rules."""

from app.intervision.schemas.bookings import AttendanceSchema, OpenSessionsSchema, SHOWN
from app.intervision.schemas.confidential import CaseSchema, FollowUpSchema, IntentionSchema, LearningPointSchema, MAX_CASE, MAX_HARVEST, PledgeSchema, PulseSchema
from app.intervision.schemas.dates import AnotherSessionSchema, LeaderSchema, MomentsToPlanSchema, PollChoiceSchema, SeriesStartSchema, SessionMoveSchema, poll_answers_schema, poll_schema, series_schema
from app.intervision.schemas.regrouping import ChangeFilterSchema, JoiningSchema, LeavingSchema, MergingSchema, ReplacingSchema, SplittingSchema
from app.intervision.schemas.seasons import AnswerForSchema, AnswersFilterSchema, EarlierYearSchema, GroupNameSchema, GroupsFilterSchema, MoveSchema, OwnAnswerSchema, SeasonCopySchema, SeasonSchema
from app.intervision.schemas.words import CONFLICTS

__all__ = [
    "AnotherSessionSchema",
    "AnswerForSchema",
    "AnswersFilterSchema",
    "AttendanceSchema",
    "CONFLICTS",
    "CaseSchema",
    "ChangeFilterSchema",
    "EarlierYearSchema",
    "FollowUpSchema",
    "GroupNameSchema",
    "GroupsFilterSchema",
    "IntentionSchema",
    "JoiningSchema",
    "LeaderSchema",
    "LearningPointSchema",
    "LeavingSchema",
    "MAX_CASE",
    "MAX_HARVEST",
    "MergingSchema",
    "MomentsToPlanSchema",
    "MoveSchema",
    "OpenSessionsSchema",
    "OwnAnswerSchema",
    "PledgeSchema",
    "PollChoiceSchema",
    "PulseSchema",
    "ReplacingSchema",
    "SHOWN",
    "SeasonCopySchema",
    "SeasonSchema",
    "SeriesStartSchema",
    "SessionMoveSchema",
    "SplittingSchema",
    "poll_answers_schema",
    "poll_schema",
    "series_schema",
]

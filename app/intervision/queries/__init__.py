"""What can be asked of intervision, by what it is about."""

from app.intervision.queries.answers import (
    answers_in,
    avoided_by,
    latest_coaching_wishes,
    season_to_answer,
    seasons_being_answered,
    silent_in,
)
from app.intervision.queries.groups import group_of, group_with, groups_in, members_of
from app.intervision.queries.seasons import (
    latest_season,
    participation_of,
    published_at,
    season_with,
    seasons,
)
from app.intervision.queries.sessions import (
    DatedSession,
    booking_of,
    seated_in,
    session_by_id,
    session_inside,
    session_with,
    sessions_of_group,
    sessions_where,
)

__all__ = [
    "DatedSession",
    "answers_in",
    "avoided_by",
    "booking_of",
    "group_of",
    "group_with",
    "groups_in",
    "latest_coaching_wishes",
    "latest_season",
    "members_of",
    "participation_of",
    "published_at",
    "season_to_answer",
    "season_with",
    "seasons",
    "seasons_being_answered",
    "seated_in",
    "session_by_id",
    "session_inside",
    "session_with",
    "sessions_of_group",
    "sessions_where",
    "silent_in",
]

"""What can be asked of intervision, by what it is about."""

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
    "booking_of",
    "group_of",
    "group_with",
    "groups_in",
    "latest_season",
    "members_of",
    "participation_of",
    "published_at",
    "season_with",
    "seasons",
    "seated_in",
    "session_by_id",
    "session_inside",
    "session_with",
    "sessions_of_group",
    "sessions_where",
]

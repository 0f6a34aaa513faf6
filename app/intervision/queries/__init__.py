"""What can be asked of intervision, by what it is about."""

from app.intervision.queries.groups import group_of, group_with, groups_in, members_of
from app.intervision.queries.methods import method_with, methods, own_method
from app.intervision.queries.running import methods_used_before, roles_before, roles_in, run_inside
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
    "method_with",
    "methods",
    "methods_used_before",
    "own_method",
    "participation_of",
    "published_at",
    "roles_before",
    "roles_in",
    "run_inside",
    "season_with",
    "seasons",
    "seated_in",
    "session_by_id",
    "session_inside",
    "session_with",
    "sessions_of_group",
    "sessions_where",
]

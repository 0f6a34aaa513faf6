"""What can be asked of intervision, by what it is about."""

from app.intervision.queries.cases import case_kept_until, cases_of_others, own_case
from app.intervision.queries.groups import group_of, group_with, groups_in, members_of
from app.intervision.queries.harvest import (
    day_of,
    intention_before,
    intention_with,
    intentions_to_ask,
    learning_point_of,
    open_intention,
    own_intention,
    suggested_check,
)
from app.intervision.queries.safety import Pulse, has_given_pulse, pledged_in, pulse_of
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
from app.intervision.queries.standing import (
    Standing,
    belonging_to,
    overlooking,
    standing_in,
    taking_part_in,
)

__all__ = [
    "DatedSession",
    "Pulse",
    "Standing",
    "belonging_to",
    "booking_of",
    "case_kept_until",
    "cases_of_others",
    "day_of",
    "group_of",
    "group_with",
    "groups_in",
    "has_given_pulse",
    "intention_before",
    "intention_with",
    "intentions_to_ask",
    "latest_season",
    "learning_point_of",
    "members_of",
    "open_intention",
    "overlooking",
    "own_case",
    "own_intention",
    "participation_of",
    "pledged_in",
    "published_at",
    "pulse_of",
    "season_with",
    "seasons",
    "seated_in",
    "session_by_id",
    "session_inside",
    "session_with",
    "sessions_of_group",
    "sessions_where",
    "standing_in",
    "suggested_check",
    "taking_part_in",
]

"""What can be asked of intervision, by what it is about."""

from app.intervision.queries.answers import (
    answers_in,
    avoided_by,
    latest_coaching_wishes,
    season_to_answer,
    seasons_being_answered,
    silent_in,
    taking_part_in_season,
)
from app.intervision.queries.attendance import (
    given_back_in,
    is_attendance_open,
    presences_in,
    session_of_own_group,
)
from app.intervision.queries.cases import case_kept_until, cases_of_others, own_case
from app.intervision.queries.deadlines import answer_until, give_back_until, was_late
from app.intervision.queries.groups import group_of, group_with, groups_in, members_of
from app.intervision.queries.harvest import (
    day_of,
    intention_before,
    intention_kept_until,
    intention_with,
    intentions_to_ask,
    learning_point_of,
    open_intention,
    own_intention,
    suggested_check,
)
from app.intervision.queries.methods import method_with, methods, own_method
from app.intervision.queries.open_sessions import open_sessions, sessions_ahead
from app.intervision.queries.running import methods_used_before, roles_before, roles_in, run_inside
from app.intervision.queries.safety import Pulse, has_given_pulse, pledged_in, pulse_of, pulses_to_ask
from app.intervision.queries.seasons import (
    known_season,
    latest_season,
    participation_of,
    published_at,
    season_with,
    seasons,
)
from app.intervision.queries.seats import SeatCount, bookings_of, holders_of, line_of, seat_counts
from app.intervision.queries.sessions import (
    DatedSession,
    booking_of,
    seated_in,
    session_by_id,
    session_inside,
    session_with,
    sessions_of_group,
    sessions_of_groups,
    sessions_where,
)
from app.intervision.queries.standing import Standing, belonging_to, overlooking, standing_in, taking_part_in
from app.intervision.queries.strangers import KeptApart, kept_apart_from, people_around
from app.intervision.queries.travel import travel_to

__all__ = [
    "DatedSession",
    "KeptApart",
    "Pulse",
    "SeatCount",
    "Standing",
    "answer_until",
    "answers_in",
    "avoided_by",
    "belonging_to",
    "booking_of",
    "bookings_of",
    "case_kept_until",
    "cases_of_others",
    "day_of",
    "give_back_until",
    "given_back_in",
    "group_of",
    "group_with",
    "groups_in",
    "has_given_pulse",
    "holders_of",
    "intention_before",
    "intention_kept_until",
    "intention_with",
    "intentions_to_ask",
    "is_attendance_open",
    "kept_apart_from",
    "known_season",
    "latest_coaching_wishes",
    "latest_season",
    "learning_point_of",
    "line_of",
    "members_of",
    "method_with",
    "methods",
    "methods_used_before",
    "open_intention",
    "open_sessions",
    "overlooking",
    "own_case",
    "own_intention",
    "own_method",
    "participation_of",
    "people_around",
    "pledged_in",
    "presences_in",
    "published_at",
    "pulse_of",
    "pulses_to_ask",
    "roles_before",
    "roles_in",
    "run_inside",
    "season_to_answer",
    "season_with",
    "seasons",
    "seasons_being_answered",
    "seat_counts",
    "seated_in",
    "session_by_id",
    "session_inside",
    "session_of_own_group",
    "session_with",
    "sessions_ahead",
    "sessions_of_group",
    "sessions_of_groups",
    "sessions_where",
    "silent_in",
    "standing_in",
    "suggested_check",
    "taking_part_in",
    "taking_part_in_season",
    "travel_to",
    "was_late",
]

"""Late translation for schemas, and what to say when the database keeps one of this room's rules."""

from typing import Any

from flask_babel import lazy_gettext

_l: Any = lazy_gettext
"""Late translation: marshmallow takes it for text, and asks for text."""


CONFLICTS = {
    "uq_publication_tenant_id_round_id": _l(
        "This round has been published already, by somebody else just now."
    ),
    "uq_long_work_running": _l("A calculation of this round is running already."),
    "uq_pin_tenant_id_request_id": _l("Somebody else just locked a pair for this IB'er. Look again."),
    "uq_pair_exclusion_tenant_id_request_id_coach_id": _l("Somebody else just ruled this pair out."),
    "uq_matching_round_tenant_id_name": _l("There is a round with this name already."),
    "ex_match_affiliation_strangers": _l(
        "One of the pairs works at the same school or for the same board. Calculate again."
    ),
    "uq_match_not_swapped": _l("Two people would coach each other. Calculate again."),
    "ck_match_capacity": _l("A coach would get more IB'ers than there are places. Calculate again."),
    "uq_coaching_request_tenant_id_round_id_person_id": _l(
        "This request was saved from another window just now."
    ),
    "uq_coach_profile_tenant_id_person_id": _l("This profile was saved from another window just now."),
    "uq_closure_tenant_id_trajectory_id": _l("The other of you just closed this coaching."),
    "uq_evaluation_tenant_id_trajectory_id_side": _l(
        "This evaluation was saved from another window just now."
    ),
    "uq_rematch_tenant_id_trajectory_id": _l("You just asked for another coach, from another window."),
    "uq_match_place": _l(
        "The place has gone to somebody else. Ask your network coordinator what is possible."
    ),
    "uq_match_request": _l("There is another coach by now. Ask your network coordinator what is possible."),
}
"""What to say when the database keeps one of this room's rules."""

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
    "fk_match_coach_offer": _l("The places of a coach were changed just now. Calculate again."),
    "uq_trajectory_tenant_id_match_id": _l("You both said yes: your coaching has begun."),
    "uq_match_answer_tenant_id_match_id_side": _l("You answered in another window just now. Look again."),
    "uq_applied_change_tenant_id_proposal_id": _l("This change has been carried out already."),
    "ck_match_capacity": _l("A coach would get more IB'ers than there are places. Calculate again."),
    "uq_coaching_request_tenant_id_round_id_person_id": _l(
        "This request was saved from another window just now."
    ),
    "uq_talk_outcome_tenant_id_talk_id": _l("The other of you said just now what became of this talk."),
    "uq_agreement_tenant_id_trajectory_id_side": _l("You agreed already."),
    "uq_release_tenant_id_trajectory_id_line_id_goal_id": _l("Your school leader can see this already."),
    "fk_release_agreement_line": _l("This line was changed just now. Look again before you release it."),
    "uq_round_closing_tenant_id_round_id": _l("The requests of this round are closed already."),
    "uq_round_archiving_tenant_id_round_id": _l("This round is in the archive already."),
    "uq_theme_label": _l("There is a theme with this name already."),
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

"""Late translation for schemas, and what to say when the database keeps one of this room's rules."""

from typing import Any

from flask_babel import lazy_gettext

_l: Any = lazy_gettext
"""Late translation: marshmallow takes it for text, and asks for text."""

CONFLICTS = {
    "uq_season_tenant_id_name": _l("There is a season with this name already."),
    "uq_season_publication_tenant_id_season_id": _l(
        "The groups of this season have been made known already, by somebody else just now."
    ),
    "uq_intervision_group_tenant_id_season_id_name": _l("There is a group with this name already."),
    "uq_participation_tenant_id_season_id_person_id": _l(
        "This answer was saved from another window just now."
    ),
    "uq_group_member_season": _l("One of them is in another group of this season already."),
    "uq_group_member_seat": _l("Somebody else just changed this group. Look again."),
    "ex_group_school_strangers": _l("Two people of the same school can't be in one group."),
    "uq_booking_seat": _l("Somebody else just took this seat. Look again."),
    "uq_booking_tenant_id_session_id_person_id": _l("You booked in another window just now. Look again."),
    "ck_booking_capacity": _l("This session has no seats left."),
    "fk_booking_session": _l("The seats of this session were changed just now. Look again."),
    "uq_poll_choice_tenant_id_poll_id": _l("A date was chosen already, by somebody else just now."),
    "uq_poll_tenant_id_session_id": _l("Somebody else made a poll about this session just now."),
    "uq_poll_answer_tenant_id_option_id_person_id": _l("You answered from another window just now."),
    "uq_session_cancellation_tenant_id_session_id": _l("This session was called off already."),
    "uq_intervision_session_tenant_id_group_id_number": _l(
        "Somebody else planned for this group just now. Look again."
    ),
    "uq_run_tenant_id_session_id": _l("Somebody else just began this session. Look again."),
    "uq_role_taken_tenant_id_session_id_role": _l("Somebody else just shared the roles. Look again."),
    "uq_method_name": _l("There is a method with this name already."),
    "uq_case_contribution_tenant_id_session_id_person_id": _l(
        "Your case was saved from another window just now. Look again."
    ),
    "uq_intention_tenant_id_session_id_person_id": _l(
        "Your intention was saved from another window just now. Look again."
    ),
    "uq_learning_point_tenant_id_session_id": _l("Somebody else wrote this just now. Look again."),
    "uq_pulse_given_tenant_id_session_id_person_id": _l("You have answered already. Your answer counts."),
}

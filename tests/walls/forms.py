"""Valid input for each unsafe endpoint whose form is read before its id is looked up."""

from datetime import timedelta
from typing import Any

from app.kernel.clock import today
from tests.coaching.agreements import GOAL, START

RESOURCE = object()
"""In a form: the resource of this name."""

PASSWORDS = {"password": "een nieuwe zin", "again": "een nieuwe zin"}
REQUEST = {"theme-tasks": 2, "halfdays": [0], "travel_limit": 30, "online": "1"}
DAYS = {"starts_on": "2030-09-01", "ends_on": "2031-07-31"}
PROFILE = {**REQUEST, "kinds": ["bo"], "capacity": 2}

METHOD = {"name": "Muurmethode", "name-1": "Vertellen", "minutes-1": 10}
PRESS = {"revision": 0}
ROLE = {"role": "ib", "school_id": RESOURCE, "since": "2027-08-01"}
EVALUATION = {"practice": 4, "noticed": 3, "outside": 5, "worthwhile": 4}
PERSON = {"first_name": "Noor", "last_name": "Bakker", "email": "noor@waterland.example"}

TALK = {"day": str(today() + timedelta(days=14)), "time": "10:00", "minutes": 75, "place": "online"}
SEASON = {
    **DAYS, "name": "Muur", "join_until": "2030-10-01", "region": "noord", "smallest": 2, "target": 6, "largest": 8,
}  # fmt: skip
IN_SEASON = {"takes_part": "1", "halfdays": [0], "themes": ["tasks"]}
SESSION_DATE = {"day": str(today() + timedelta(days=28)), "time": "13:00", "minutes": 120, "place": "online"}
POLL = {
    "day-1": str(today() + timedelta(days=21)), "time-1": "09:00",
    "day-2": str(today() + timedelta(days=22)), "time-2": "13:00",
    "closes_on": str(today() + timedelta(days=7)), "quorum": 2,
}  # fmt: skip
FORMS: dict[str, dict[str, Any]] = {
    "coaching.create_agreement": {"version": "x"},
    "coaching.create_fixation": {"wording_id": 1},
    "coaching.create_goal": GOAL,
    "coaching.create_measurement": {"moment": "start", "level": -1},
    "coaching.create_release": {"line_id": RESOURCE},
    "coaching.destroy_measurement": {"moment": "start"},
    "coaching.destroy_release": {"line_id": RESOURCE},
    "coaching.update_goal": GOAL,
    "coaching.update_start_agreement": {"version": "x", **START},
    "coaching.create_attempt": {"rule": "line", "points": 40},
    "coaching.create_answer": {"answer": "talk_first"},
    "coaching.create_change": {"proposal_id": RESOURCE},
    "coaching.create_closure": {"outcome": "completed"},
    "coaching.create_exclusion": {"coach_id": RESOURCE},
    "coaching.create_note": {"kind": "own", "text": "Een gedachte"},
    "coaching.create_pin": {"coach_id": RESOURCE},
    "coaching.create_talk": TALK,
    "coaching.create_talk_move": TALK,
    "coaching.create_talk_outcome": {"was_held": "1"},
    "coaching.create_absence": {"period": "two_weeks"},
    "coaching.create_round": {"name": "Muur", **DAYS, "copied_from": RESOURCE},
    "coaching.create_theme": {"label": "Meertaligheid"},
    "coaching.destroy_draft": {"round_id": RESOURCE},
    "coaching.destroy_exclusion": {"coach_id": RESOURCE},
    "coaching.destroy_pin": {"coach_id": RESOURCE},
    "coaching.update_draft": {**REQUEST, "round_id": RESOURCE},
    "coaching.update_check_in": {"score": 4},
    "coaching.update_evaluation": EVALUATION,
    "coaching.update_note": {"kind": "own", "text": "Een andere gedachte"},
    "coaching.update_own_profile": {**PROFILE, "wanted": RESOURCE},
    "coaching.destroy_own_request": {"round_id": RESOURCE},
    "coaching.update_own_request": {**REQUEST, "round_id": RESOURCE, "wanted": RESOURCE},
    "coaching.update_planning": DAYS,
    "coaching.update_profile_for": {**PROFILE, "unwanted": RESOURCE},
    "coaching.update_request_for": {**REQUEST, "unwanted": RESOURCE},
    "coaching.update_round_sufficiency": {"points": 40},
    "coaching.update_theme": {"label": "Meertaligheid"},
    "expertise.create_domain": {"name": "Muurdomein"},
    "expertise.update_domain": {"name": "Muurdomein"},
    "expertise.update_domain_place": {"direction": "down"},
    "expertise.create_item": {"name": "Muuronderwerp"},
    "expertise.update_item": {"name": "Muuronderwerp", "domain_id": RESOURCE},
    "expertise.update_item_place": {"direction": "down"},
    "expertise.create_item_merge": {"into_id": RESOURCE},
    "expertise.create_paste": {"lines": "Muur; Metselen", "seen": "1"},
    "expertise.create_proposal": {"item_id": RESOURCE, "kind": "ambition", "person_id": RESOURCE},
    "expertise.create_consultation": {"wie": RESOURCE, "way": "talk", "question": "Hoe begin ik?"},
    "expertise.create_passing": {"person_id": RESOURCE},
    "expertise.create_thanks": {"minutes": 30},
    "expertise.create_need": {"item_id": RESOURCE, "at_least": 2},
    "intervision.create_session_move": SESSION_DATE,
    "intervision.create_poll": POLL,
    "intervision.create_poll_choice": {"option_id": RESOURCE, "place": "online"},
    "intervision.create_session": {"number": 2},
    "intervision.update_leader": {"person_id": RESOURCE},
    "expertise.create_confirmation": {},
    "expertise.create_course": {"item_id": RESOURCE, "course_title": "Muren", "course_state": "done"},
    "expertise.create_restoration": {"removed": "[]"},
    "demo.create_sign_in": {"address": RESOURCE},
    "identity.update_password": {"old": "x", **PASSWORDS},
    "identity.update_password_by_link": PASSWORDS,
    "invitation.create_acceptance": PASSWORDS,
    "intervision.create_joining": {"person_id": RESOURCE, "seen": "x"},
    "intervision.create_leaving": {"seen": "x"},
    "intervision.create_merging": {"other_id": 1, "seen": "x"},
    "intervision.create_move": {"to": "none"},
    "intervision.create_replacing": {"comer_id": 1, "seen": "x"},
    "intervision.create_splitting": {"seen": "x"},
    "intervision.create_season": SEASON,
    "intervision.destroy_earlier_groups": {"school_year": 2024},
    "intervision.update_answer_for": IN_SEASON,
    "intervision.update_group_name": {"name": "De muur"},
    "intervision.update_own_answer": {**IN_SEASON, "season_id": RESOURCE},
    "intervision.update_season": SEASON,
    "intervision.create_fixation": {"wording_id": 1},
    "intervision.create_goal": GOAL,
    "intervision.create_measurement": {"moment": "start", "level": -1},
    "intervision.destroy_measurement": {"moment": "start"},
    "intervision.update_goal": GOAL,
    "intervision.create_pulse": {"statement_1": 4, "statement_2": 3, "statement_3": 5},
    "intervision.update_case": {"happened": "Een gesprek liep vast", "question": "Hoe begin ik opnieuw?"},
    "intervision.update_follow_up": {"outcome": "done"},
    "intervision.update_intention": {"intention": "Eerst vragen"},
    "intervision.update_learning_point": {"learned": "Vragen gaat voor raden"},
    "intervision.create_method": METHOD,
    "intervision.create_next_step": PRESS,
    "intervision.create_previous_step": PRESS,
    "intervision.create_run": {"method": "incident"},
    "intervision.create_run_end": PRESS,
    "intervision.create_run_pause": PRESS,
    "intervision.create_step_time": {**PRESS, "minutes": 2},
    "intervision.destroy_run_pause": PRESS,
    "intervision.update_method": METHOD,
    "intervision.update_session_method": {"method": "incident"},
    "organisation.create_import_application": {"without_wrong": "1"},
    "organisation.create_invitations": {"wie": RESOURCE},
    "organisation.create_move": {"school_id": RESOURCE, "since": "2027-08-01"},
    "organisation.create_person": {**PERSON, **ROLE},
    "organisation.create_register_review": {"digest": "x"},
    "organisation.destroy_register_review": {"digest": "x"},
    "organisation.create_role": ROLE,
    "organisation.create_role_end": {"until": "2027-07-31"},
    "organisation.destroy_move": {"new_id": RESOURCE},
    "organisation.update_confirmation_period": {"months": 18},
    "organisation.update_retention": {"school_years": 2},
    "organisation.update_board": {"name": "Stichting De Muur"},
    "organisation.update_import_columns": {"column-0": "name", "column-3": "school", "column-4": "role"},
    "organisation.update_person": PERSON,
    "organisation.update_school": {"name": "De Muur"},
}
"""Valid input by endpoint."""

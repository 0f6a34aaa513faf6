"""Late translation for schemas, and what to say when the database keeps one of this room's rules."""

from typing import Any

from flask_babel import lazy_gettext

_l: Any = lazy_gettext
"""Late translation: marshmallow takes it for text, and asks for text."""

CONFLICTS = {
    "uq_expertise_record_once": _l("You have this already. Change what is there instead."),
    "uq_expertise_record_course": _l("You have this course already. Change what is there instead."),
    "uq_expertise_item_name": _l("There is an item with this name already."),
    "uq_expertise_domain_name": _l("There is a domain with this name already."),
    "uq_asked_colleague_accepted": _l("Somebody else just took this question. Thank you for being willing."),
    "uq_asked_colleague_tenant_id_consultation_id_person_id": _l("This colleague was asked already."),
    "uq_consultation_end_tenant_id_consultation_id": _l("This question was closed already."),
    "uq_school_need_tenant_id_school_id_item_id": _l("This was saved from another window just now."),
    "uq_reachability_tenant_id_person_id": _l("This was saved from another window just now."),
}

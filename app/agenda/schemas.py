"""What to say when the database keeps one of this room's rules, and a field for the rooms above: half-days.

Nothing else comes in: forms here are buttons.
"""

from typing import Any

from flask_babel import lazy_gettext
from marshmallow import fields
from marshmallow.validate import Range

from app.agenda.halfdays import HALFDAYS_IN_WEEK
from app.agenda.services.appointments import CLASH, ONE_AT_A_TIME
from app.web.forms import needed

_l: Any = lazy_gettext
"""Late translation: marshmallow takes it for text, and asks for text."""

CONFLICTS = {
    ONE_AT_A_TIME: CLASH,
    "uq_calendar_feed_tenant_id_person_id": _l("The link was made from another window just now."),
}


def halfdays_field() -> fields.List:
    """Half-days by their numbers, as the macro `halfday_fields` sends them; none is fine."""
    number = fields.Integer(
        validate=Range(0, HALFDAYS_IN_WEEK - 1, error=_l("Choose half-days.")),
        error_messages=needed(_l("Choose half-days.")),
    )
    return fields.List(number, load_default=list)

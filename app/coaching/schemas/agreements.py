"""What comes in for the start agreement and for what the school leader may see."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length, Range

from app.coaching.models import TALK_MINUTES, TALKS
from app.coaching.schemas.words import _l
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

MAX_LINE = 500


def _line(message: Any = None) -> fields.String:
    few = Length(max=MAX_LINE, error=_l("Use at most 500 characters."))
    if message is None:
        return fields.String(load_default=None, validate=few)
    return fields.String(required=True, validate=few, error_messages=needed(message))


class VersionSchema(UseCase):
    """The agreements that somebody saw."""

    version = fields.String(required=True, error_messages=needed(_l("Open the page again.")))


class StartAgreementSchema(VersionSchema, WithFreeText):
    """What the two agree at the start."""

    talks = fields.Integer(
        required=True,
        validate=Range(*TALKS, error=_l("Choose from 3 to 12 talks.")),
        error_messages=needed(_l("Fill in the number of talks, from 3 to 12.")),
    )
    minutes = fields.Integer(
        required=True,
        validate=Range(*TALK_MINUTES, error=_l("Choose from 30 to 150 minutes.")),
        error_messages=needed(_l("Fill in how many minutes a talk lasts, from 30 to 150.")),
    )
    place = _line(_l("Say where you meet, such as at the school of the coach or online."))
    leader_hears = _line(_l("Say what the school leader hears, if only that it is nothing."))
    line_1 = _line()
    line_2 = _line()
    line_3 = _line()
    line_4 = _line()
    line_5 = _line()


class ReleaseSchema(UseCase):
    """A line or a goal; neither of them means how many talks there are."""

    line_id = fields.Integer(load_default=None, error_messages=needed(_l("Open the page again.")))
    goal_id = fields.Integer(load_default=None, error_messages=needed(_l("Open the page again.")))

    @validates_schema
    def _is_one_part(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["line_id"] is not None and data["goal_id"] is not None:
            raise ValidationError(_("Open the page again."), "goal_id")

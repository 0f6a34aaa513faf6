"""What comes in for goals, and what to say when the database keeps one of this room's rules."""

from typing import Any

from flask_babel import lazy_gettext
from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from app.goals.models import LEVELS, Moment
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

_l: Any = lazy_gettext
"""Late translation: marshmallow takes it for text, and asks for text."""

MAX_TEXT = 300


def _text(message: Any) -> fields.String:
    return fields.String(
        required=True,
        validate=Length(max=MAX_TEXT, error=_l("Use at most 300 characters.")),
        error_messages=needed(message),
    )


class GoalSchema(WithFreeText):
    """A goal with its five levels: all of them, or it says nothing."""

    text = _text(_l("Say what the next step is."))
    minus_two = _text(_l("Say what you would see at this level."))
    minus_one = _text(_l("Say what you would see at this level."))
    target = _text(_l("Say what you would see at this level."))
    plus_one = _text(_l("Say what you would see at this level."))
    plus_two = _text(_l("Say what you would see at this level."))


class FixationSchema(UseCase):
    """The wording that somebody saw when she fixed it."""

    wording_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))


class MomentSchema(UseCase):
    """A moment that was measured."""

    moment = fields.String(
        required=True,
        validate=OneOf([moment.value for moment in Moment], error=_l("Open the page again.")),
        error_messages=needed(_l("Open the page again.")),
    )


class MeasurementSchema(MomentSchema):
    """The level of a goal at a moment."""

    level = fields.Integer(
        required=True,
        validate=Range(LEVELS[0], LEVELS[-1], error=_l("Choose where you are now.")),
        error_messages=needed(_l("Choose where you are now.")),
    )


CONFLICTS = {
    "uq_wording_tenant_id_goal_id": _l("Somebody else changed this goal just now. Look again."),
    "fk_fixation_wording": _l("This goal was changed or fixed just now, by the other of you. Look again."),
    "uq_fixation_tenant_id_goal_id": _l("This goal has been fixed already."),
    "uq_measurement_tenant_id_goal_id_moment": _l("You have said already where you were at this moment."),
    "uq_goal_end_tenant_id_goal_id": _l("This goal was let go of already."),
}
"""What to say when the database keeps one of this room's rules."""

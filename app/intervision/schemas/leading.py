"""What comes in for methods, for preparing a session, and for the buttons while it goes on."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.intervision.models import SESSION_MINUTES, SessionRole
from app.intervision.schemas.words import _l
from app.web.forms import UseCase, needed

MAX_STEPS = 15
MAX_NAME = 60
MAX_WHAT = 400
STEP_MINUTES = (1, 90)
EXTRA_MINUTES = (2, 5)

_OPEN_AGAIN = _l("Open the page again.")


def _text(most: int, message: Any) -> fields.String:
    return fields.String(load_default="", validate=Length(max=most, error=message))


def _step_fields() -> dict[str, Any]:
    """The fields of each row of the form; a row that is left empty is no step."""
    found: dict[str, Any] = {}
    for number in range(1, MAX_STEPS + 1):
        found[f"name-{number}"] = _text(MAX_NAME, _l("Use at most 60 characters."))
        found[f"minutes-{number}"] = fields.Integer(
            load_default=None,
            validate=Range(*STEP_MINUTES, error=_l("Choose from 1 to 90 minutes.")),
            error_messages=needed(_l("Fill in a whole number of minutes.")),
        )
        found[f"what-{number}"] = _text(MAX_WHAT, _l("Use at most 400 characters."))
        found[f"question-{number}"] = _text(MAX_WHAT, _l("Use at most 400 characters."))
    return found


class MethodSchema(UseCase.from_dict(_step_fields())):
    """A method of the network's own: its name, and up to fifteen steps."""

    name = fields.String(
        required=True,
        validate=Length(max=MAX_NAME, error=_l("Use at most 60 characters.")),
        error_messages=needed(_l("Give the method a name.")),
    )

    @validates_schema
    def _has_whole_steps(self, data: dict[str, Any], **_kwargs: Any) -> None:
        errors: dict[str, list[str]] = {}
        for number in range(1, MAX_STEPS + 1):
            if not _is_filled(data, number):
                continue
            if not data[f"name-{number}"]:
                errors[f"name-{number}"] = [_("Say what this step is called.")]
            if data[f"minutes-{number}"] is None:
                errors[f"minutes-{number}"] = [_("Say how many minutes this step lasts.")]
        steps = [number for number in range(1, MAX_STEPS + 1) if _is_filled(data, number)]
        if not steps:
            errors["name-1"] = [_("Write at least one step.")]
        elif not errors and sum(data[f"minutes-{number}"] for number in steps) > SESSION_MINUTES[1]:
            errors["minutes-1"] = [
                _("All steps together last at most %(most)s minutes.", most=SESSION_MINUTES[1])
            ]
        if errors:
            raise ValidationError(errors)

    @post_load
    def _gather_steps(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        steps = [_step(data, number) for number in range(1, MAX_STEPS + 1) if _is_filled(data, number)]
        return {"name": data["name"], "steps": steps}


def _is_filled(data: dict[str, Any], number: int) -> bool:
    texts = (data[f"{name}-{number}"] for name in ("name", "what", "question"))
    return any(texts) or data[f"minutes-{number}"] is not None


def _step(data: dict[str, Any], number: int) -> dict[str, Any]:
    step: dict[str, Any] = {"name": data[f"name-{number}"], "minutes": data[f"minutes-{number}"]}
    if what := data[f"what-{number}"]:
        step["what"] = what
    if question := data[f"question-{number}"]:
        step["questions"] = [question]
    return step


class ChosenMethodSchema(UseCase):
    """The code of a method."""

    method = fields.String(required=True, error_messages=needed(_l("Choose a method.")))


def _somebody() -> fields.Integer:
    return fields.Integer(required=True, error_messages=needed(_l("Choose somebody who has a seat.")))


class RolesSchema(UseCase.from_dict({role.value: _somebody() for role in SessionRole})):
    """Who does what: somebody's id for each role."""


class PressSchema(UseCase):
    """A press on the screen of a session, with what it showed."""

    revision = fields.Integer(required=True, error_messages=needed(_OPEN_AGAIN))


class MoreTimeSchema(PressSchema):
    """How much longer the step lasts."""

    minutes = fields.Integer(
        required=True, validate=OneOf(EXTRA_MINUTES, error=_OPEN_AGAIN), error_messages=needed(_OPEN_AGAIN)
    )


class ShownSchema(UseCase):
    """What a screen shows; nothing was begun yet without it."""

    revision = fields.Integer(load_default=None)

"""What comes in for cases, intentions, learning points and the safety pulse."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from app.intervision.models import PULSE_ANSWERS, IntentionOutcome
from app.intervision.schemas.words import _l
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

MAX_CASE = 4000
MAX_HARVEST = 1000


def _case_text() -> fields.String:
    return fields.String(
        load_default=None, validate=Length(max=MAX_CASE, error=_l("Use at most 4,000 characters."))
    )


def _harvest_text(**options: Any) -> fields.String:
    return fields.String(
        validate=Length(max=MAX_HARVEST, error=_l("Use at most 1,000 characters.")), **options
    )


def _day() -> fields.Date:
    return fields.Date(
        load_default=None, error_messages={"invalid": _l("Fill in a date, such as 23-11-2026.")}
    )


def _answer() -> fields.Integer:
    return fields.Integer(
        required=True,
        validate=Range(1, PULSE_ANSWERS, error=_l("Choose one of the five answers.")),
        error_messages=needed(_l("Choose one of the five answers.")),
    )


class CaseSchema(WithFreeText):
    """A case: any part of it, for it may grow."""

    happened = _case_text()
    question = _case_text()
    tried = _case_text()
    wanted = _case_text()


class IntentionSchema(WithFreeText):
    """What somebody means to do, and when she looks how it went."""

    intention = _harvest_text(required=True, error_messages=needed(_l("Say what you will do.")))
    check_on = _day()


class LearningPointSchema(WithFreeText):
    """What the group learned, when it looks back, and which version was read before."""

    learned = _harvest_text(required=True, error_messages=needed(_l("Write something first.")))
    look_back_on = _day()
    version = fields.String(load_default="")


class FollowUpSchema(WithFreeText):
    """What became of an intention."""

    outcome = fields.String(
        required=True,
        validate=OneOf([one.value for one in IntentionOutcome], error=_l("Choose what became of it.")),
        error_messages=needed(_l("Choose what became of it.")),
    )
    reflection = _harvest_text(load_default=None)


class PledgeSchema(UseCase):
    """From which part of the session somebody agrees, so that she gets back there."""

    part = fields.String(
        load_default="safety", validate=OneOf(["case", "leading", "run", "harvest", "safety"])
    )


class PulseSchema(UseCase):
    """An answer to each of the three statements."""

    statement_1 = _answer()
    statement_2 = _answer()
    statement_3 = _answer()

"""What comes in for rounds and their themes, and for looking at them."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.coaching.models import MAX_THEME_LABEL, Answer
from app.coaching.schemas.words import _l
from app.web.forms import UseCase, needed


def _date(message: Any) -> fields.Date:
    return fields.Date(required=True, error_messages=needed(message))


def _later_date() -> fields.Date:
    return fields.Date(load_default=None, error_messages=needed(_l("Write a date, such as 23-11-2026.")))


class PlanningSchema(UseCase):
    """The days of a round."""

    requests_until = _later_date()
    publish_on = _later_date()
    starts_on = _date(_l("Fill in the first day, such as 23-11-2026."))
    ends_on = _date(_l("Fill in the last day, such as 31-07-2027."))
    reminds = fields.Boolean(load_default=False)

    @validates_schema
    def _days_follow_each_other(self, data: dict[str, Any], **_kwargs: Any) -> None:
        asked, published = data["requests_until"], data["publish_on"]
        if data["ends_on"] <= data["starts_on"]:
            raise ValidationError(_("The last day must come after the first."), "ends_on")
        if asked and published and published < asked:
            raise ValidationError(_("The pairs are known after the last day of the requests."), "publish_on")
        for name in ("requests_until", "publish_on"):
            if data[name] and data[name] > data["ends_on"]:
                raise ValidationError(_("Choose a day before the round ends."), name)


class RoundSchema(PlanningSchema):
    """A new round."""

    name = fields.String(
        required=True,
        validate=Length(max=80, error=_l("Use at most 80 characters.")),
        error_messages=needed(_l("Give the round a name, such as 2026–2027.")),
    )
    repeat_rounds = fields.Integer(
        load_default=2,
        validate=Range(0, 10, error=_l("Choose a number from 0 to 10.")),
        error_messages=needed(_l("Choose a number from 0 to 10.")),
    )
    copied_from = fields.Integer(load_default=None)
    """The round whose settings it takes over."""


class CopySchema(UseCase):
    """The round that a new one takes over."""

    van = fields.Integer(load_default=None)


class ReopeningSchema(UseCase):
    """Until when requests can be sent again."""

    requests_until = _later_date()


class ThemeSchema(UseCase):
    """The name of a theme of the network's own."""

    label = fields.String(
        required=True,
        validate=Length(max=MAX_THEME_LABEL, error=_l("Use at most 60 characters.")),
        error_messages=needed(_l("Give the theme a name.")),
    )


class SufficiencySchema(UseCase):
    """The line of the fairness slider, on the scale of 0 to 100 that people see."""

    points = fields.Integer(
        required=True,
        validate=Range(0, 100, error=_l("Choose a number from 0 to 100.")),
        error_messages=needed(_l("Choose a number from 0 to 100.")),
    )


class PairSchema(UseCase):
    """The coach of a decision about a pair."""

    coach_id = fields.Integer(required=True, error_messages=needed(_l("Choose a coach.")))


class ProposalFilterSchema(UseCase):
    """How the coordinator looks at the pairs of a proposal."""

    q = fields.String(load_default="")
    status = fields.String(load_default="all", validate=OneOf(["all", "locked", "low", "free"]))
    sort = fields.String(load_default="low", validate=OneOf(["low", "high", "name"]))
    after = fields.Integer(load_default=0, validate=Range(min=0))


class SearchSchema(UseCase):
    """A search in a list."""

    q = fields.String(load_default="")
    show = fields.String(load_default="all", validate=OneOf(["all", "missing"]))
    after = fields.Integer(load_default=0, validate=Range(min=0))


class ProgressFilterSchema(UseCase):
    """How the coordinator looks at the pairs of a running round."""

    q = fields.String(load_default="")
    state = fields.String(
        load_default="all",
        validate=OneOf(["all", "attention", "without", "waits", "talks", "runs", "stopped"]),
    )
    after = fields.Integer(load_default=0, validate=Range(min=0))


class ChangeSchema(UseCase):
    """The change that the coordinator looked at."""

    proposal_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))


class AnswerSchema(UseCase):
    """Yes, or first a talk. To say no has a page of its own."""

    answer = fields.String(
        required=True,
        validate=OneOf([Answer.ACCEPTED, Answer.TALK_FIRST], error=_l("Choose one of the answers.")),
        error_messages=needed(_l("Choose one of the answers.")),
    )

"""What comes in for profiles."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.coaching.models import MAX_CAPACITY, MAX_KNOWN_FROM
from app.coaching.schemas.requests import WithThemes
from app.coaching.schemas.words import _l
from app.organisation.models import KINDS
from app.organisation.register import CONCEPTS
from app.web.forms import UseCase, needed

MAX_ABOUT = 600
PERIODS = ("two_weeks", "summer", "own")
"""How long a coach can say that she is not available: see `services.absence`."""


def _choices(allowed: Any, message: Any, **options: Any) -> fields.List:
    return fields.List(fields.String(validate=OneOf(allowed, error=message)), load_default=list, **options)


def _date() -> fields.Date:
    return fields.Date(load_default=None, error_messages=needed(_l("Write a date, such as 23-11-2026.")))


class DaysAwaySchema(UseCase):
    """When a coach takes nobody: a side that is left open has no end."""

    unavailable_from = _date()
    unavailable_until = _date()

    @validates_schema(skip_on_field_errors=False)
    def _comes_back_after_leaving(self, data: dict[str, Any], **_kwargs: Any) -> None:
        start, end = data.get("unavailable_from"), data.get("unavailable_until")
        if start and end and end < start:
            raise ValidationError(_("The last day must come after the first."), "unavailable_until")


class ProfileSchema(WithThemes, DaysAwaySchema):
    """What a coach offers."""

    kinds = _choices(KINDS, _l("Choose from the list."))
    concepts = _choices(tuple(CONCEPTS), _l("Choose from the list."))
    known_from = fields.String(
        load_default=None, validate=Length(max=MAX_KNOWN_FROM, error=_l("Use at most 200 characters."))
    )
    declared_boards = fields.List(
        fields.String(validate=Regexp(r"^[0-9]{1,8}$", error=_l("Choose from the list."))),
        load_default=list,
    )
    other_boards = fields.String(
        load_default="",
        validate=Regexp(
            r"^([0-9]{1,8}([,; ]+|$))*$",
            error=_l("Write the numbers of the boards, with commas between them."),
        ),
    )
    """Numbers of boards that are not in this network."""
    capacity = fields.Integer(
        required=True,
        validate=Range(0, MAX_CAPACITY, error=_l("Choose from 0 to 6.")),
        error_messages=needed(_l("Fill in the number of IB'ers, from 0 to 6.")),
    )
    postcode = fields.String(
        load_default=None,
        validate=Regexp(r"^[1-9]\d{3}$", error=_l("Write four figures, such as 1441.")),
    )
    about = fields.String(
        load_default=None, validate=Length(max=MAX_ABOUT, error=_l("Use at most 600 characters."))
    )

    @validates_schema(skip_on_field_errors=False)
    def _is_whole(self, data: dict[str, Any], **_kwargs: Any) -> None:
        missing: dict[str, list[str]] = {}
        if not data.get("kinds"):
            missing["kinds"] = [_("Choose at least one kind of education.")]
        if not any(data.get("themes", {}).values()):
            missing["themes"] = [_("Choose at least one theme.")]
        if missing:
            raise ValidationError(missing)

    @post_load
    def _gather_boards(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        others = data.pop("other_boards").replace(";", " ").replace(",", " ").split()
        data["declared_boards"] = sorted({*data["declared_boards"], *others})
        return data


class AbsenceSchema(DaysAwaySchema):
    """For how long a coach is not available: a period with a name, or days of her own choice."""

    period = fields.String(
        required=True,
        validate=OneOf(PERIODS, error=_l("Choose from the list.")),
        error_messages=needed(_l("Choose until when.")),
    )

    @validates_schema
    def _has_days(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["period"] == "own" and not (data["unavailable_from"] or data["unavailable_until"]):
            raise ValidationError(_("Fill in at least one of the two days."), "unavailable_until")

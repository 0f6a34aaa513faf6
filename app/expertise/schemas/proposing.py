"""What comes in when a record is proposed to somebody, by hand or by a list."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf

from app.expertise.models import LEVELS, MAX_COURSE, MAX_PROVIDER, CourseState, RecordKind
from app.expertise.schemas.words import _l
from app.web.forms import UseCase, needed

COURSE_FIELDS = ("course_title", "course_provider", "course_state", "starts_on", "ends_on")


def _day() -> fields.Date:
    return fields.Date(load_default=None, error_messages=needed(_l("Write a date, such as 23-11-2026.")))


class ProposalSchema(UseCase):
    """A record for somebody else. What does not belong to its kind is left out."""

    person_id = fields.Integer(required=True, error_messages=needed(_l("Choose somebody of the team.")))
    item_id = fields.Integer(required=True, error_messages=needed(_l("Choose an item.")))
    kind = fields.String(
        required=True,
        validate=OneOf(list(RecordKind), error=_l("Choose what it is.")),
        error_messages=needed(_l("Choose what it is.")),
    )
    level = fields.Integer(
        load_default=None,
        validate=OneOf(LEVELS, error=_l("Choose a level.")),
        error_messages=needed(_l("Choose a level.")),
    )
    course_title = fields.String(
        load_default=None, validate=Length(max=MAX_COURSE, error=_l("Use at most 120 characters."))
    )
    course_provider = fields.String(
        load_default=None, validate=Length(max=MAX_PROVIDER, error=_l("Use at most 80 characters."))
    )
    course_state = fields.String(
        load_default=None, validate=OneOf(list(CourseState), error=_l("Choose how far the course is."))
    )
    starts_on = _day()
    ends_on = _day()

    @validates_schema
    def _is_whole(self, data: dict[str, Any], **_kwargs: Any) -> None:
        kind = data["kind"]
        missing: dict[str, list[str]] = {}
        if kind == RecordKind.EXPERTISE and data["level"] is None:
            missing["level"] = [_("Choose a level.")]
        if kind == RecordKind.COURSE:
            missing |= _missing_of_course(data)
        if missing:
            raise ValidationError(missing)

    @post_load
    def _of_its_kind(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        if data["kind"] != RecordKind.EXPERTISE:
            data["level"] = None
        if data["kind"] != RecordKind.COURSE:
            data |= dict.fromkeys(COURSE_FIELDS)
        return data


class TeamMatrixSchema(UseCase):
    """The domain that the matrix is opened to."""

    domein = fields.Integer(load_default=None)


class ForWhomSchema(UseCase):
    """Whom a proposal is for, as it stands in the address."""

    persoon = fields.Integer(load_default=None)


class ApplicationSchema(UseCase):
    """Whether rows that are not right may be left out."""

    without_wrong = fields.Boolean(load_default=False)


class FileKindSchema(UseCase):
    """Which kind of file is wanted."""

    als = fields.String(load_default="xlsx", validate=OneOf(["xlsx", "csv"]))


def _missing_of_course(data: dict[str, Any]) -> dict[str, list[str]]:
    missing: dict[str, list[str]] = {}
    if not data["course_title"]:
        missing["course_title"] = [_("Write the title of the course.")]
    if not data["course_state"]:
        missing["course_state"] = [_("Choose how far the course is.")]
    starts_on: date | None = data["starts_on"]
    ends_on: date | None = data["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        missing["ends_on"] = [_("The last day must come after the first.")]
    return missing

"""What comes in for one's own records: ticks for many items, one record, reachability, and answers."""

import json
import re
from typing import Any

from flask_babel import gettext as _
from marshmallow import EXCLUDE, ValidationError, fields, pre_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.agenda.schemas import halfdays_field
from app.expertise.models import (
    LEVELS,
    MAX_COURSE,
    MAX_OWN_WORDS,
    MAX_PROVIDER,
    MAX_REACHED,
    CourseState,
    RecordKind,
    Visibility,
    Way,
)
from app.expertise.schemas.words import _l
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

MOST_ITEMS = 120
"""More than a domain holds; what sends more is no form of ours."""
_OF_ITEM = re.compile(r"(level|interest|ambition|was|seen)-(\d{1,9})")
_ANSWER = re.compile(r"answer-(\d{1,9})")
_AGAIN = _l("Open the page again.")


class Line(fields.String):
    """A text on one line: what was typed on several is put together."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        return " ".join(text.split()) or None


def _line(longest: int, **options: Any) -> Line:
    too_long = _l("Use at most %(count)s characters.", count=longest)
    return Line(validate=Length(max=longest, error=too_long), **options)


def _visibility() -> fields.Enum:
    wrong = _l("Choose who may see it.")
    return fields.Enum(
        Visibility,
        by_value=True,
        load_default=Visibility.SCHOOL,
        error_messages={**needed(wrong), "unknown": wrong},
    )


def _gathered(data: dict[str, Any], of_row: re.Pattern[str], into: str) -> dict[str, Any]:
    """The fields that belong to a row put together by its number, and the others as they are."""
    rows: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, value in data.items():
        found = of_row.fullmatch(name)
        if found is None:
            others[name] = value
        elif found.lastindex == 1:
            rows[found[1]] = value
        else:
            rows.setdefault(found[2], {})[found[1]] = value
    return {**others, into: rows}


class ItemTicksSchema(UseCase):
    """What was ticked for one item, and what the form showed."""

    level = fields.Integer(
        load_default=0,
        validate=Range(0, LEVELS[-1], error=_l("Choose a level.")),
        error_messages=needed(_l("Choose a level.")),
    )
    interest = fields.Boolean(load_default=False, error_messages=needed(_AGAIN))
    ambition = fields.Boolean(load_default=False, error_messages=needed(_AGAIN))
    was = fields.String(load_default="000", validate=Regexp(r"[0-4][01][01]\Z", error=_AGAIN))
    seen = fields.String(load_default=None, validate=Length(max=200, error=_AGAIN))


class ChoicesSchema(UseCase):
    """Ticks for many items: `level-<id>`, `interest-<id>`, `ambition-<id>`, with what the form showed of each."""

    choices = fields.Dict(
        keys=fields.Integer(),
        values=fields.Nested(ItemTicksSchema),
        load_default=dict,
        validate=Length(max=MOST_ITEMS, error=_l("This is too much at once. Save one domain at a time.")),
    )
    visibility = _visibility()
    willing = fields.Boolean(load_default=False, error_messages=needed(_AGAIN))

    @pre_load
    def _gather(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return _gathered(data, _OF_ITEM, "choices")


class SearchSchema(UseCase):
    """Words of an item."""

    q = fields.String(load_default="", validate=Length(max=100))


class RecordSchema(WithFreeText):
    """What can be said of a record of any kind."""

    visibility = _visibility()
    own_words = _line(MAX_OWN_WORDS, load_default=None)


class ExpertiseSchema(RecordSchema):
    """What one knows, how well, and whether one may be asked."""

    level = fields.Integer(
        required=True,
        validate=Range(LEVELS[0], LEVELS[-1], error=_l("Choose a level.")),
        error_messages=needed(_l("Choose a level.")),
    )
    willing = fields.Boolean(load_default=False, error_messages=needed(_AGAIN))


class CourseSchema(RecordSchema):
    """A course, by its title."""

    course_title = _line(
        MAX_COURSE, required=True, error_messages=needed(_l("Say what the course is called."))
    )
    course_provider = _line(MAX_PROVIDER, load_default=None)
    course_state = fields.Enum(
        CourseState,
        by_value=True,
        required=True,
        error_messages={**needed(_l("Choose how far you are.")), "unknown": _l("Choose how far you are.")},
    )
    starts_on = fields.Date(
        load_default=None, error_messages=needed(_l("Fill in a date, such as 23-11-2026."))
    )
    ends_on = fields.Date(load_default=None, error_messages=needed(_l("Fill in a date, such as 23-11-2026.")))

    @validates_schema
    def _ends_after_it_starts(self, data: dict[str, Any], **_kwargs: Any) -> None:
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            raise ValidationError(_("The last day must not come before the first."), "ends_on")


class NewCourseSchema(CourseSchema):
    """A course and what it is about."""

    item_id = fields.Integer(required=True, error_messages=needed(_l("Choose what it is about.")))


def schema_of(kind: str) -> RecordSchema:
    """How a record of this kind is changed."""
    return {RecordKind.EXPERTISE: ExpertiseSchema, RecordKind.COURSE: CourseSchema}.get(
        RecordKind(kind), RecordSchema
    )()


class ReachabilitySchema(WithFreeText):
    """When and how somebody can be asked for help."""

    halfdays = halfdays_field()
    ways = fields.List(
        fields.String(validate=OneOf(list(Way), error=_l("Choose from the list."))), load_default=list
    )
    note = _line(MAX_REACHED, load_default=None)


class VisibilitySchema(UseCase):
    """To whom a record that was proposed is opened."""

    visibility = _visibility()


class AcceptancesSchema(VisibilitySchema):
    """Several proposals at once."""

    proposals = fields.List(fields.Integer(error_messages=needed(_AGAIN)), load_default=list)


class ConfirmationSchema(UseCase):
    """Records that still hold (`records`), or an answer for each: `answer-<id>` is `holds` or `gone`."""

    records = fields.List(fields.Integer(error_messages=needed(_AGAIN)), load_default=list)
    answers = fields.Dict(
        keys=fields.Integer(),
        values=fields.String(validate=OneOf(["holds", "gone"], error=_AGAIN)),
        load_default=dict,
    )

    @pre_load
    def _gather(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return _gathered(data, _ANSWER, "answers")


class RemovedRecordSchema(UseCase):
    """A record as it was when it was taken away."""

    class Meta:
        """It was written by ourselves; what it says too much is left out."""

        unknown = EXCLUDE

    item_id = fields.Integer(required=True)
    kind = fields.String(required=True, validate=OneOf(list(RecordKind)))
    level = fields.Integer(load_default=None, validate=Range(LEVELS[0], LEVELS[-1]))
    course_title = _line(MAX_COURSE, load_default=None)
    course_provider = _line(MAX_PROVIDER, load_default=None)
    course_state = fields.String(load_default=None, validate=OneOf(list(CourseState)))
    starts_on = fields.Date(load_default=None)
    ends_on = fields.Date(load_default=None)
    visibility = fields.String(required=True, validate=OneOf(list(Visibility)))
    willing = fields.Boolean(load_default=False)
    own_words = _line(MAX_OWN_WORDS, load_default=None)
    since = fields.Date(required=True)
    confirmed_on = fields.Date(required=True)

    @validates_schema
    def _is_whole(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """What a constraint would refuse is no record that was ours."""
        is_course, is_expertise = (data["kind"] == kind for kind in (RecordKind.COURSE, RecordKind.EXPERTISE))
        of_course = ("course_provider", "starts_on", "ends_on")
        first, last = data["starts_on"], data["ends_on"]
        if (
            is_expertise != (data["level"] is not None)
            or {is_course} != {data["course_title"] is not None, data["course_state"] is not None}
            or (not is_course and any(data[name] is not None for name in of_course))
            or (data["willing"] and not is_expertise)
            or (first and last and last < first)
        ):
            raise ValidationError(_("Open the page again."))


class RestorationSchema(UseCase):
    """What was taken away just now, as the page that undoes it carries it along."""

    removed = fields.List(
        fields.Nested(RemovedRecordSchema),
        required=True,
        error_messages=needed(_AGAIN),
        validate=Length(max=3 * MOST_ITEMS, error=_AGAIN),
    )

    @pre_load
    def _unpack(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        packed: Any = data.get("removed")
        try:
            removed: Any = json.loads(packed[0] if isinstance(packed, list) else packed)
        except (TypeError, ValueError, IndexError, RecursionError):
            removed = None
        is_ours = isinstance(removed, list) and all(isinstance(one, dict) for one in removed)
        return {**data, "removed": removed if is_ours else None}

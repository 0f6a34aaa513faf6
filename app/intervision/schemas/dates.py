"""What comes in for dates: a series, a change, a poll and its answers, and what was chosen."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.agenda.words import on_one_line
from app.coaching.meeting_places import ELSEWHERE
from app.intervision.models import SESSION_MINUTES, PollWord
from app.intervision.poll_rules import SMALLEST_QUORUM
from app.intervision.schemas.words import _l
from app.intervision.series import AFTERNOON, MORNING
from app.intervision.services.moments import moment_at
from app.intervision.services.polls import MOMENTS
from app.kernel.errors import Invalid
from app.web.forms import UseCase, needed

MAX_PLACE = 300
ADDRESS = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+")
MOMENT_TO_PLAN = re.compile(r"(\d{1,18})\.(\d{1,3})\.(\d{4}-\d\d-\d\dT\d\d:\d\d)\.([a-z]+(?:-\d{1,18})?)")
"""A date that is planned for one of many groups: group, number, day with time, place."""


def _accepted() -> fields.List:
    """Days in a school holiday of which somebody said that they may."""
    day = fields.Date(error_messages=needed(_l("Open the page again.")))
    return fields.List(day, load_default=list, validate=Length(max=20, error=_l("Open the page again.")))


def _day(*, required: bool) -> fields.Date:
    words = needed(_l("Choose a day."))
    if required:
        return fields.Date(required=True, error_messages=words)
    return fields.Date(load_default=None, error_messages=words)


def _time(*, required: bool) -> fields.Time:
    words = needed(_l("Fill in a time, such as 10:00."))
    if required:
        return fields.Time(required=True, error_messages=words)
    return fields.Time(load_default=None, error_messages=words)


class PlaceFields(UseCase):
    """Where a session is."""

    place = fields.String(required=True, error_messages=needed(_l("Choose where you meet.")))
    place_text = fields.String(
        load_default="", validate=Length(max=MAX_PLACE, error=_l("Use at most 300 characters."))
    )

    @validates_schema(skip_on_field_errors=False)
    def _says_where(self, data: dict[str, Any], **_kwargs: Any) -> None:
        text = on_one_line(data.get("place_text", ""))
        if data.get("place") == ELSEWHERE and not text:
            raise ValidationError(_("Write down where you meet."), "place_text")
        if ADDRESS.search(text):
            raise ValidationError(
                _("Leave e-mail addresses out: the place also stands in calendars and mails."), "place_text"
            )

    @post_load
    def _tidy_place(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        data["place_text"] = on_one_line(data["place_text"])
        return data


def _is_link(link: str) -> None:
    parts = urlsplit(link)
    if parts.scheme not in {"https", "http"} or not parts.netloc or any(sign.isspace() for sign in link):
        raise ValidationError(_("Paste the whole link, from https:// on."))


class SessionMoveSchema(PlaceFields):
    """When and where a session is from now on."""

    day = _day(required=True)
    time = _time(required=True)
    minutes = fields.Integer(
        required=True,
        validate=Range(*SESSION_MINUTES, error=_l("Choose from 60 to 180 minutes.")),
        error_messages=needed(_l("Fill in how long it lasts, from 60 to 180 minutes.")),
    )
    link = fields.String(
        load_default=None,
        validate=[Length(max=MAX_PLACE, error=_l("Use at most 300 characters.")), _is_link],
    )
    without_absent = fields.Boolean(load_default=False)
    accepted = _accepted()


class LeaderSchema(UseCase):
    """Who leads a session."""

    person_id = fields.Integer(required=True, error_messages=needed(_l("Choose somebody from the list.")))


class SeriesStartSchema(UseCase):
    """At what time sessions begin, in the morning and in the afternoon."""

    morning = fields.Time(load_default=MORNING)
    afternoon = fields.Time(load_default=AFTERNOON)

    @post_load
    def _in_their_half(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """A time in the other half of the day is a slip: what is usual stands then."""
        is_morning, is_afternoon = data["morning"].hour < 12, 12 <= data["afternoon"].hour < 18
        return {
            "morning": data["morning"] if is_morning else MORNING,
            "afternoon": data["afternoon"] if is_afternoon else AFTERNOON,
        }


class MomentsToPlanSchema(UseCase):
    """The dates of several groups at once, as they were shown."""

    moment = fields.List(
        fields.String(validate=lambda text: MOMENT_TO_PLAN.fullmatch(text) is not None),
        load_default=list,
        validate=Length(max=1000, error=_l("Open the page again.")),
    )


class AnotherSessionSchema(UseCase):
    """Which session of the season a poll is about."""

    number = fields.Integer(
        required=True,
        validate=Range(1, 99, error=_l("Open the page again.")),
        error_messages=needed(_l("Open the page again.")),
    )


def series_schema(numbers: Collection[int]) -> Schema:
    """The dates of a group: for each session its day, time and place, or that it gets no date yet."""
    named: dict[str, Any] = {"accepted": _accepted()}
    for number in numbers:
        named |= {
            f"day-{number}": _day(required=False),
            f"time-{number}": _time(required=False),
            f"place-{number}": fields.String(load_default=""),
            f"skip-{number}": fields.Boolean(load_default=False),
        }
    return UseCase.from_dict(named, name="SeriesSchema")()


class PollFields(UseCase):
    """Until when a group can answer, and with how many the session goes on; moments are added to it by their numbers."""

    closes_on = fields.Date(required=True, error_messages=needed(_l("Choose until when people can answer.")))
    quorum = fields.Integer(
        required=True,
        validate=Range(SMALLEST_QUORUM, 99, error=_l("Choose two people or more.")),
        error_messages=needed(_l("Fill in with how many people it goes on.")),
    )
    accepted = _accepted()

    @validates_schema(skip_on_field_errors=False)
    def _asks_about_moments(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Told together with what is wrong with a field by itself."""
        _found, wrong = _moments(data)
        if wrong:
            raise ValidationError(wrong)

    @post_load
    def _read_moments(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {**data, "moments": _moments(data)[0]}


def poll_schema() -> Schema:
    """The moments that a group is asked about, until when, and with how many the session goes on."""
    named: dict[str, Any] = {}
    for number in range(1, MOMENTS[1] + 1):
        named |= {f"day-{number}": _day(required=False), f"time-{number}": _time(required=False)}
    return PollFields.from_dict(named, name="PollSchema")()


def _moments(data: Mapping[str, Any]) -> tuple[dict[str, datetime], dict[str, list[str]]]:
    """The moments that were filled in, by the field of their day; and every mistake at its field."""
    found: dict[str, datetime] = {}
    wrong: dict[str, list[str]] = {}
    numbers = range(1, MOMENTS[1] + 1)
    readable = [number for number in numbers if f"day-{number}" in data and f"time-{number}" in data]
    for number in readable:
        day, at = data[f"day-{number}"], data[f"time-{number}"]
        if day is None and at is None:
            continue
        if day is None or at is None:
            missing = "day" if day is None else "time"
            words = _("Choose a day.") if day is None else _("Fill in a time, such as 10:00.")
            wrong[f"{missing}-{number}"] = [words]
            continue
        try:
            moment = moment_at(day, at, day_field=f"day-{number}", time_field=f"time-{number}")
        except Invalid as mistake:
            wrong |= {field: list(messages) for field, messages in mistake.fields.items()}
            continue
        if moment in found.values():
            wrong[f"day-{number}"] = [_("You ask about this moment already.")]
        found[f"day-{number}"] = moment
    if len(found) < MOMENTS[0] and not wrong and len(readable) == MOMENTS[1]:
        empty = next(number for number in numbers if f"day-{number}" not in found)
        wrong[f"day-{empty}"] = [_("Ask about two moments at least.")]
    return found, wrong


def poll_answers_schema(option_ids: Collection[int]) -> Schema:
    """What somebody says of each moment of a poll."""
    said = [word.value for word in PollWord]
    named: dict[str, Any] = {
        f"answer-{option_id}": fields.String(
            required=True,
            validate=OneOf(said, error=_l("Choose one of the three.")),
            error_messages=needed(_l("Say whether you can.")),
        )
        for option_id in option_ids
    }
    return UseCase.from_dict(named, name="PollAnswersSchema")()


class PollChoiceSchema(PlaceFields):
    """The moment that is chosen, and where."""

    option_id = fields.Integer(required=True, error_messages=needed(_l("Choose a moment.")))
    anyway = fields.Boolean(load_default=False)
    without_absent = fields.Boolean(load_default=False)

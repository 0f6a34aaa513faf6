"""What comes in for seasons, for answers, and for looking at them."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, pre_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.agenda.schemas import halfdays_field
from app.coaching.queries import network_themes, retired_themes
from app.coaching.themes import MAX_THEMES
from app.intervision.models import (
    CANCEL_HOURS,
    CASE_DAYS,
    GROUP_SIZES,
    OPEN_SEATS,
    SESSION_MINUTES,
    SESSIONS,
    Experience,
    Region,
)
from app.intervision.schemas.words import _l
from app.web.forms import UseCase, needed

MAX_AVOIDED = 5


def _number(bounds: tuple[int, int], default: int) -> fields.Integer:
    # The bounds stand in the message when it is shown, so that no number is said twice.
    message = _l("Choose a number from %(least)s to %(most)s.", least=bounds[0], most=bounds[1])
    return fields.Integer(
        load_default=default, validate=Range(*bounds, error=message), error_messages=needed(message)
    )


def _date(message: Any) -> fields.Date:
    return fields.Date(required=True, error_messages=needed(message))


class SeasonSchema(UseCase):
    """A season as it is planned."""

    name = fields.String(
        required=True,
        validate=Length(max=80, error=_l("Use at most 80 characters.")),
        error_messages=needed(_l("Give the season a name, such as Intervision 2026–2027.")),
    )
    starts_on = _date(_l("Fill in the first day, such as 23-11-2026."))
    ends_on = _date(_l("Fill in the last day, such as 31-07-2027."))
    join_until = _date(_l("Fill in until when IB'ers can answer, such as 23-11-2026."))
    region = fields.String(
        required=True,
        validate=OneOf(list(Region), error=_l("Choose a region.")),
        error_messages=needed(_l("Choose a region.")),
    )
    smallest = _number(GROUP_SIZES, 4)
    target = _number(GROUP_SIZES, 6)
    largest = _number(GROUP_SIZES, 8)
    sessions = _number(SESSIONS, 6)
    minutes = _number(SESSION_MINUTES, 120)
    open_seats = _number(OPEN_SEATS, 2)
    cancel_hours = _number(CANCEL_HOURS, 24)
    case_days = _number(CASE_DAYS, 30)

    @validates_schema(skip_on_field_errors=False)
    def _days_and_sizes_follow_each_other(self, data: dict[str, Any], **_kwargs: Any) -> None:
        """Told together with what is wrong with a field by itself; such a field is not compared."""
        orders = (
            ("starts_on", "ends_on", _("The last day must come after the first."), "ends_on"),
            ("join_until", "ends_on", _("Choose a day before the season ends."), "join_until"),
            ("smallest", "target", _("This must not be less than the smallest group."), "target"),
            ("target", "largest", _("This must not be less than the size that you aim for."), "largest"),
        )
        wrong = {
            field: [message]
            for first, then, message, field in orders
            if first in data and then in data and not _follow(first, data[first], data[then])
        }
        if wrong:
            raise ValidationError(wrong)


def _follow(first: str, earlier: Any, later: Any) -> bool:
    """A season lasts longer than a day; everything else may be the same."""
    return earlier < later if first == "starts_on" else earlier <= later


class SeasonCopySchema(UseCase):
    """The season that a new one takes over."""

    van = fields.Integer(load_default=None)


def _are_known(themes: list[str]) -> None:
    if themes and not {**network_themes(), **retired_themes()}.keys() >= set(themes):
        raise ValidationError(_("Choose from the list."))


class AnswerForSchema(UseCase):
    """Whether somebody takes part, when she can, and what she would bring."""

    takes_part = fields.Boolean(required=True, error_messages=needed(_l("Choose yes or no.")))
    halfdays = halfdays_field()
    themes = fields.List(
        fields.String(),
        load_default=list,
        validate=[
            Length(
                max=MAX_THEMES,
                error=_l("Choose at most %(most)s themes: what matters most to you.", most=MAX_THEMES),
            ),
            _are_known,
        ],
    )
    experience = fields.String(
        load_default=None, validate=OneOf(list(Experience), error=_l("Choose from the list."))
    )
    unwanted = fields.List(
        fields.Integer(error_messages=needed(_l("Choose somebody from the list."))),
        load_default=list,
        validate=Length(max=MAX_AVOIDED, error=_l("Choose at most five people.")),
    )

    @pre_load
    def _leave_out_empty(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        chosen = {
            name: [one for one in value if one] for name, value in data.items() if isinstance(value, list)
        }
        return {**data, **chosen}

    @validates_schema(skip_on_field_errors=False)
    def _can_come(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data.get("takes_part") and data.get("halfdays") == []:
            raise ValidationError(
                _("Choose at least one half-day. The more, the better a group fits."), "halfdays"
            )

    @post_load
    def _each_once(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        for name in ("halfdays", "themes", "unwanted"):
            data[name] = list(dict.fromkeys(data[name]))
        return data


class OwnAnswerSchema(AnswerForSchema):
    """An IB'er's own answer, for the season that she saw."""

    season_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))


class AnswersFilterSchema(UseCase):
    """How the coordinator looks at the answers."""

    q = fields.String(load_default="")
    show = fields.String(load_default="all", validate=OneOf(["all", "missing", "yes", "no"]))
    after = fields.Integer(load_default=0, validate=Range(min=0))


class EarlierYearSchema(UseCase):
    """A school year whose imported groups go."""

    school_year = fields.Integer(
        required=True, validate=Range(2000, 2100), error_messages=needed(_l("Open the page again."))
    )


class MoveSchema(UseCase):
    """Where somebody is moved to: a group, a new one, or none."""

    to = fields.String(
        required=True,
        validate=OneOf(["group", "new", "none"]),
        error_messages=needed(_l("Open the page again.")),
    )
    group_id = fields.Integer(load_default=None)

    @validates_schema
    def _names_the_group(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["to"] == "group" and data["group_id"] is None:
            raise ValidationError(_("Choose a group."), "group_id")


class GroupNameSchema(UseCase):
    """What a group is called."""

    name = fields.String(
        required=True,
        validate=Length(max=60, error=_l("Use at most 60 characters.")),
        error_messages=needed(_l("Give the group a name.")),
    )


class GroupsFilterSchema(UseCase):
    """Which groups the coordinator looks at."""

    q = fields.String(load_default="")
    after = fields.Integer(load_default=0, validate=Range(min=0))

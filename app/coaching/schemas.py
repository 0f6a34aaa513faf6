"""What comes in for rounds, requests, profiles and decisions."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from marshmallow import ValidationError, fields, post_load, pre_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.coaching.models import HALFDAYS_IN_WEEK, MAX_CAPACITY, TRAVEL_MINUTES
from app.coaching.themes import MAX_THEMES, THEMES
from app.organisation.models import KINDS
from app.organisation.register import CONCEPTS
from app.web.forms import UseCase, needed

_l: Any = lazy_gettext
"""Late translation: marshmallow takes it for text, and asks for text."""

THEME_PREFIX = "theme-"
MAX_QUESTION = 4000
MAX_ABOUT = 600
MAX_PREFERENCES = 5

CONFLICTS = {
    "uq_publication_tenant_id_round_id": _l(
        "This round has been published already, by somebody else just now."
    ),
    "uq_long_work_running": _l("A calculation of this round is running already."),
    "uq_pin_tenant_id_request_id": _l("Somebody else just locked a pair for this IB'er. Look again."),
    "uq_pair_exclusion_tenant_id_request_id_coach_id": _l("Somebody else just ruled this pair out."),
    "uq_matching_round_tenant_id_name": _l("There is a round with this name already."),
    "ex_match_affiliation_strangers": _l(
        "One of the pairs works at the same school or for the same board. Calculate again."
    ),
    "uq_match_not_swapped": _l("Two people would coach each other. Calculate again."),
    "ck_match_capacity": _l("A coach would get more IB'ers than there are places. Calculate again."),
    "uq_coaching_request_tenant_id_round_id_person_id": _l(
        "This request was saved from another window just now."
    ),
    "uq_coach_profile_tenant_id_person_id": _l("This profile was saved from another window just now."),
}
"""What to say when the database keeps one of this room's rules."""


def _date(message: Any) -> fields.Date:
    return fields.Date(required=True, error_messages=needed(message))


def _choices(allowed: Any, message: Any, **options: Any) -> fields.List:
    return fields.List(fields.String(validate=OneOf(allowed, error=message)), load_default=list, **options)


def _people() -> fields.List:
    person = fields.Integer(error_messages=needed(_l("Choose somebody from the list.")))
    few = Length(max=MAX_PREFERENCES, error=_l("Choose at most five people."))
    return fields.List(person, load_default=list, validate=few)


class RoundSchema(UseCase):
    """A new round."""

    name = fields.String(
        required=True,
        validate=Length(max=80, error=_l("Use at most 80 characters.")),
        error_messages=needed(_l("Give the round a name, such as 2026–2027.")),
    )
    starts_on = _date(_l("Fill in the first day, such as 23-11-2026."))
    ends_on = _date(_l("Fill in the last day, such as 31-07-2027."))
    repeat_rounds = fields.Integer(
        load_default=2,
        validate=Range(0, 10, error=_l("Choose a number from 0 to 10.")),
        error_messages=needed(_l("Choose a number from 0 to 10.")),
    )

    @validates_schema
    def _ends_after_start(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["ends_on"] <= data["starts_on"]:
            raise ValidationError(_("The last day must come after the first."), "ends_on")


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


class WithdrawalSchema(UseCase):
    """The round from which a request is withdrawn."""

    round_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))


class _WithThemes(UseCase):
    """Themes come as one field each, `theme-<code>`, from 0 (not) to 3 (most)."""

    themes = fields.Dict(
        keys=fields.String(validate=OneOf(THEMES, error=_l("Choose from the list."))),
        values=fields.Integer(
            validate=Range(0, 3, error=_l("Choose from 0 to 3.")),
            error_messages=needed(_l("Choose from 0 to 3.")),
        ),
        load_default=dict,
    )
    halfdays = fields.List(
        fields.Integer(
            validate=Range(0, HALFDAYS_IN_WEEK - 1, error=_l("Choose half-days.")),
            error_messages=needed(_l("Choose half-days.")),
        ),
        load_default=list,
    )
    travel_limit = fields.Integer(
        required=True,
        validate=Range(*TRAVEL_MINUTES, error=_l("Choose from 5 to 120 minutes.")),
        error_messages=needed(_l("Fill in how many minutes of travel at most, from 5 to 120.")),
    )
    online = fields.Boolean(load_default=False)
    wanted = _people()
    unwanted = _people()

    @pre_load
    def _gather_themes(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        gathered = {name: value for name, value in data.items() if not name.startswith(THEME_PREFIX)}
        themes = {
            name[len(THEME_PREFIX) :]: value for name, value in data.items() if name.startswith(THEME_PREFIX)
        }
        chosen = {
            name: [one for one in value if one] for name, value in gathered.items() if isinstance(value, list)
        }
        return {**gathered, **chosen, "themes": themes}

    @validates_schema(skip_on_field_errors=False)
    def _not_both(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if set(data.get("wanted", ())) & set(data.get("unwanted", ())):
            raise ValidationError(_("You chose the same person in both lists."), "unwanted")

    @post_load
    def _leave_out_none(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        data["themes"] = {theme: weight for theme, weight in data["themes"].items() if weight}
        return data


class RequestForSchema(_WithThemes):
    """A request as the coordinator enters it for an IB'er: without the question in her own words."""

    @validates_schema(skip_on_field_errors=False)
    def _has_themes(self, data: dict[str, Any], **_kwargs: Any) -> None:
        chosen = sum(1 for weight in data.get("themes", {}).values() if weight)
        if not chosen:
            raise ValidationError(_("Choose at least one theme."), "themes")
        if chosen > MAX_THEMES:
            raise ValidationError(
                _("Choose at most %(most)s themes: what matters most to you.", most=MAX_THEMES), "themes"
            )


class OwnRequestSchema(RequestForSchema):
    """A request as the IB'er sends it, for the round that she saw."""

    round_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))
    question = fields.String(
        load_default=None, validate=Length(max=MAX_QUESTION, error=_l("Use at most 4,000 characters."))
    )
    not_about_pupil = fields.Boolean(load_default=False)


class ProfileSchema(_WithThemes):
    """What a coach offers."""

    kinds = _choices(KINDS, _l("Choose from the list."))
    concepts = _choices(tuple(CONCEPTS), _l("Choose from the list."))
    declared_boards = fields.List(
        fields.String(validate=Regexp(r"^[0-9]{1,8}$", error=_l("Choose from the list."))), load_default=list
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
    unavailable_from = fields.Date(
        load_default=None, error_messages=needed(_l("Write a date, such as 23-11-2026."))
    )
    unavailable_until = fields.Date(
        load_default=None, error_messages=needed(_l("Write a date, such as 23-11-2026."))
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

    @validates_schema(skip_on_field_errors=False)
    def _comes_back_after_leaving(self, data: dict[str, Any], **_kwargs: Any) -> None:
        start, end = data.get("unavailable_from"), data.get("unavailable_until")
        if start and end and end < start:
            raise ValidationError(_("The last day must come after the first."), "unavailable_until")

    @post_load
    def _gather_boards(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        others = data.pop("other_boards").replace(";", " ").replace(",", " ").split()
        data["declared_boards"] = sorted({*data["declared_boards"], *others})
        return data


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

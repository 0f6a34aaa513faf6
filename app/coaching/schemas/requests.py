"""What comes in for requests."""

from typing import Any

from flask_babel import gettext as _
from marshmallow import ValidationError, fields, post_load, pre_load, validates_schema
from marshmallow.validate import Length, Range

from app.agenda.schemas import halfdays_field
from app.coaching.models import TRAVEL_MINUTES
from app.coaching.queries import network_themes, retired_themes
from app.coaching.schemas.words import _l
from app.coaching.themes import MAX_THEMES
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

THEME_PREFIX = "theme-"
MAX_QUESTION = 4000
MAX_PREFERENCES = 5


def _people() -> fields.List:
    person = fields.Integer(error_messages=needed(_l("Choose somebody from the list.")))
    few = Length(max=MAX_PREFERENCES, error=_l("Choose at most five people."))
    return fields.List(person, load_default=list, validate=few)


def _question() -> fields.String:
    few = Length(max=MAX_QUESTION, error=_l("Use at most 4,000 characters."))
    return fields.String(load_default=None, validate=few)


def _are_known(themes: dict[str, int]) -> None:
    """One look at the themes of the network, however many come in; what was retired is judged with what was kept."""
    if themes and not {**network_themes(), **retired_themes()}.keys() >= themes.keys():
        raise ValidationError(_("Choose from the list."))


class WithdrawalSchema(UseCase):
    """The round of a request that is withdrawn, or of a draft that is thrown away."""

    round_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))


class ThemeFields(UseCase):
    """Themes come as one field each, `theme-<code>`, from 0 (not) to 3 (most)."""

    themes = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(
            validate=Range(0, 3, error=_l("Choose from 0 to 3.")),
            error_messages=needed(_l("Choose from 0 to 3.")),
        ),
        load_default=dict,
        validate=_are_known,
    )

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

    @post_load
    def _leave_out_none(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        data["themes"] = {theme: weight for theme, weight in data["themes"].items() if weight}
        return data


class RequestDraftSchema(ThemeFields, WithFreeText):
    """What an IB'er has filled in so far: nothing is needed yet, and what is odd is kept as it was typed."""

    round_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))
    halfdays = halfdays_field()
    travel_limit = fields.String(load_default="", validate=Length(max=10))
    online = fields.Boolean(load_default=False)
    wanted = _people()
    unwanted = _people()
    question = _question()


class WithThemes(ThemeFields):
    """What requests and profiles share."""

    halfdays = halfdays_field()
    travel_limit = fields.Integer(
        required=True,
        validate=Range(*TRAVEL_MINUTES, error=_l("Choose from 5 to 120 minutes.")),
        error_messages=needed(_l("Fill in how many minutes of travel at most, from 5 to 120.")),
    )
    online = fields.Boolean(load_default=False)
    wanted = _people()
    unwanted = _people()

    @validates_schema(skip_on_field_errors=False)
    def _not_both(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if set(data.get("wanted", ())) & set(data.get("unwanted", ())):
            raise ValidationError(_("You chose the same person in both lists."), "unwanted")


class RequestForSchema(WithThemes):
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


class OwnRequestSchema(RequestForSchema, WithFreeText):
    """A request as the IB'er sends it, for the round that she saw."""

    round_id = fields.Integer(required=True, error_messages=needed(_l("Open the page again.")))
    question = _question()

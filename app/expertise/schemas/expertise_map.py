"""What the map can be asked, and what a leader says of the needs of her school."""

from datetime import date
from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, OneOf, Range

from app.expertise.models import NEEDED
from app.expertise.queries.map_schools import MapFilter
from app.expertise.schemas.words import _l
from app.organisation.models import KINDS
from app.organisation.register import CONCEPTS
from app.web.forms import UseCase, needed

ATTENTION = ("behoeften", "vertrek", "een", "gaten", "maak", "niemand")
"""Lists of what asks for attention, as the address names them."""

_WRONG_NUMBER = _l("Fill in a number from %(least)s to %(most)s.", least=NEEDED[0], most=NEEDED[1])
_CHOOSE_ITEM = _l("Choose what you want in your team.")
_SCHOOL_YEARS = Range(2000, 2100)


class NamesSchema(UseCase):
    """What narrows a list of names behind a number; gives the ids and the day."""

    domein = fields.Integer(load_default=None)
    onderwerp = fields.Integer(load_default=None)
    sinds = fields.Integer(load_default=None, validate=_SCHOOL_YEARS)
    """Only what was so already when this school year began."""

    @post_load
    def _parts(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        year = data["sinds"]
        return {**data, "since": None if year is None else date(year, 8, 1)}


class MapSchema(NamesSchema):
    """What narrows the map; gives the filter of schools too."""

    q = fields.String(load_default=None, validate=Length(max=100))
    bestuur = fields.Integer(load_default=None)
    soort = fields.String(load_default=None, validate=OneOf(KINDS))
    concept = fields.String(load_default=None, validate=OneOf(CONCEPTS))
    after = fields.Integer(load_default=0, validate=Range(0, 100_000))

    @post_load
    def _filter(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {**data, "narrowed": MapFilter(data["q"], data["bestuur"], data["soort"], data["concept"])}


class AttentionSchema(UseCase):
    """Which list of what asks for attention."""

    lijst = fields.String(load_default=None, validate=OneOf(ATTENTION))
    after = fields.Integer(load_default=0, validate=Range(0, 100_000))


class NeedSchema(UseCase):
    """How many people a school wants for an item."""

    item_id = fields.Integer(required=True, error_messages=needed(_CHOOSE_ITEM))
    at_least = fields.Integer(
        required=True,
        validate=Range(*NEEDED, error=_WRONG_NUMBER),
        error_messages=needed(_WRONG_NUMBER),
    )

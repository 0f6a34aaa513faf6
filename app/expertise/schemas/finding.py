"""What comes in for looking somebody up: from the address, where what is not valid is left out."""

from typing import Any

from marshmallow import fields, post_load
from marshmallow.validate import Length, OneOf, Range

from app.agenda.halfdays import HALFDAYS_IN_WEEK
from app.expertise.models import LEVELS, RecordKind
from app.expertise.queries import Sought
from app.organisation.models import KINDS
from app.web.forms import UseCase

MAX_WORDS = 100
DISTANCES = (5, 10, 20, 40)
"""Kilometres to choose from."""


class FindSchema(UseCase):
    """Words, and what narrows them."""

    q = fields.String(load_default=None, validate=Length(max=MAX_WORDS))
    afstand = fields.Integer(load_default=None, validate=OneOf(DISTANCES))
    soort = fields.String(load_default=None, validate=OneOf(KINDS))
    niveau = fields.Integer(load_default=None, validate=OneOf(LEVELS))
    halfdag = fields.Integer(load_default=None, validate=Range(0, HALFDAYS_IN_WEEK - 1))
    vorm = fields.Enum(RecordKind, by_value=True, load_default=None)
    vraag = fields.Integer(load_default=None, validate=Range(1, 2**63 - 1))
    after = fields.Integer(load_default=0, validate=Range(0, 1_000_000))

    @post_load
    def _sought(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        sought = Sought(
            words=data["q"],
            within_km=data["afstand"],
            school_kind=data["soort"],
            level=data["niveau"],
            halfday=data["halfdag"],
            kind=data["vorm"],
        )
        return {"sought": sought, "start": data["after"], "again_id": data["vraag"]}

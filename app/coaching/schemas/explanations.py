"""What comes in for asking further about a proposal: what if, and which two to compare."""

from marshmallow import fields
from marshmallow.validate import OneOf, Range

from app.coaching.models import TRAVEL_MINUTES
from app.coaching.schemas.words import _l
from app.coaching.what_if import Loosened
from app.web.forms import UseCase

USUAL_MINUTES = 45


class WhatIfSchema(UseCase):
    """A rule to try with more room, with the number that it becomes and whom it is about."""

    rule = fields.String(required=True, validate=OneOf([*Loosened]))
    minutes = fields.Integer(
        load_default=USUAL_MINUTES,
        validate=Range(*TRAVEL_MINUTES, error=_l("Choose from 5 to 120 minutes.")),
    )
    rounds = fields.Integer(load_default=0, validate=Range(0, 10, error=_l("Choose a number from 0 to 10.")))
    points = fields.Integer(
        load_default=0, validate=Range(0, 100, error=_l("Choose a number from 0 to 100."))
    )
    request_id = fields.Integer(load_default=0)
    coach_id = fields.Integer(load_default=0)


class ComparisonSchema(UseCase):
    """The two proposals to compare; without any, the latest two."""

    a = fields.Integer(load_default=0)
    b = fields.Integer(load_default=0)

"""What comes in when the coordinator changes a group that is known."""

from marshmallow import fields

from app.intervision.schemas.words import _l
from app.web.forms import UseCase, needed

AGAIN = needed(_l("Open the page again."))


class ChangeFilterSchema(UseCase):
    """Who and what the page is about, as it stands in the address."""

    persoon = fields.Integer(load_default=None)
    met = fields.Integer(load_default=None)


class _SeenSchema(UseCase):
    """The plan that the coordinator saw, by its digest."""

    seen = fields.String(required=True, error_messages=AGAIN)


class LeavingSchema(_SeenSchema):
    """Somebody leaves; with or without the smallest change that keeps groups large enough."""

    mended = fields.Boolean(load_default=False)


class JoiningSchema(_SeenSchema):
    """Somebody comes."""

    person_id = fields.Integer(required=True, error_messages=AGAIN)


class ReplacingSchema(_SeenSchema):
    """Somebody comes in the place of somebody else."""

    comer_id = fields.Integer(required=True, error_messages=AGAIN)


class MergingSchema(_SeenSchema):
    """A group goes up in another."""

    other_id = fields.Integer(required=True, error_messages=AGAIN)


class SplittingSchema(_SeenSchema):
    """A group becomes two."""

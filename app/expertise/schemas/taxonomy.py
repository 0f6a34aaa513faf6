"""What comes in for the taxonomy."""

from marshmallow import fields
from marshmallow.validate import Length, OneOf

from app.expertise.models import MAX_DOMAIN_NAME, MAX_ITEM_NAME
from app.expertise.schemas.words import _l
from app.web.forms import UseCase, needed

AGAIN = needed(_l("Open the page again."))
MAX_PASTED = 40_000
"""Far more letters than the lines that can be added at once; what is longer is no list of names."""


class DomainSchema(UseCase):
    """The name of a domain."""

    name = fields.String(
        required=True,
        validate=Length(max=MAX_DOMAIN_NAME, error=_l("Use at most 60 characters.")),
        error_messages=needed(_l("Give the domain a name.")),
    )


class NewItemSchema(UseCase):
    """The name of an item."""

    name = fields.String(
        required=True,
        validate=Length(max=MAX_ITEM_NAME, error=_l("Use at most 80 characters.")),
        error_messages=needed(_l("Give the item a name.")),
    )


class ItemSchema(NewItemSchema):
    """The name of an item, and its domain."""

    domain_id = fields.Integer(required=True, error_messages=needed(_l("Choose a domain.")))


class PlaceSchema(UseCase):
    """A step in the order."""

    direction = fields.String(required=True, validate=OneOf(["up", "down"]), error_messages=AGAIN)


class MergeChoiceSchema(UseCase):
    """The item that would take over, as it stands in the address."""

    met = fields.Integer(load_default=None)


class MergeSchema(UseCase):
    """The item that takes over."""

    into_id = fields.Integer(required=True, error_messages=needed(_l("Choose an item.")))


class PasteSchema(UseCase):
    """Lines of items, the domain of those that name none, and whether their preview was seen."""

    lines = fields.String(
        required=True,
        validate=Length(max=MAX_PASTED, error=_l("This is too long for a list of items.")),
        error_messages=needed(_l("Paste at least one line.")),
    )
    domain_id = fields.Integer(load_default=None, error_messages=needed(_l("Choose a domain.")))
    seen = fields.Boolean(load_default=False)

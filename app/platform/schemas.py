"""What an operator sends."""

from flask_babel import lazy_gettext as _l
from marshmallow import fields
from marshmallow.validate import Length, Range

from app.web.forms import UseCase, needed


class EditionSchema(UseCase):
    """A file of DUO; the file itself is read apart."""

    dated_on = fields.Date(
        required=True, error_messages=needed(_l("Fill in the day of the file, such as 04-08-2026."))
    )


class UseSchema(UseCase):
    """What the operator says that she has seen before an edition is taken into use."""

    older = fields.Boolean(load_default=False)
    closing = fields.Integer(load_default=None)


class ChangesSchema(UseCase):
    """Of which network changes are shown, and from where."""

    netwerk = fields.String(load_default=None, validate=Length(max=6))
    after = fields.Integer(load_default=0, validate=Range(min=0, max=100_000))

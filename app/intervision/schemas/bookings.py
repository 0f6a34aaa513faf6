"""What comes in for seats and attendance."""

from marshmallow import fields
from marshmallow.validate import Length, Range

from app.intervision.models import SEATS
from app.intervision.schemas.words import _l
from app.web.forms import UseCase

SHOWN = (20, 400)
"""How many open sessions a page shows, and can show."""


class OpenSessionsSchema(UseCase):
    """How much of the list of open sessions is shown."""

    aantal = fields.Integer(load_default=SHOWN[0], validate=Range(*SHOWN))


class AttendanceSchema(UseCase):
    """Who was there: everybody, or these people."""

    everybody = fields.Boolean(load_default=False)
    present = fields.List(
        fields.Integer(error_messages={"invalid": _l("Choose from the list.")}),
        load_default=list,
        validate=Length(max=SEATS[1], error=_l("Choose from the list.")),
    )

"""How somebody looks at the picture of the region."""

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Regexp

from app.web.forms import UseCase

ITEM, DOMAIN = "onderwerp", "domein"
NEARBY = "mijn-school"


class RegionSchema(UseCase):
    """What the dots tell, which part of the region is shown, and the order of the table."""

    keuze = fields.String(load_default=None, validate=Regexp(rf"(?:{ITEM}|{DOMAIN})-[0-9]{{1,18}}\Z"))
    gebied = fields.String(load_default=None, validate=Length(max=80))
    volgorde = fields.String(load_default=None, validate=OneOf(["afstand", "aantal", "naam"]))

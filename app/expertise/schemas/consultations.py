"""What comes in for questions to colleagues."""

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from app.expertise.models import GIVEN_MINUTES, Way
from app.expertise.schemas.words import _l
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

MAX_QUESTION, MAX_THANKS = 2000, 1000
BIGGEST_ID = 2**63 - 1


def _id(**options: object) -> fields.Integer:
    return fields.Integer(validate=Range(1, BIGGEST_ID, error=_l("Choose one of the list.")), **options)  # pyright: ignore[reportArgumentType]


class AskingSchema(UseCase):
    """Whom to ask about what, from the address; or which earlier question to put to others."""

    wie = fields.List(_id(), load_default=list)
    onderwerp = _id(load_default=None)
    vraag = _id(load_default=None)


class QuestionSchema(WithFreeText):
    """A question to one or a few colleagues."""

    wie = fields.List(_id(), load_default=list)
    item_id = _id(load_default=None)
    school_id = _id(load_default=None)
    way = fields.String(
        required=True,
        validate=OneOf([way.value for way in Way], error=_l("Choose how you want to be helped.")),
        error_messages=needed(_l("Choose how you want to be helped.")),
    )
    question = fields.String(
        required=True,
        validate=Length(max=MAX_QUESTION, error=_l("Use at most 2,000 characters.")),
        error_messages=needed(_l("Write your question.")),
    )


class PassingSchema(UseCase):
    """To whom a question goes on."""

    person_id = _id(required=True, error_messages=needed(_l("Choose a colleague.")))


class ClosingSchema(WithFreeText):
    """How long it took, and thanks."""

    minutes = fields.Integer(
        required=True,
        validate=Range(*GIVEN_MINUTES, error=_l("Fill in from 0 to 600 minutes.")),
        error_messages=needed(_l("Fill in how many minutes it took.")),
    )
    thanks = fields.String(
        load_default=None, validate=Length(max=MAX_THANKS, error=_l("Use at most 1,000 characters."))
    )


class GivenTimeSchema(UseCase):
    """Of which school year."""

    jaar = fields.Integer(load_default=None, validate=Range(2000, 2100))

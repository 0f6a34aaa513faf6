"""What comes in for schools, people, roles and invitations."""

from collections.abc import Mapping, Sequence
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.kernel.paging import Position
from app.kernel.permissions import AT_SCHOOL, Role
from app.kernel.privacy.retention import YEARS_KEPT
from app.organisation.importing import FIELDS, Check, RowState
from app.organisation.models import KINDS, MONTHS_OFFERED, LoginState
from app.organisation.queries import PeopleFilter, SchoolFilter
from app.organisation.queries.inviting import Choice
from app.organisation.register import CONCEPTS
from app.web.forms import UseCase, needed, read

CONFLICTS = {
    "uq_person_tenant_id_email": _l("Somebody else in this network has this address already."),
    "uq_person_tenant_id_identity_id": _l(
        "You are in this network already, with another address. Ask your network coordinator to put the two together."
    ),
    "uq_invitation_open": _l("Somebody else invited this person just now."),
    "uq_identity_email": _l("This address got a login just now. Open the link again and sign in with it."),
    "uq_network_settings_tenant_id": _l(
        "Another coordinator chose something here just now. Look at what is chosen."
    ),
    "pk_register_use": _l("Another edition was taken into use just now. Look at what is in use."),
    "ex_assignment_once": _l("This person has this role there already, in the same period or a part of it."),
}
"""What to say when the database keeps one of this room's rules."""

MOST_TICKED = 500
"""Ten times what a page shows: whom nobody ticked by hand is chosen by a filter."""

_WRONG_DATE = _l("Fill in a date, such as 23-11-2026.")
_CHOOSE_YEARS: Any = _l("Choose for how many school years texts are kept.")
_CHOOSE_MONTHS: Any = _l("Choose after how many months people are asked to confirm.")
_CHOOSE_SCHOOL = _l("Choose the school where this role is held.")


class WithFreeText(UseCase):
    """A form in which people might write about pupils: with their word that it is not, once it looks so."""

    not_about_pupil = fields.Boolean(load_default=False)


class EmailAddress(fields.String):
    """An address as one may write it, in lower case. Whether it exists only shows when mail is sent."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            address = validate_email(text, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError as error:
            message = _("This is not an e-mail address. Write it like name@school.nl.")
            raise ValidationError(message) from error
        return address.normalized.lower()


def _text(longest: int, message: Any = None) -> fields.String:
    """A line of text; needed when there is a message for its absence."""
    too_long: Any = _l("Use at most %(count)s characters.", count=longest)
    if message is None:
        return fields.String(load_default=None, validate=Length(max=longest, error=too_long))
    return fields.String(
        required=True, validate=Length(max=longest, error=too_long), error_messages=needed(message)
    )


def _choice(allowed: Any, message: Any = None, **options: Any) -> fields.String:
    return fields.String(validate=OneOf(allowed, error=message), error_messages=needed(message), **options)


class ListSchema(UseCase):
    """What every list can be asked: words, and where the part begins."""

    q = fields.String(load_default=None, validate=Length(max=100))
    na = fields.Integer(load_default=None)
    """After the row with this id."""
    voor = fields.Integer(load_default=None)
    """Before the row with this id."""


class SchoolListSchema(ListSchema):
    """What narrows the list of schools; gives the filter and the position."""

    soort = fields.String(load_default=None, validate=OneOf(KINDS))
    bestuur = fields.Integer(load_default=None)

    @post_load
    def _parts(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {
            "narrowed": SchoolFilter(data["q"], data["soort"], data["bestuur"]),
            "position": Position(data["na"], data["voor"]),
        }


class PeopleListSchema(ListSchema):
    """What narrows the list of people; gives the filter and the position."""

    rol = fields.Enum(Role, by_value=True, load_default=None)
    school = fields.Integer(load_default=None)
    toegang = fields.Enum(LoginState, by_value=True, load_default=None)

    @post_load
    def _parts(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        return {
            "narrowed": PeopleFilter(data["q"], data["rol"], data["school"], data["toegang"]),
            "position": Position(data["na"], data["voor"]),
        }


class ChoiceSchema(PeopleListSchema):
    """Whom to invite: the people who were ticked, or all whom the filter shows."""

    wie = fields.List(fields.Integer(), load_default=list, validate=Length(max=MOST_TICKED))
    alle = fields.Boolean(load_default=False)
    gezien = fields.Integer(load_default=0)
    """The newest invitation when the list was shown."""

    @post_load
    def _parts(self, data: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        narrowed = super()._parts(data)["narrowed"]
        return {**data, "choice": Choice(narrowed, tuple(data["wie"]), data["alle"], data["gezien"])}


class MailingSchema(ChoiceSchema):
    """Whom to invite, from when, and whether who does not answer is reminded."""

    reminds = fields.Boolean(load_default=False)
    planned_on = fields.Date(load_default=None, error_messages=needed(_WRONG_DATE))


class SchoolSchema(UseCase):
    """What the network can correct of a school."""

    name = _text(160, _l("Fill in the name of the school."))
    concept = _choice(CONCEPTS, _l("Choose a concept from the list."), load_default=None)


class BoardSchema(UseCase):
    """The name of a board; empty takes it away."""

    name = _text(120)


class RetentionSchema(UseCase):
    """For how many school years confidential texts are kept."""

    school_years = fields.Integer(
        required=True,
        validate=Range(*YEARS_KEPT, error=_CHOOSE_YEARS),
        error_messages=needed(_CHOOSE_YEARS),
    )


class ConfirmationPeriodSchema(UseCase):
    """After how many months somebody is asked whether her expertise still holds."""

    months = fields.Integer(
        required=True,
        validate=OneOf(MONTHS_OFFERED, error=_CHOOSE_MONTHS),
        error_messages=needed(_CHOOSE_MONTHS),
    )


class PersonSchema(UseCase):
    """Who somebody is."""

    first_name = _text(60, _l("Fill in the first name."))
    infix = _text(20)
    last_name = _text(80, _l("Fill in the family name."))
    email = EmailAddress(load_default=None)


class RoleSchema(UseCase):
    """A role, with the school where it is held, from a day until a last day."""

    role = _choice(list(Role), _l("Choose a role."), required=True)
    school_id = fields.Integer(load_default=None, error_messages=needed(_CHOOSE_SCHOOL))
    since = fields.Date(load_default=today, error_messages=needed(_WRONG_DATE))
    until = fields.Date(load_default=None, error_messages=needed(_WRONG_DATE))

    @validates_schema
    def _fits(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["role"] in AT_SCHOOL and not data["school_id"]:
            raise ValidationError(str(_CHOOSE_SCHOOL), "school_id")
        if data["since"] and data["until"] and data["until"] < data["since"]:
            raise ValidationError(_("The last day must not lie before the first."), "until")


class NewPersonSchema(PersonSchema, RoleSchema):
    """Somebody new with a first role, invited at once or not."""

    invite = fields.Boolean(load_default=False)

    @validates_schema
    def _can_be_invited(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if data["invite"] and not data["email"]:
            raise ValidationError(_("Fill in the address to which the invitation goes."), "email")


class ListedPersonSchema(PersonSchema, RoleSchema):
    """A row of a list of people: as somebody new with a role, but the list need not tell the first day."""

    since = fields.Date(load_default=None)


def row_check() -> Check:
    """What is wrong with the values of a row, by the rules that hold for every person and role."""
    schema = ListedPersonSchema()

    def check(values: dict[str, Any]) -> Mapping[str, Sequence[str]]:
        try:
            read(schema, values)
        except Invalid as wrong:
            return wrong.fields
        return {}

    return check


class ListOfPeopleSchema(UseCase):
    """How a list of people is to be taken."""

    ends_missing = fields.Boolean(load_default=False)


def columns_schema(count: int) -> UseCase:
    """What each of so many columns holds, and what holds for everybody."""
    held: dict[str, Any] = {
        f"column-{number}": fields.String(load_default=None, validate=OneOf(FIELDS))
        for number in range(count)
    }
    everybody: dict[str, Any] = {
        "role": fields.Enum(Role, by_value=True, load_default=None),
        "school_id": fields.Integer(load_default=None),
    }
    made: Any = UseCase.from_dict(held | everybody)
    return made()


class EntriesSchema(UseCase):
    """Which rows of a list are shown, and from where."""

    stand = fields.Enum(RowState, by_value=True, load_default=None)
    after = fields.Integer(load_default=0, validate=Range(min=0, max=100_000))


class ApplicationSchema(UseCase):
    """Whether rows that are wrong may be left out."""

    without_wrong = fields.Boolean(load_default=False)


class RegisterReviewSchema(UseCase):
    """Which changes of the register are taken over, of the edition that was shown."""

    digest = fields.String(required=True, validate=Length(max=64))
    wijziging = fields.List(fields.String(validate=Length(max=30)), load_default=[])


class RegisterUndoSchema(UseCase):
    """Of which edition the changes are put back."""

    digest = fields.String(required=True, validate=Length(max=64))


class RoleEndSchema(UseCase):
    """The last day of a role."""

    until = fields.Date(required=True, error_messages=needed(_l("Fill in the last day, such as 31-07-2027.")))


class RoleReopeningSchema(UseCase):
    """The last day that a role had before; empty when it had none."""

    until = fields.Date(load_default=None, error_messages=needed(_WRONG_DATE))


class MoveSchema(UseCase):
    """To which school somebody moves, and the first day there."""

    school_id = fields.Integer(required=True, error_messages=needed(_l("Choose the new school.")))
    since = fields.Date(
        required=True,
        error_messages=needed(_l("Fill in the first day at the new school, such as 01-08-2027.")),
    )


class MoveUndoSchema(RoleReopeningSchema):
    """The role that a move made, and the last day that the old one had before."""

    new_id = fields.Integer(required=True)


class ExistingPasswordSchema(UseCase):
    """The password of the login that the address has already."""

    verbatim = frozenset({"password"})

    password = fields.String(required=True, error_messages=needed(_l("Fill in your password.")))
    again = fields.String()
    """Comes along from a page that was opened before the address had a login."""

"""What comes in at sign-in and for passwords."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from marshmallow import ValidationError, fields, validates_schema

from app.web.forms import UseCase, needed

PASSWORD_LENGTHS = range(12, 201)
"""Characters. Length is what makes a password strong; nothing else is asked of it."""


class SignInSchema(UseCase):
    """Address and password."""

    verbatim = frozenset({"password"})

    email = fields.String(required=True, error_messages=needed(_l("Fill in your e-mail address.")))
    password = fields.String(required=True, error_messages=needed(_l("Fill in your password.")))
    next = fields.String()


class PasswordResetRequestSchema(UseCase):
    """The address to which a link is mailed."""

    email = fields.String(required=True, error_messages=needed(_l("Fill in your e-mail address.")))


class NewPasswordSchema(UseCase):
    """A new password, typed twice."""

    verbatim = frozenset({"password", "again", "old"})

    password = fields.String(required=True, error_messages=needed(_l("Choose a password.")))
    again = fields.String(required=True, error_messages=needed(_l("Type the password once more.")))

    @validates_schema
    def _is_strong_and_equal(self, data: dict[str, Any], **_kwargs: Any) -> None:
        if len(data["password"]) not in PASSWORD_LENGTHS:
            raise ValidationError(_("Use at least 12 characters; a sentence is fine."), "password")
        if data["password"] != data["again"]:
            raise ValidationError(_("The two passwords are not the same."), "again")


class PasswordChangeSchema(NewPasswordSchema):
    """The password one has, and the new one."""

    old = fields.String(required=True, error_messages=needed(_l("Fill in your current password.")))

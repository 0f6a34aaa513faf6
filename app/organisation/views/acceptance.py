"""The door for who was invited: look, and come in once. Looking never uses the link."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from app.identity.browser import browser_name, remember
from app.identity.schemas import NewPasswordSchema
from app.identity.services import TooManyAttempts, WrongPassword
from app.kernel.errors import Invalid, NotFound
from app.organisation import labels
from app.organisation.queries.invitations import ShownInvitation, invitation_behind
from app.organisation.schemas import ExistingPasswordSchema
from app.organisation.services.invitations import Visitor, accept_invitation
from app.organisation.views.blueprint import invitation_blueprint
from app.web.forms import read_form
from app.web.guard import Reach, public
from tenants.context import current_network


@invitation_blueprint.get("/<token>")
@public(Reach.NETWORK_AND_IDENTITIES)
def show_invitation(token: str) -> ResponseReturnValue:
    """Who invites, to which network, in which roles, and how to come in."""
    shown = invitation_behind(token)
    return _page(token, shown, {}) if shown else _ended()


@invitation_blueprint.post("/<token>")
@public(Reach.NETWORK_AND_IDENTITIES)
def create_acceptance(token: str) -> ResponseReturnValue:
    """Come in: with a new password, with the one of the login, or as who is signed in with this address."""
    shown = invitation_behind(token)
    if shown is None:
        return _ended()
    try:
        sign_in_token = accept_invitation(token, _password(shown), _visitor())
    except NotFound:
        return _ended()
    except Invalid as wrong:
        return _page(token, shown, wrong.fields), 422
    except WrongPassword:
        return _page(token, shown, {"password": [_("This is not the password of this address.")]}), 422
    except TooManyAttempts as stop:
        message = _("There were too many attempts. Try again in %(minutes)s minutes.", minutes=stop.minutes)
        return _page(token, shown, {"password": [message]}), 429, {"Retry-After": str(stop.retry_after)}
    remember(sign_in_token)
    flash(_("Welcome! You are in."), "good")
    return redirect(url_for("home.show_today"))


def _password(shown: ShownInvitation) -> str | None:
    if _is_addressee(shown):
        return None
    schema = ExistingPasswordSchema() if shown.has_login else NewPasswordSchema()
    return read_form(schema)["password"]


def _is_addressee(shown: ShownInvitation) -> bool:
    return current_user.is_authenticated and current_user.email == shown.email


def _visitor() -> Visitor:
    known = current_user.is_authenticated
    return Visitor(
        browser=browser_name(),
        address=request.remote_addr or "",
        key=str(current_app.secret_key),
        identity_id=current_user.identity_id if known else None,
        email=current_user.email if known else None,
    )


def _page(token: str, shown: ShownInvitation, errors: Any) -> str:
    return render_template(
        "organisation/invitation.html",
        token=token,
        invitation=shown,
        network_name=current_network().name,
        is_signed_in=_is_addressee(shown),
        errors=errors,
        labels=labels,
    )


def _ended() -> ResponseReturnValue:
    """The same page for a link that was used, withdrawn, replaced, too old, or never was."""
    return render_template("organisation/invitation_ended.html"), 404

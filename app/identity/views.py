"""Sign in and out, choose a network, one's own account."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.identity import services
from app.identity.browser import browser_name, forget, remember
from app.identity.queries import SessionLimits, is_operator, networks_of, open_sign_ins
from app.identity.schemas import (
    NewPasswordSchema,
    PasswordChangeSchema,
    PasswordResetRequestSchema,
    SignInSchema,
)
from app.kernel.errors import Invalid, NotFound
from app.web.forms import read_form
from app.web.guard import Reach, public, signed_in
from app.web.links import safe_next
from tenants.models import Standing

SUSPENDED = _l("This network has been stopped for now. Nothing is lost. Ask your network coordinator.")

blueprint = Blueprint("identity", __name__, template_folder="templates")


@blueprint.get("/")
@public(Reach.IDENTITIES)
def show_start() -> ResponseReturnValue:
    """To the network one belongs to, to the choice of networks, or to sign-in."""
    if not current_user.is_authenticated:
        return redirect(url_for("identity.new_sign_in"))
    networks = networks_of(current_user.identity_id)
    runs_platform = is_operator(current_user.identity_id)
    if runs_platform and not networks:
        return redirect(url_for("platform.show_start"))
    if not runs_platform and len(networks) == 1 and networks[0].standing != Standing.SUSPENDED:
        return redirect(url_for("home.show_today", network=networks[0].slug))
    return render_template(
        "identity/networks.html", networks=networks, email=current_user.email, runs_platform=runs_platform
    )


@blueprint.get("/inloggen")
@public()
def new_sign_in() -> ResponseReturnValue:
    """The sign-in page; who is signed in already goes on."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")))
    return render_template("identity/sign_in.html", values=request.args, errors={})


@blueprint.post("/inloggen")
@public(Reach.IDENTITIES)
def create_sign_in() -> ResponseReturnValue:
    """Sign in, under a new session."""
    try:
        data = read_form(SignInSchema())
        token = services.sign_in(
            data["email"],
            data["password"],
            address=request.remote_addr or "",
            browser=browser_name(),
            key=_key(),
        )
    except Invalid as wrong:
        return _sign_in_again(wrong.fields), 422
    except services.WrongPassword:
        return _sign_in_again({"email": [_("This e-mail address and password do not go together.")]}), 422
    except services.TooManyAttempts as stop:
        return _sign_in_again({"email": [_too_many(stop)]}), 429, {"Retry-After": str(stop.retry_after)}
    remember(token)
    return redirect(safe_next(data.get("next")))


@blueprint.post("/uitloggen")
@public(Reach.IDENTITIES)
def destroy_sign_in() -> ResponseReturnValue:
    """Sign out: the session row ends, so that the cookie is worth nothing any more."""
    if current_user.is_authenticated:
        services.end_sign_in(current_user.identity_id, current_user.sign_in_id)
    forget()
    return redirect(url_for("identity.new_sign_in"))


@blueprint.get("/wachtwoord-vergeten")
@public()
def new_password_reset() -> ResponseReturnValue:
    """Ask for a link to choose a new password."""
    return render_template("identity/password_forgotten.html", values={}, errors={}, asked=False)


@blueprint.post("/wachtwoord-vergeten")
@public(Reach.IDENTITIES)
def create_password_reset() -> ResponseReturnValue:
    """Mail the link, if the address is known; the answer is the same for every address."""
    try:
        data = read_form(PasswordResetRequestSchema())
    except Invalid as wrong:
        page = render_template(
            "identity/password_forgotten.html", values=request.form, errors=wrong.fields, asked=False
        )
        return page, 422
    services.ask_password_reset(data["email"])
    return render_template("identity/password_forgotten.html", values={}, errors={}, asked=True)


@blueprint.get("/wachtwoord/<token>")
@public(Reach.IDENTITIES)
def edit_password_by_link(token: str) -> ResponseReturnValue:
    """Choose a new password by a mailed link. Looking does not use the link."""
    if not services.is_reset_open(token):
        return render_template("identity/link_expired.html")
    return _password_by_link(token, {})


@blueprint.post("/wachtwoord/<token>")
@public(Reach.IDENTITIES)
def update_password_by_link(token: str) -> ResponseReturnValue:
    """Set the new password, once; every session of this login ends."""
    try:
        services.reset_password(token, read_form(NewPasswordSchema())["password"], key=_key())
    except Invalid as wrong:
        return _password_by_link(token, wrong.fields), 422
    except NotFound:
        return render_template("identity/link_expired.html"), 422
    flash(_("Your new password is set. Sign in with it."), "good")
    return redirect(url_for("identity.new_sign_in"))


@blueprint.get("/account")
@signed_in
def show_account() -> ResponseReturnValue:
    """One's own account: password, where one is signed in, networks."""
    return _account_page({})


@blueprint.post("/account/wachtwoord")
@signed_in
def update_password() -> ResponseReturnValue:
    """Choose another password; every session ends and this browser gets a new one."""
    try:
        data = read_form(PasswordChangeSchema())
        services.change_password(current_user.identity_id, data["old"], data["password"], key=_key())
    except Invalid as wrong:
        return _account_page(wrong.fields), 422
    except services.TooManyAttempts as stop:
        return _account_page({"old": [_too_many(stop)]}), 429, {"Retry-After": str(stop.retry_after)}
    remember(services.open_sign_in(current_user.identity_id, browser_name()))
    flash(_("Your password has been changed. You are signed out everywhere else."), "good")
    return redirect(url_for("identity.show_account"))


@blueprint.post("/account/sessies/<int:sign_in_id>/einde")
@signed_in
def destroy_other_sign_in(sign_in_id: int) -> ResponseReturnValue:
    """End one of one's own sessions, on another device."""
    services.end_sign_in(current_user.identity_id, sign_in_id)
    flash(_("That device is signed out."), "good")
    return redirect(url_for("identity.show_account"))


def ask_sign_in() -> ResponseReturnValue:
    """Send somebody who is not signed in to the sign-in page, and afterwards back."""
    if "HX-Request" in request.headers:
        page = urlsplit(request.headers.get("HX-Current-URL", ""))
        target = urlunsplit(("", "", page.path, page.query, ""))
        return "", 200, {"HX-Redirect": url_for("identity.new_sign_in", next=target or None)}
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("identity.new_sign_in", next=target))


def _too_many(stop: services.TooManyAttempts) -> str:
    return _("There were too many attempts. Try again in %(minutes)s minutes.", minutes=stop.minutes)


def _limits() -> SessionLimits:
    return current_app.config["SESSION_LIMITS"]


def _key() -> str:
    return str(current_app.secret_key)


def _sign_in_again(errors: Any) -> str:
    return render_template("identity/sign_in.html", values=request.form, errors=errors)


def _password_by_link(token: str, errors: Any) -> str:
    return render_template("identity/new_password.html", token=token, errors=errors)


def _account_page(errors: Any) -> str:
    return render_template(
        "identity/account.html",
        errors=errors,
        email=current_user.email,
        this_sign_in=current_user.sign_in_id,
        sign_ins=open_sign_ins(current_user.identity_id, _limits()),
        networks=networks_of(current_user.identity_id),
    )

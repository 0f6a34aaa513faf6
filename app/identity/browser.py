"""The browser of this request: which session it holds, and by what name somebody knows it."""

from flask import current_app, request
from flask import session as cookie
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from app.identity.queries import signed_in
from app.identity.services import end_sign_in

_BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def remember(token: str) -> None:
    """Let the browser hold a new session; the one it held ends, and only its language stays."""
    if current_user.is_authenticated:
        end_sign_in(current_user.identity_id, current_user.sign_in_id)
    forget()
    user = signed_in(token, None, current_app.config["SESSION_LIMITS"])
    if user:
        login_user(user)


def forget() -> None:
    """Let the browser hold no session any more."""
    language = cookie.get("language")
    logout_user()
    cookie.clear()
    if language:
        cookie["language"] = language


def browser_name() -> str:
    """What somebody recognises a browser by in the list of sessions."""
    agent = request.user_agent.string
    browser = next((name for sign, name in _BROWSERS if sign in agent), _("Unknown browser"))
    system = next((name for sign, name in _SYSTEMS if sign in agent), "")
    return f"{browser}, {system}".rstrip(", ")

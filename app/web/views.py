"""Pages of no room: the language, and how accessible all of it is."""

from datetime import date

from flask import Blueprint, abort, redirect, render_template, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from app.web.guard import public
from app.web.language import LANGUAGES
from app.web.links import safe_next

ACCESSIBILITY_CHECKED_ON = date(2026, 11, 24)
"""When the statement was last held beside the product; `docs/accessibility.md` has the evidence."""

blueprint = Blueprint("web", __name__)


@blueprint.get("/taal/<language>")
@public()
def choose_language(language: str) -> ResponseReturnValue:
    """Go on in another language, on the page that was open."""
    if language not in LANGUAGES:
        abort(404)
    cookie["language"] = language
    return redirect(safe_next(request.args.get("next")))


@blueprint.get("/toegankelijkheid")
@public()
def show_accessibility() -> ResponseReturnValue:
    """What is done so that everybody can use this, and what is not good yet."""
    return render_template("accessibility.html", checked_on=ACCESSIBILITY_CHECKED_ON)

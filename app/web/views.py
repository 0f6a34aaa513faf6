"""Pages of no room: the language."""

from flask import Blueprint, abort, redirect, request
from flask import session as cookie
from flask.typing import ResponseReturnValue

from app.web.guard import public
from app.web.language import LANGUAGES
from app.web.links import safe_next

blueprint = Blueprint("web", __name__)


@blueprint.get("/taal/<language>")
@public()
def choose_language(language: str) -> ResponseReturnValue:
    """Go on in another language, on the page that was open."""
    if language not in LANGUAGES:
        abort(404)
    cookie["language"] = language
    return redirect(safe_next(request.args.get("next")))

"""Errors as pages: what happened, in the user's words, and the way on."""

import structlog
from flask import Flask, Response, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound, PlanLimit
from app.web.language import other_languages
from app.web.links import HOME, safe_next

AS_MESSAGE = {"HX-Retarget": "#messages", "HX-Reselect": "#error-text", "HX-Reswap": "innerHTML"}
"""An error that answers htmx is shown as a message on the page that asked, not as a page in its place."""

RETRY_SECONDS = 15

log = structlog.get_logger()


def register_error_pages(app: Flask) -> None:
    """Translate the kernel's errors and HTTP's into pages."""
    app.register_error_handler(NotFound, lambda _error: error_page(404))
    app.register_error_handler(Forbidden, lambda _error: error_page(403))
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(
        PlanLimit,
        lambda _error: error_page(
            403, _("This network can only be read at the moment. Ask your network coordinator.")
        ),
    )
    app.register_error_handler(
        CSRFError,
        lambda _error: error_page(
            400, _("The page was open for too long. Go back, reload the page and try again.")
        ),
    )
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_mistake)


def error_page(status: int, message: str | None = None) -> Response:
    """The page for a status; `message` says what stood in the way, where more is known than the status."""
    layout = "layout.html" if "actor" in g else "page_without_network.html"
    page = render_template(
        "errors/error.html",
        code=status,
        message=message,
        layout=layout,
        reference=g.request_number if status >= 500 else None,
        again_url=request.full_path.rstrip("?") if status == 503 and request.method == "GET" else None,
        language_links=other_languages(come_back=False),
    )
    return make_response(page, status)


def unavailable_page(error: Exception) -> Response:
    """The database does not answer, or is too busy: nobody is looked up for this page, and coming back may help."""
    log.error("no database", endpoint=request.endpoint, exc_info=error)
    g.database_is_away = True
    page = error_page(503)
    page.headers["Retry-After"] = str(RETRY_SECONDS)
    return page


def _conflict(error: Conflict) -> ResponseReturnValue:
    """Back on the page of the button, if it said which; otherwise a page of its own."""
    came_from = safe_next(request.args.get("next"))
    if error.message and came_from != HOME:
        flash(error.message, "bad")
        return redirect(came_from)
    return error_page(409, error.message or None)


def _invalid(error: Invalid) -> ResponseReturnValue:
    """A small form (a button with a field) whose view has no page of its own to show messages on."""
    return error_page(422, " ".join(text for messages in error.fields.values() for text in messages))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, SecurityError):
        # The request names a host that is not ours: no link on a page could be made.
        return "Bad Request", 400, {"Content-Type": "text/plain"}
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code)


def _our_mistake(error: Exception) -> ResponseReturnValue:
    log.error("request failed", endpoint=request.endpoint, exc_info=error)
    return error_page(500)

"""What calendar programs read: one appointment as a file, and the feed of somebody's whole agenda."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Response, current_app, url_for
from flask.typing import ResponseReturnValue

from app.agenda.calendar_files import MEDIA_TYPE, calendar_file
from app.agenda.kinds import CALENDAR_TITLES
from app.agenda.policy import SEE_AGENDA
from app.agenda.queries import appointment_with, calendar_of, reader_with
from app.agenda.views.blueprint import blueprint
from app.kernel.clock import now
from app.web.guard import Reach, acting, public, requires

IN_FEED = timedelta(days=180)
"""How long an appointment stays in the feed after it was."""


@blueprint.get("/agenda/<int:appointment_id>.ics")
@requires(SEE_AGENDA)
def show_calendar_file(appointment_id: int) -> ResponseReturnValue:
    """One appointment, to put in a calendar by hand."""
    appointment = appointment_with(acting(), appointment_id)
    return _answer(calendar_file([appointment], _page_url(), _titles()), f"afspraak-{appointment_id}.ics")


@blueprint.get("/agenda/feed/<token>.ics")
@public(Reach.NETWORK)
def show_feed(token: str) -> ResponseReturnValue:
    """All of somebody's appointments, for who holds the secret link: her own calendar."""
    appointments = calendar_of(reader_with(token), now() - IN_FEED)
    return _answer(calendar_file(appointments, _page_url(), _titles()), "vreemde-ogen.ics")


def _titles() -> Mapping[str, str]:
    titles: Mapping[str, object] = current_app.extensions[CALENDAR_TITLES]
    return {kind: str(title) for kind, title in titles.items()}


def _page_url() -> str:
    return url_for("agenda.show_agenda", _external=True)


def _answer(content: bytes, filename: str) -> Response:
    answer = Response(content, content_type=MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

"""My agenda: what comes, week by week; what was; and the link for a calendar of my own."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.kinds import ShownAs, described
from app.agenda.models import Appointment
from app.agenda.policy import SEE_AGENDA
from app.agenda.queries import agenda_of, feed_of
from app.agenda.services import feeds
from app.agenda.views.blueprint import blueprint
from app.agenda.words import capitalised, week_of, when
from app.kernel.clock import now
from app.web.guard import acting, requires

LOOKING_BACK = timedelta(days=365)


class AgendaRow(NamedTuple):
    """An appointment as the page shows it."""

    appointment: Appointment
    title: str
    url: str | None
    when: str


class Week(NamedTuple):
    """The appointments of one week."""

    title: str
    rows: Sequence[AgendaRow]


@blueprint.get("/agenda")
@requires(SEE_AGENDA)
def show_agenda() -> ResponseReturnValue:
    """My appointments."""
    return _page()


@blueprint.post("/agenda/feed")
@requires(SEE_AGENDA)
def create_feed() -> ResponseReturnValue:
    """Make a link for my calendar, in the place of the one before; the only time that it is shown."""
    token = feeds.make_feed(acting())
    return _page(url_for("agenda.show_feed", token=token, _external=True))


@blueprint.post("/agenda/feed/intrekking")
@requires(SEE_AGENDA)
def destroy_feed() -> ResponseReturnValue:
    """Let the link of my calendar work no more."""
    feeds.revoke_feed(acting())
    flash(_("The link has been revoked. Your calendar reads nothing here any more."), "good")
    return redirect(url_for("agenda.show_agenda"))


def _page(feed_url: str | None = None) -> str:
    moment = now()
    found = agenda_of(acting().person_id, moment - LOOKING_BACK)
    shown = described(acting(), found)
    rows = [_row(appointment, shown.get(appointment.id)) for appointment in found]
    coming = [row for row in rows if row.appointment.ends_at > moment]
    past = [row for row in rows if row.appointment.ends_at <= moment]
    weeks = groupby(coming, key=lambda row: week_of(row.appointment.starts_at))
    return render_template(
        "agenda/agenda.html",
        weeks=[Week(title, list(of_week)) for title, of_week in weeks],
        past=past[::-1],
        feed=feed_of(acting().person_id),
        feed_url=feed_url,
    )


def _row(appointment: Appointment, shown: ShownAs | None) -> AgendaRow:
    title, url = shown or (_("Appointment"), None)
    return AgendaRow(appointment, title, url, capitalised(when(appointment)))

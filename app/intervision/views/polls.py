"""A poll about the date of a session: ask, answer, remind, close, choose."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.agenda.services.appointments import Clash
from app.intervision.models import PollWord
from app.intervision.policy import JOIN_IN, PLAN_SESSIONS
from app.intervision.poll_rules import usual_quorum
from app.intervision.queries import DatedSession, members_of
from app.intervision.queries.planning import session_to_plan
from app.intervision.schemas import PollChoiceSchema, poll_answers_schema, poll_schema
from app.intervision.services import date_reminders
from app.intervision.services import polls as services
from app.intervision.services.moments import InHoliday
from app.intervision.services.polls import MOMENTS, poll_inside, poll_to_answer
from app.intervision.suggestions import calendar_of_group, is_somebody_away, suggested_moments
from app.intervision.views.blueprint import blueprint
from app.intervision.views.poll_page import Typed, poll_page
from app.intervision.views.session_page import session_page
from app.kernel.clock import AMSTERDAM, today
from app.kernel.errors import Invalid, NotFound
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires

USUAL_DAYS = 7
"""So long people can answer, unless the first moment comes sooner."""


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/peiling")
@requires(PLAN_SESSIONS)
def show_poll(session_id: int) -> ResponseReturnValue:
    """The poll: to answer, and how it stands. Without one, on to the form that makes it."""
    try:
        dated, poll = poll_inside(acting(), session_id)
    except NotFound:
        session_to_plan(acting(), session_id)
        return redirect(url_for("intervision.new_poll", session_id=session_id))
    return render_template("intervision/poll.html", **poll_page(dated, poll), **session_page(dated))


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/peiling/nieuw")
@requires(PLAN_SESSIONS)
def new_poll(session_id: int) -> ResponseReturnValue:
    """Moments to ask the group about."""
    return _new_page(session_to_plan(acting(), session_id), {}, {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/peiling")
@requires(PLAN_SESSIONS)
def create_poll(session_id: int) -> ResponseReturnValue:
    """Ask the group."""
    dated = session_to_plan(acting(), session_id)
    schema = poll_schema()
    try:
        data = read_form(schema)
        services.ask_group(acting(), session_id, data["moments"], data)
    except InHoliday as holiday:
        return _new_page(dated, form_values(schema), holiday.fields, holiday.days), 422
    except Invalid as wrong:
        return _new_page(dated, form_values(schema), wrong.fields), 422
    flash(_("The group has been asked. Everybody gets a mail."), "good")
    return _to_poll(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/peiling/antwoorden")
@requires(JOIN_IN)
def update_poll_answers(session_id: int) -> ResponseReturnValue:
    """Say of each moment whether one can."""
    dated, poll = poll_to_answer(acting(), session_id)
    ids = [option.id for option in poll.options]
    schema = poll_answers_schema(ids)
    try:
        said = read_form(schema)
    except Invalid as wrong:
        page = poll_page(dated, poll, Typed(said=form_values(schema), errors=wrong.fields))
        return render_template("intervision/poll.html", **page, **session_page(dated)), 422
    words = {option_id: PollWord(said[f"answer-{option_id}"]) for option_id in ids}
    services.answer_poll(acting(), session_id, words)
    flash(_("Your answer has been saved. Until the poll closes you can change it."), "good")
    return _to_poll(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/peiling/herinnering")
@requires(PLAN_SESSIONS)
def create_poll_reminder(session_id: int) -> ResponseReturnValue:
    """Remind who has not answered."""
    reminded = date_reminders.remind_at_once(acting(), session_id)
    if reminded:
        flash(ngettext("%(num)s person gets a mail.", "%(num)s people get a mail.", reminded), "good")
    else:
        flash(_("Nobody got a mail: everybody answered, or was reminded today already."))
    return _to_poll(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/peiling/sluiting")
@requires(PLAN_SESSIONS)
def create_poll_closing(session_id: int) -> ResponseReturnValue:
    """Close the poll before its last day."""
    services.close_poll(acting(), session_id)
    flash(_("The poll is closed. What was answered stays."), "good")
    return _to_poll(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/peiling/keuze")
@requires(PLAN_SESSIONS)
def create_poll_choice(session_id: int) -> ResponseReturnValue:
    """Plan the session at one of the moments."""
    dated, poll = poll_inside(acting(), session_id)
    schema = PollChoiceSchema()
    clashes = False
    try:
        services.choose_moment(acting(), session_id, read_form(schema))
    except Invalid as wrong:
        errors, status = wrong.fields, 422
    except Clash as clash:
        errors, status, clashes = {"option_id": [clash.message]}, 409, True
    else:
        flash(_("The session has a date. Who can come gets a mail, with a file for her calendar."), "good")
        return redirect(url_for("intervision.show_session", session_id=session_id))
    page = poll_page(dated, poll, Typed(chosen=form_values(schema), errors=errors, clashes=clashes))
    return render_template("intervision/poll.html", **page, **session_page(dated)), status


def _to_poll(session_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.show_poll", session_id=session_id))


def _new_page(dated: DatedSession, typed: dict[str, Any], errors: Any, accepted: Sequence[date] = ()) -> str:
    calendar = calendar_of_group(dated.group)
    suggested = suggested_moments(calendar)
    usual: dict[str, Any] = {"quorum": usual_quorum(len(calendar.members)), "closes_on": ""}
    for number, at in enumerate(suggested, start=1):
        local = at.astimezone(AMSTERDAM)
        usual |= {f"day-{number}": local.date().isoformat(), f"time-{number}": f"{local:%H:%M}"}
    if suggested:
        first = suggested[0].astimezone(AMSTERDAM).date()
        usual["closes_on"] = min(today() + timedelta(days=USUAL_DAYS), first - timedelta(days=1)).isoformat()
    values = typed or usual
    labels: dict[str, str] = {}
    for number in range(1, MOMENTS[1] + 1):
        labels |= {
            f"day-{number}": _("Moment %(number)s, day", number=number),
            f"time-{number}": _("Moment %(number)s, time", number=number),
        }
    return render_template(
        "intervision/poll_new.html",
        values=values,
        errors=errors,
        labels=labels
        | {"closes_on": _("Answers up to and including"), "quorum": _("Goes on with how many people")},
        numbers=range(1, MOMENTS[1] + 1),
        more_in_use=any(values.get(f"day-{number}") for number in range(5, MOMENTS[1] + 1)) or bool(errors),
        away={number for number in range(1, MOMENTS[1] + 1) if _is_away(calendar, values, number)},
        people=len(members_of([dated.group.id])[dated.group.id]),
        accepted=[*(day.isoformat() for day in accepted), *typed.get("accepted", [])],
        first_day=today().isoformat(),
        suits_everybody=calendar.halfdays.suits_everybody,
        **session_page(dated),
    )


def _is_away(calendar: Any, values: Mapping[str, Any], number: int) -> bool:
    try:
        at = datetime.fromisoformat(f"{values[f'day-{number}']}T{values[f'time-{number}']}")
    except (KeyError, ValueError):
        return False
    return is_somebody_away(calendar, at.replace(tzinfo=AMSTERDAM))

"""The talks of a trajectory: plan them, move and cancel them, and say what became of them."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.halfdays import halfday, halfday_of
from app.agenda.services.appointments import Clash
from app.agenda.words import capitalised, day_in_words, times, when
from app.coaching.meeting_places import meeting_places, place_as_chosen
from app.coaching.models import MOST_TALKS, TALK_MINUTES, Trajectory
from app.coaching.policy import TAKE_PART
from app.coaching.queries import DatedTalk, halfdays_told, own_trajectory, talk_with, talks_in
from app.coaching.schemas import TalkOutcomeSchema, TalkSchema
from app.coaching.services import talks as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.told_halfdays import halfday_lines
from app.coaching.views.trajectory_page import trajectory_page
from app.kernel.clock import AMSTERDAM, today
from app.kernel.errors import Invalid
from app.organisation.queries import people_by_id
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/trajecten/<int:trajectory_id>/gesprekken")
@requires(TAKE_PART)
def index_talks(trajectory_id: int) -> ResponseReturnValue:
    """The talks of the two, and the form for the next one."""
    trajectory = own_trajectory(acting(), trajectory_id)
    return _page(trajectory, {}, {})


@blueprint.post("/trajecten/<int:trajectory_id>/gesprekken")
@requires(TAKE_PART)
def create_talk(trajectory_id: int) -> ResponseReturnValue:
    """Plan a talk."""
    trajectory = own_trajectory(acting(), trajectory_id)
    schema = TalkSchema()
    try:
        talk = services.plan_talk(acting(), trajectory_id, read_form(schema))
    except Invalid as wrong:
        return _page(trajectory, form_values(schema), wrong.fields), 422
    except Clash as clash:
        return _page(trajectory, form_values(schema), {"time": [clash.message]}), 409
    flash(_("The talk has been planned. %(name)s gets a mail about it.", name=_other(trajectory)), "good")
    _mind_other_halfday(trajectory, talk_with(acting(), trajectory_id, talk.id))
    return redirect(url_for("coaching.index_talks", trajectory_id=trajectory_id))


@blueprint.get("/trajecten/<int:trajectory_id>/gesprekken/<int:talk_id>/verplaatsing")
@requires(TAKE_PART)
def new_talk_move(trajectory_id: int, talk_id: int) -> ResponseReturnValue:
    """Another time or place for a talk."""
    trajectory = own_trajectory(acting(), trajectory_id)
    dated = talk_with(acting(), trajectory_id, talk_id)
    start, end = (at.astimezone(AMSTERDAM) for at in (dated.appointment.starts_at, dated.appointment.ends_at))
    values = {
        "day": start.date().isoformat(),
        "time": f"{start:%H:%M}",
        "minutes": (end - start).seconds // 60,
        **place_as_chosen(trajectory, dated.appointment.place),
    }
    return _move_page(trajectory, dated, values, {})


@blueprint.post("/trajecten/<int:trajectory_id>/gesprekken/<int:talk_id>/verplaatsing")
@requires(TAKE_PART)
def create_talk_move(trajectory_id: int, talk_id: int) -> ResponseReturnValue:
    """Move a talk."""
    trajectory = own_trajectory(acting(), trajectory_id)
    dated = talk_with(acting(), trajectory_id, talk_id)
    schema = TalkSchema()
    try:
        services.move_talk(acting(), trajectory_id, talk_id, read_form(schema))
    except Invalid as wrong:
        return _move_page(trajectory, dated, form_values(schema), wrong.fields), 422
    except Clash as clash:
        return _move_page(trajectory, dated, form_values(schema), {"time": [clash.message]}), 409
    flash(_("The talk has been moved. %(name)s gets a mail about it.", name=_other(trajectory)), "good")
    _mind_other_halfday(trajectory, talk_with(acting(), trajectory_id, talk_id))
    return redirect(url_for("coaching.index_talks", trajectory_id=trajectory_id))


@blueprint.get("/trajecten/<int:trajectory_id>/gesprekken/<int:talk_id>/annulering")
@requires(TAKE_PART)
def new_talk_cancellation(trajectory_id: int, talk_id: int) -> ResponseReturnValue:
    """What it means to cancel a talk."""
    trajectory = own_trajectory(acting(), trajectory_id)
    return render_template(
        "coaching/talk_cancellation.html",
        dated=talk_with(acting(), trajectory_id, talk_id),
        when=_when,
        **trajectory_page(trajectory),
    )


@blueprint.post("/trajecten/<int:trajectory_id>/gesprekken/<int:talk_id>/annulering")
@requires(TAKE_PART)
def create_talk_cancellation(trajectory_id: int, talk_id: int) -> ResponseReturnValue:
    """Cancel a talk."""
    services.cancel_talk(acting(), trajectory_id, talk_id)
    name = _other(own_trajectory(acting(), trajectory_id))
    flash(_("The talk has been cancelled. %(name)s gets a mail about it.", name=name), "good")
    return redirect(url_for("coaching.index_talks", trajectory_id=trajectory_id))


@blueprint.post("/trajecten/<int:trajectory_id>/gesprekken/<int:talk_id>/afloop")
@requires(TAKE_PART)
def create_talk_outcome(trajectory_id: int, talk_id: int) -> ResponseReturnValue:
    """Say whether a talk was held."""
    own_trajectory(acting(), trajectory_id)
    was_held = read_form(TalkOutcomeSchema())["was_held"]
    services.note_outcome(acting(), trajectory_id, talk_id, was_held=was_held)
    flash_undo(
        _("Noted: this talk was held.") if was_held else _("Noted: this talk did not take place."),
        url_for("coaching.destroy_talk_outcome", trajectory_id=trajectory_id, talk_id=talk_id),
    )
    return redirect(url_for("coaching.index_talks", trajectory_id=trajectory_id))


@blueprint.post("/trajecten/<int:trajectory_id>/gesprekken/<int:talk_id>/afloop/intrekking")
@requires(TAKE_PART)
def destroy_talk_outcome(trajectory_id: int, talk_id: int) -> ResponseReturnValue:
    """Take back what was said of a talk."""
    services.forget_outcome(acting(), trajectory_id, talk_id)
    return redirect(url_for("coaching.index_talks", trajectory_id=trajectory_id))


def _page(trajectory: Trajectory, typed: dict[str, Any], errors: Any) -> str:
    talks = talks_in(acting(), trajectory.id)
    shared = trajectory_page(trajectory)
    counted = sum(dated.counts for dated in talks)
    return render_template(
        "coaching/talks.html",
        waiting=[dated for dated in talks if dated.waits],
        coming=[dated for dated in talks if dated.is_coming],
        held=[dated for dated in talks if dated.was_held],
        missed=[dated for dated in talks if not dated.counts],
        is_full=counted >= MOST_TALKS,
        halfday_lines=halfday_lines(acting(), trajectory, shared["coachee"], shared["coach"]),
        day=_day,
        time_and_place=_time_and_place,
        when=_when,
        **_form(trajectory, typed, errors),
        **shared,
    )


def _move_page(trajectory: Trajectory, dated: DatedTalk, values: dict[str, Any], errors: Any) -> str:
    return render_template(
        "coaching/talk_move.html",
        dated=dated,
        when=_when,
        **_form(trajectory, values, errors),
        **trajectory_page(trajectory),
    )


def _form(trajectory: Trajectory, typed: dict[str, Any], errors: Any) -> dict[str, Any]:
    """What the fields of a talk show: what was typed, or else what is usual."""
    places = meeting_places(trajectory)
    usual = {
        "day": "",
        "time": "",
        "minutes": trajectory.minutes,
        "place": places[0].code,
        "place_text": "",
    }
    return {
        "values": usual | typed,
        "errors": errors,
        "places": places,
        "first_day": today().isoformat(),
        "bounds": TALK_MINUTES,
        "labels": {
            "day": _("Day"),
            "time": _("Time"),
            "minutes": _("Length"),
            "place": _("Place"),
            "place_text": _("Which place or link"),
        },
    }


def _mind_other_halfday(trajectory: Trajectory, dated: DatedTalk) -> None:
    """Say so when the other did not tell that she can talk at that time: perhaps the two agreed on it."""
    told = halfdays_told(trajectory)
    theirs = told.coach if acting().person_id == trajectory.coachee_id else told.coachee
    number = halfday_of(dated.appointment.starts_at)
    if not theirs or number in theirs:
        return
    name = _other(trajectory)
    if number is None:
        flash(
            _("Note: this is outside the working week. Did you agree on it with %(name)s?", name=name), "warn"
        )
    else:
        flash(
            _(
                "Mind: %(name)s did not say that %(halfday)s suits. Did you agree on it?",
                name=name,
                halfday=halfday(number),
            ),
            "warn",
        )


def _other(trajectory: Trajectory) -> str:
    other_id = trajectory.other_than(acting().person_id)
    return people_by_id({other_id})[other_id].first_name


def _when(dated: DatedTalk) -> str:
    return when(dated.appointment)


def _day(dated: DatedTalk) -> str:
    return capitalised(day_in_words(dated.appointment.starts_at))


def _time_and_place(dated: DatedTalk) -> str:
    return " · ".join(filter(None, [times(dated.appointment), dated.appointment.place]))

"""What the two of a pair say to it: yes, first a talk, or rather not."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.models import Answer, Match
from app.coaching.policy import ANSWER_MATCHES
from app.coaching.queries import own_match, trajectory_of
from app.coaching.schemas import AnswerSchema, DaysAwaySchema
from app.coaching.services import answers as services
from app.coaching.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.organisation.queries import people_by_id
from app.web.forms import read_form
from app.web.guard import acting, requires


@blueprint.post("/koppelingen/<int:match_id>/antwoord")
@requires(ANSWER_MATCHES)
def create_answer(match_id: int) -> ResponseReturnValue:
    """Say yes, or that a talk comes first."""
    if read_form(AnswerSchema())["answer"] == Answer.TALK_FIRST:
        services.ask_to_talk_first(acting(), match_id)
        flash(_("You want to meet first. Say yes or no here afterwards."), "good")
        return redirect(url_for("coaching.show_match", match_id=match_id))
    trajectory_id = services.accept_match(acting(), match_id)
    if trajectory_id is None:
        flash(_("You take part. As soon as the other has answered, you hear it."), "good")
        return redirect(url_for("coaching.show_match", match_id=match_id))
    flash(_("You both take part: your coaching begins."), "good")
    return redirect(url_for("coaching.show_trajectory", trajectory_id=trajectory_id))


@blueprint.get("/koppelingen/<int:match_id>/afwijzing")
@requires(ANSWER_MATCHES)
def new_refusal(match_id: int) -> ResponseReturnValue:
    """What it means to say no: it can't be undone."""
    return _page(own_match(acting(), match_id), {}, {})


@blueprint.post("/koppelingen/<int:match_id>/afwijzing")
@requires(ANSWER_MATCHES)
def create_refusal(match_id: int) -> ResponseReturnValue:
    """Say no; the other hears only that the pair does not go on."""
    match = own_match(acting(), match_id)
    try:
        services.decline_match(acting(), match_id, read_form(DaysAwaySchema()))
    except Invalid as wrong:
        return _page(match, request.form, wrong.fields), 422
    flash(_("This pair does not go on. Your network coordinator knows."), "good")
    return redirect(url_for("home.show_today"))


def _page(match: Match, values: Any, errors: Any) -> str:
    is_coach = acting().person_id == match.coach_id
    other_id = match.coachee_id if is_coach else match.coach_id
    return render_template(
        "coaching/refusal.html",
        match=match,
        other=people_by_id({other_id})[other_id],
        is_coach=is_coach,
        is_answerable=match.ended_at is None and trajectory_of(match.id) is None,
        values=values,
        errors=errors,
        labels={
            "unavailable_from": _("Not available from"),
            "unavailable_until": _("until"),
        },
    )

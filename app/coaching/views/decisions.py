"""Buttons on a pair: lock, choose, rule out, and the way back of each; and the choice among all coaches."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import request_with
from app.coaching.schemas import PairSchema, SearchSchema
from app.coaching.services import decisions as services
from app.coaching.views.blueprint import blueprint
from app.coaching.views.choice import choice_page
from app.kernel.errors import NotFound
from app.organisation.queries import people_by_id
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.links import safe_next
from app.web.undo import flash_undo


@blueprint.get("/coachvragen/<int:request_id>/coaches")
@requires(RUN_ROUNDS)
def index_choices(request_id: int) -> ResponseReturnValue:
    """Every coach for this IB'er: the possible ones by score, the others with what forbids it."""
    asked = request_with(acting(), request_id)
    return render_template("coaching/choice.html", **choice_page(asked, read_query(SearchSchema())))


@blueprint.post("/coachvragen/<int:request_id>/vastzetting")
@requires(RUN_ROUNDS)
def create_pin(request_id: int) -> ResponseReturnValue:
    """Lock a pair, as proposed or as chosen."""
    coach_id = read_form(PairSchema())["coach_id"]
    services.pin_pair(acting(), request_id, coach_id)
    return _back(request_id, coach_id, _("Locked: %(coachee)s with %(coach)s."), undo="coaching.destroy_pin")


@blueprint.post("/coachvragen/<int:request_id>/vastzetting/opheffing")
@requires(RUN_ROUNDS)
def destroy_pin(request_id: int) -> ResponseReturnValue:
    """Unlock a pair."""
    coach_id = read_form(PairSchema())["coach_id"]
    services.unpin_pair(acting(), request_id, coach_id)
    return _back(
        request_id, coach_id, _("No longer locked: %(coachee)s with %(coach)s."), undo="coaching.create_pin"
    )


@blueprint.post("/coachvragen/<int:request_id>/uitsluiting")
@requires(RUN_ROUNDS)
def create_exclusion(request_id: int) -> ResponseReturnValue:
    """Rule a pair out for this round."""
    coach_id = read_form(PairSchema())["coach_id"]
    services.exclude_pair(acting(), request_id, coach_id)
    return _back(
        request_id, coach_id, _("Ruled out: %(coachee)s with %(coach)s."), undo="coaching.destroy_exclusion"
    )


@blueprint.post("/coachvragen/<int:request_id>/uitsluiting/opheffing")
@requires(RUN_ROUNDS)
def destroy_exclusion(request_id: int) -> ResponseReturnValue:
    """Allow a pair again."""
    coach_id = read_form(PairSchema())["coach_id"]
    services.include_pair(acting(), request_id, coach_id)
    return _back(
        request_id,
        coach_id,
        _("Possible again: %(coachee)s with %(coach)s."),
        undo="coaching.create_exclusion",
    )


def _back(request_id: int, coach_id: int, words: str, *, undo: str) -> ResponseReturnValue:
    """Tell what was done, with its undo, and go back to the page of the button."""
    asked = request_with(acting(), request_id)
    people = people_by_id({asked.person_id, coach_id})
    if coach_id not in people:
        raise NotFound
    names = {"coachee": people[asked.person_id].name, "coach": people[coach_id].name}
    flash_undo(words % names, url_for(undo, request_id=request_id), {"coach_id": coach_id})
    came_from = safe_next(request.args.get("next"))
    if came_from != "/":
        return redirect(came_from)
    return redirect(url_for("coaching.show_proposal", round_id=asked.round_id, _anchor=f"pair-{request_id}"))

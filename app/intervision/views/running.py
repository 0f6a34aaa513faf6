"""The screen of a session that goes on: the same step on everybody's phone, and the buttons below it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.policy import JOIN_IN
from app.intervision.queries import run_inside, session_inside
from app.intervision.schemas import ChosenMethodSchema, MoreTimeSchema, PressSchema, ShownSchema
from app.intervision.services import running as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.run_page import run_page, run_state
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/werkvorm")
@requires(JOIN_IN)
def show_run(session_id: int) -> ResponseReturnValue:
    """At which step we are; before that, how to begin."""
    return render_template("intervision/run.html", **run_page(session_inside(acting(), session_id)))


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/stand")
@requires(JOIN_IN)
def show_run_state(session_id: int) -> ResponseReturnValue:
    """What the screens ask every few seconds: nothing to say as long as nobody pressed."""
    run = run_inside(acting(), session_id)
    if "HX-Request" not in request.headers:
        return redirect(url_for("intervision.show_run", session_id=session_id))
    if read_query(ShownSchema())["revision"] == (run.revision if run else None):
        return "", 204
    return render_template("intervision/run_state.html", **run_state(session_id, run))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm")
@requires(JOIN_IN)
def create_run(session_id: int) -> ResponseReturnValue:
    """Begin."""
    services.begin_run(acting(), session_id, read_form(ChosenMethodSchema())["method"])
    return redirect(url_for("intervision.show_run", session_id=session_id))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/pauze")
@requires(JOIN_IN)
def create_run_pause(session_id: int) -> ResponseReturnValue:
    """Let the time stand still."""
    return _after(session_id, services.pause_run(acting(), session_id, _revision()))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/pauze/opheffing")
@requires(JOIN_IN)
def destroy_run_pause(session_id: int) -> ResponseReturnValue:
    """Let the time run on."""
    return _after(session_id, services.resume_run(acting(), session_id, _revision()))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/tijd")
@requires(JOIN_IN)
def create_step_time(session_id: int) -> ResponseReturnValue:
    """Take some minutes more for this step."""
    form = read_form(MoreTimeSchema())
    return _after(session_id, services.prolong_step(acting(), session_id, form["revision"], form["minutes"]))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/volgende")
@requires(JOIN_IN)
def create_next_step(session_id: int) -> ResponseReturnValue:
    """Go on to the next step."""
    return _after(session_id, services.next_step(acting(), session_id, _revision()))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/vorige")
@requires(JOIN_IN)
def create_previous_step(session_id: int) -> ResponseReturnValue:
    """Go back a step."""
    return _after(session_id, services.previous_step(acting(), session_id, _revision()))


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/werkvorm/einde")
@requires(JOIN_IN)
def create_run_end(session_id: int) -> ResponseReturnValue:
    """End it here."""
    return _after(session_id, services.end_run(acting(), session_id, _revision()))


def _revision() -> int:
    return read_form(PressSchema())["revision"]


def _after(session_id: int, has_changed: bool) -> ResponseReturnValue:
    """How it stands now; who pressed on an older screen is told why nothing happened."""
    if not has_changed:
        flash(_("Somebody else pressed just before you. This is how it stands now."), "info")
    if "HX-Request" not in request.headers:
        return redirect(url_for("intervision.show_run", session_id=session_id))
    run = run_inside(acting(), session_id)
    return render_template(
        "intervision/run_state.html", **run_state(session_id, run), with_messages=not has_changed
    )

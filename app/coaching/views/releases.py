"""What a school leader sees of coaching in her school, and what an IB'er lets her see."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.coaching.labels import line_label
from app.coaching.policy import SEE_RELEASED, TAKE_PART
from app.coaching.queries import released_of, released_to, trajectory_with_releases
from app.coaching.schemas import ReleaseSchema
from app.coaching.services import releases as services
from app.coaching.views.agreement_page import goal_words
from app.coaching.views.blueprint import blueprint
from app.coaching.views.trajectory_page import trajectory_page
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/schoolcoaching")
@requires(SEE_RELEASED)
def index_released() -> ResponseReturnValue:
    """What the IB'ers of my school let me see of their coaching."""
    return render_template(
        "coaching/released.html", released=released_to(acting()), line_label=line_label, **goal_words()
    )


@blueprint.get("/trajecten/<int:trajectory_id>/schoolleider")
@requires(TAKE_PART)
def show_release_preview(trajectory_id: int) -> ResponseReturnValue:
    """What my school leader sees of this coaching, as she sees it."""
    trajectory = trajectory_with_releases(acting(), trajectory_id)
    return render_template(
        "coaching/release_preview.html",
        **trajectory_page(trajectory),
        released=released_of([trajectory]),
        line_label=line_label,
        **goal_words(),
    )


@blueprint.post("/trajecten/<int:trajectory_id>/vrijgave")
@requires(TAKE_PART)
def create_release(trajectory_id: int) -> ResponseReturnValue:
    """Let my school leader see a part."""
    part = read_form(ReleaseSchema())
    services.release_part(acting(), trajectory_id, **part)
    return _back(trajectory_id, part, _("Your school leader can see this now."), "coaching.destroy_release")


@blueprint.post("/trajecten/<int:trajectory_id>/vrijgave/intrekking")
@requires(TAKE_PART)
def destroy_release(trajectory_id: int) -> ResponseReturnValue:
    """Let her see it no more."""
    part = read_form(ReleaseSchema())
    services.take_release_back(acting(), trajectory_id, **part)
    words = _("Your school leader does not see this any more.")
    return _back(trajectory_id, part, words, "coaching.create_release")


def _back(trajectory_id: int, part: dict[str, int | None], words: str, undo: str) -> ResponseReturnValue:
    fields = {name: value for name, value in part.items() if value is not None}
    flash_undo(words, url_for(undo, trajectory_id=trajectory_id), fields)
    return redirect(
        url_for("coaching.show_start_agreement", trajectory_id=trajectory_id, _anchor="schoolleider")
    )

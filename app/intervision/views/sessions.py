"""A session: when and where it is, and who comes."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.intervision.policy import SEE_SESSIONS
from app.intervision.queries import session_with
from app.intervision.views.blueprint import blueprint
from app.intervision.views.seat_part import seat_part
from app.intervision.views.session_page import session_page
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>")
@requires(SEE_SESSIONS)
def show_session(session_id: int) -> ResponseReturnValue:
    """When and where, and who comes."""
    dated = session_with(acting(), session_id)
    return render_template("intervision/session.html", **session_page(dated), **seat_part(dated))

"""The expertise map: which school can do what."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.expertise.policy import SEE_MAP
from app.expertise.queries import taxonomy
from app.expertise.views.blueprint import blueprint
from app.web.guard import requires


@blueprint.get("/expertisekaart")
@requires(SEE_MAP)
def show_map() -> ResponseReturnValue:
    """Schools by domain, with gaps."""
    return render_template("expertise/map.html", taxonomy=taxonomy())

"""My own expertise."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import records_of, taxonomy
from app.expertise.views.blueprint import blueprint
from app.web.guard import acting, requires


@blueprint.get("/expertise")
@requires(KEEP_RECORDS)
def show_own() -> ResponseReturnValue:
    """What I know, like, learn and want, and who sees it."""
    return render_template("expertise/own.html", records=records_of(acting()), taxonomy=taxonomy())

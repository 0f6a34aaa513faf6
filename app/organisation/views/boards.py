"""School boards: the list, and giving one its name."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.kernel.errors import Invalid
from app.organisation.policy import MANAGE_SCHOOLS, SEE_SCHOOLS
from app.organisation.queries import board_with, boards
from app.organisation.schemas import BoardSchema
from app.organisation.services import schools as services
from app.organisation.views.blueprint import blueprint
from app.organisation.views.lists import tabs
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/besturen")
@requires(SEE_SCHOOLS)
def index_boards() -> ResponseReturnValue:
    """The boards of the network."""
    return render_template(
        "organisation/boards.html",
        tabs=tabs("organisation.index_boards"),
        boards=boards(),
        may_edit=acting().may(MANAGE_SCHOOLS),
    )


@blueprint.get("/besturen/<int:board_id>/bewerken")
@requires(MANAGE_SCHOOLS)
def edit_board(board_id: int) -> ResponseReturnValue:
    """Give a board its name."""
    return _form(board_id, {"name": board_with(board_id).name}, {})


@blueprint.post("/besturen/<int:board_id>/bewerken")
@requires(MANAGE_SCHOOLS)
def update_board(board_id: int) -> ResponseReturnValue:
    """Keep the name; undoing it is the same with what was there before."""
    try:
        before = services.name_board(acting(), board_id, read_form(BoardSchema()))
    except Invalid as wrong:
        return _form(board_id, request.form, wrong.fields), 422
    flash_undo(
        _("The name of the board has been saved."), url_for(".update_board", board_id=board_id), before
    )
    return redirect(url_for(".index_boards"))


def _form(board_id: int, values: Any, errors: Any) -> str:
    return render_template(
        "organisation/board_form.html", board=board_with(board_id), values=values, errors=errors
    )

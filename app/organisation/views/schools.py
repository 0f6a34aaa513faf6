"""Schools: the list, one school with its people, and correcting it."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.kernel.errors import Invalid
from app.organisation import labels
from app.organisation.policy import MANAGE_PEOPLE, MANAGE_SCHOOLS, SEE_SCHOOLS
from app.organisation.queries import boards, school_with, schools_page, staff_of
from app.organisation.queries.school_changes import closed_schools_with_roles
from app.organisation.schemas import SchoolListSchema, SchoolSchema
from app.organisation.services import schools as services
from app.organisation.views.blueprint import blueprint
from app.organisation.views.lists import is_narrowed, parts, tabs
from app.organisation.views.register import register_news
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/scholen")
@requires(SEE_SCHOOLS)
def index_schools() -> ResponseReturnValue:
    """The schools of the network."""
    asked = read_query(SchoolListSchema())
    page = schools_page(asked["narrowed"], asked["position"])
    count = ngettext("%(count)s school", "%(count)s schools", page.total, count=format_decimal(page.total))
    return render_template(
        "organisation/schools.html",
        tabs=tabs("organisation.index_schools"),
        schools=page.rows,
        pager_of_list=parts(page, count),
        narrowed=asked["narrowed"],
        is_narrowed=is_narrowed(),
        board_options=[(listed.board.id, labels.board_label(listed.board)) for listed in boards()],
        labels=labels,
        news=register_news() if acting().may(MANAGE_SCHOOLS) else None,
        closed=closed_schools_with_roles(acting()) if acting().may(MANAGE_SCHOOLS) else [],
        may_edit=acting().may(MANAGE_SCHOOLS),
    )


@blueprint.get("/scholen/<int:school_id>")
@requires(SEE_SCHOOLS)
def show_school(school_id: int) -> ResponseReturnValue:
    """A school; with its people for those who may know them."""
    shown = school_with(school_id)
    return render_template(
        "organisation/school.html",
        school=shown.school,
        board=shown.board,
        closure=shown.closure,
        staff=staff_of(acting(), school_id),
        labels=labels,
        may_edit=acting().may(MANAGE_SCHOOLS),
        may_manage_people=acting().may(MANAGE_PEOPLE),
    )


@blueprint.get("/scholen/<int:school_id>/bewerken")
@requires(MANAGE_SCHOOLS)
def edit_school(school_id: int) -> ResponseReturnValue:
    """Correct the name or the concept."""
    school = school_with(school_id).school
    return _form(school_id, {"name": school.name, "concept": school.concept}, {})


@blueprint.post("/scholen/<int:school_id>/bewerken")
@requires(MANAGE_SCHOOLS)
def update_school(school_id: int) -> ResponseReturnValue:
    """Keep the correction; undoing it is the same with what was there before."""
    try:
        before = services.edit_school(acting(), school_id, read_form(SchoolSchema()))
    except Invalid as wrong:
        return _form(school_id, request.form, wrong.fields), 422
    flash_undo(_("The school has been changed."), url_for(".update_school", school_id=school_id), before)
    return redirect(url_for(".show_school", school_id=school_id))


def _form(school_id: int, values: Any, errors: Any) -> str:
    shown = school_with(school_id)
    return render_template(
        "organisation/school_form.html", school=shown.school, values=values, errors=errors, labels=labels
    )

"""People: the list, somebody new, one person, and who she is."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation import labels
from app.organisation.models import INVITABLE
from app.organisation.policy import MANAGE_PEOPLE, SEE_PEOPLE
from app.organisation.queries import (
    all_workplaces,
    history_of,
    login_state_of,
    open_invitation_of,
    people_page,
    person_with,
    school_names,
)
from app.organisation.queries.inviting import mailing_with
from app.organisation.schemas import NewPersonSchema, PeopleListSchema, PersonSchema
from app.organisation.services import people as services
from app.organisation.views.blueprint import blueprint
from app.organisation.views.lists import asked_for, is_narrowed, parts, tabs
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.get("/mensen")
@requires(SEE_PEOPLE)
def index_people() -> ResponseReturnValue:
    """The people of the network."""
    asked = read_query(PeopleListSchema())
    page = people_page(acting(), asked["narrowed"], asked["position"])
    count = ngettext("%(count)s person", "%(count)s people", page.total, count=format_decimal(page.total))
    return render_template(
        "organisation/people.html",
        tabs=tabs("organisation.index_people"),
        people=page.rows,
        pager_of_list=parts(page, count),
        narrowed=asked["narrowed"],
        is_narrowed=is_narrowed(),
        are_invitable=asked["narrowed"].state in INVITABLE,
        asked=asked_for(PeopleListSchema()),
        schools=school_names(),
        labels=labels,
    )


@blueprint.get("/mensen/nieuw")
@requires(MANAGE_PEOPLE)
def new_person() -> ResponseReturnValue:
    """Add somebody; from the page of a school, that school is chosen already."""
    values = {
        "since": today().isoformat(),
        "invite": True,
        "school_id": request.args.get("school", type=int),
        "role": Role.IB,
    }
    return _new_form(values, {})


@blueprint.post("/mensen")
@requires(MANAGE_PEOPLE)
def create_person() -> ResponseReturnValue:
    """Add somebody with a first role, invited at once or not."""
    try:
        data = read_form(NewPersonSchema())
        person_id = services.add_person(acting(), data)
    except Invalid as wrong:
        return _new_form(request.form, wrong.fields), 422
    name = person_with(acting(), person_id).name
    if data["invite"]:
        flash(_("%(name)s has been added. The invitation is on its way.", name=name), "good")
    else:
        flash(_("%(name)s has been added.", name=name), "good")
    return redirect(url_for(".show_person", person_id=person_id))


@blueprint.get("/mensen/<int:person_id>")
@requires(SEE_PEOPLE)
def show_person(person_id: int) -> ResponseReturnValue:
    """One person: address, roles, whether she can sign in, and what was changed lately."""
    person = person_with(acting(), person_id)
    invitation = open_invitation_of(person)
    together = invitation.mailing_id if invitation else None
    return render_template(
        "organisation/person.html",
        person=person,
        is_self=person.id == acting().person_id,
        workplaces=all_workplaces(person),
        today=today(),
        state=login_state_of(person),
        invitation=invitation,
        planned_on=mailing_with(acting(), together).planned_on if together else None,
        history=history_of(person, labels.ACTIONS),
        labels=labels,
        may_manage=acting().may(MANAGE_PEOPLE),
    )


@blueprint.get("/mensen/<int:person_id>/bewerken")
@requires(MANAGE_PEOPLE)
def edit_person(person_id: int) -> ResponseReturnValue:
    """Correct name or address."""
    person = person_with(acting(), person_id)
    return _edit_form(person_id, {field: getattr(person, field) for field in services.FIELDS}, {})


@blueprint.post("/mensen/<int:person_id>/bewerken")
@requires(MANAGE_PEOPLE)
def update_person(person_id: int) -> ResponseReturnValue:
    """Keep the correction; undoing it is the same with what was there before."""
    try:
        before = services.edit_person(acting(), person_id, read_form(PersonSchema()))
    except Invalid as wrong:
        return _edit_form(person_id, request.form, wrong.fields), 422
    flash_undo(_("The change has been saved."), url_for(".update_person", person_id=person_id), before)
    return redirect(url_for(".show_person", person_id=person_id))


def _new_form(values: Any, errors: Any) -> str:
    return render_template(
        "organisation/person_new.html",
        values=values,
        errors=errors,
        schools=school_names(),
        labels=labels,
    )


def _edit_form(person_id: int, values: Any, errors: Any) -> str:
    person = person_with(acting(), person_id)
    invitation = open_invitation_of(person)
    return render_template(
        "organisation/person_form.html", person=person, values=values, errors=errors, invitation=invitation
    )

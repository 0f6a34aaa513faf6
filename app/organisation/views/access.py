"""Who can sign in: invite one person, invite again, withdraw, take access away."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import person_with
from app.organisation.services import invitations, people
from app.organisation.views.blueprint import blueprint
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.post("/mensen/<int:person_id>/uitnodiging")
@requires(MANAGE_PEOPLE)
def create_invitation(person_id: int) -> ResponseReturnValue:
    """Mail an invitation, the first or another."""
    invitations.invite(acting(), [person_id])
    flash_undo(
        _("The invitation is on its way."),
        url_for(".destroy_invitation", person_id=person_id),
        label=_("Withdraw"),
    )
    return redirect(url_for(".show_person", person_id=person_id))


@blueprint.post("/mensen/<int:person_id>/uitnodiging/intrekking")
@requires(MANAGE_PEOPLE)
def destroy_invitation(person_id: int) -> ResponseReturnValue:
    """Let the link of the invitation work no longer."""
    invitations.withdraw_invitation(acting(), person_id)
    flash_undo(
        _("The invitation has been withdrawn: its link works no longer."),
        url_for(".create_invitation", person_id=person_id),
        label=_("Invite again"),
    )
    return redirect(url_for(".show_person", person_id=person_id))


@blueprint.get("/mensen/<int:person_id>/toegang/einde")
@requires(MANAGE_PEOPLE)
def new_access_end(person_id: int) -> ResponseReturnValue:
    """What it means to take access away."""
    return render_template("organisation/access_end.html", person=person_with(acting(), person_id))


@blueprint.post("/mensen/<int:person_id>/toegang/einde")
@requires(MANAGE_PEOPLE, with_identities=True)
def create_access_end(person_id: int) -> ResponseReturnValue:
    """Take access away, and end every session."""
    people.take_away_access(acting(), person_id)
    flash(_("The access has been taken away. Who was signed in has been signed out."), "good")
    return redirect(url_for(".show_person", person_id=person_id))

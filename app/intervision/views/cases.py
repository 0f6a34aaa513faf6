"""The case of a session: to prepare one's own, and to read what others share."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.policy import JOIN_IN
from app.intervision.queries import case_kept_until, cases_of_others, own_case, standing_in
from app.intervision.schemas import CaseSchema
from app.intervision.services import cases as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.session_page import session_page
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.organisation.queries import people_by_id
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>/casus")
@requires(JOIN_IN)
def edit_case(session_id: int) -> ResponseReturnValue:
    """What I bring, and what others share."""
    case = own_case(session_id, acting().person_id)
    return _page(session_id, {name: getattr(case, name) if case else "" for name in services.FIELDS}, {})


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/casus")
@requires(JOIN_IN)
def update_case(session_id: int) -> ResponseReturnValue:
    """Keep what I bring."""
    services.case_standing(acting(), session_id)
    schema = CaseSchema()
    try:
        services.save_case(acting(), session_id, read_form(schema))
    except Invalid as wrong:
        empty = dict.fromkeys(services.FIELDS, "")
        return _page(session_id, empty | form_values(schema), wrong.fields), 422
    flash(_("Your case has been saved."), "good")
    return _back(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/casus/deling")
@requires(JOIN_IN)
def create_case_sharing(session_id: int) -> ResponseReturnValue:
    """Let those who take part read my case."""
    services.share_case(acting(), session_id)
    flash(_("Who has a seat in this session can now read your case."), "good")
    return _back(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/casus/deling/intrekking")
@requires(JOIN_IN)
def destroy_case_sharing(session_id: int) -> ResponseReturnValue:
    """Take my case back."""
    services.take_case_back(acting(), session_id)
    flash(_("Only you read your case again."))
    return _back(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/casus/verwijdering")
@requires(JOIN_IN)
def destroy_case(session_id: int) -> ResponseReturnValue:
    """Delete my case for good."""
    services.destroy_case(acting(), session_id)
    flash(_("Your case has been deleted."))
    return _back(session_id)


def _page(session_id: int, values: dict[str, Any], errors: Any) -> str:
    standing = services.case_standing(acting(), session_id)
    others = cases_of_others(standing)
    return render_template(
        "intervision/case.html",
        **session_page(standing.dated),
        standing=standing,
        case=own_case(session_id, acting().person_id),
        others=others,
        people=people_by_id({case.person_id for case in others}),
        kept_until=case_kept_until(standing.dated),
        values=values,
        errors=errors,
        seems_about_pupil=seems_about_pupil(values[name] for name in services.FIELDS),
        labels={
            "happened": _("What happened?"),
            "question": _("What is my question?"),
            "tried": _("What have I tried already?"),
            "wanted": _("What do I want from the group?"),
        },
        read_labels={
            "happened": _("What happened"),
            "question": _("The question"),
            "tried": _("Tried already"),
            "wanted": _("Wanted from the group"),
        },
    )


def _back(session_id: int) -> ResponseReturnValue:
    """To the case; to the session for who can't open it any more, since her case was all she had in it."""
    standing = standing_in(acting(), session_id)
    stays = standing.has_seat or own_case(session_id, acting().person_id) is not None
    endpoint = "intervision.edit_case" if stays else "intervision.show_session"
    return redirect(url_for(endpoint, session_id=session_id))

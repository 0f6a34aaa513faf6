"""Invitations of a whole network: who was invited and what became of it, inviting many, and stopping that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.jobs.models import LongWork, WorkState
from app.jobs.progress import work_on
from app.kernel.clock import today
from app.kernel.errors import Invalid
from app.organisation import labels
from app.organisation.models import INVITABLE, LoginState
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import PeopleFilter, school_names
from app.organisation.queries.inviting import (
    Choice,
    MailingCounts,
    chosen_counts,
    invited_page,
    mailing_counts,
    mailing_with,
    newest_invitation,
    state_counts,
    unsent_mailings,
)
from app.organisation.schemas import ChoiceSchema, MailingSchema, PeopleListSchema
from app.organisation.services import mailings as services
from app.organisation.views.blueprint import blueprint
from app.organisation.views.lists import asked_for, is_narrowed, parts, tabs
from app.web.forms import read, read_form, read_query
from app.web.guard import acting, requires


@dataclass(frozen=True, slots=True)
class MailingOnPage:
    """A mailing that is being sent, as the progress bar shows it."""

    id: int
    state: str
    percent: int
    title: str
    text: str
    url: str
    cancel_url: str


@blueprint.get("/uitnodigingen")
@requires(MANAGE_PEOPLE)
def index_invitations() -> ResponseReturnValue:
    """Who has access and who has not: counts that are filters, and the people behind them."""
    asked = read_query(PeopleListSchema())
    narrowed: PeopleFilter = asked["narrowed"]
    counts = state_counts(acting(), narrowed)
    page = invited_page(acting(), narrowed, asked["position"])
    count = ngettext("%(count)s person", "%(count)s people", page.total, count=format_decimal(page.total))
    return render_template(
        "organisation/invitations.html",
        tabs=tabs("organisation.index_invitations"),
        state_links=_state_links(counts, narrowed.state),
        unsent=unsent_mailings(acting()),
        people=page.rows,
        pager_of_list=parts(page, count),
        narrowed=narrowed,
        is_narrowed=is_narrowed(),
        invitable=INVITABLE,
        has_invitable=any(row.state in INVITABLE for row in page.rows),
        seen=newest_invitation(),
        asked=asked_for(PeopleListSchema()),
        total=page.total,
        today=today(),
        schools=school_names(),
        labels=labels,
    )


@blueprint.get("/uitnodigingen/nieuw")
@requires(MANAGE_PEOPLE)
def new_invitations() -> ResponseReturnValue:
    """Who gets a mail, and when, before it is too late."""
    return _form(read_query(ChoiceSchema())["choice"], request.args, {"reminds": True}, {})


@blueprint.post("/uitnodigingen")
@requires(MANAGE_PEOPLE)
def create_invitations() -> ResponseReturnValue:
    """Mail everybody who was chosen, now or later."""
    try:
        asked = read_form(MailingSchema())
        mailing_id = services.start_mailing(
            acting(), asked["choice"], reminds=asked["reminds"], planned_on=asked["planned_on"]
        )
    except Invalid as wrong:
        return _form(_choice_in_form(), request.form, request.form, wrong.fields), 422
    if mailing_id is None:
        flash(
            _("Nobody was left to invite: whom you chose has been invited meanwhile, or has access."), "warn"
        )
        return redirect(url_for(".index_invitations"))
    return redirect(url_for(".show_mailing", mailing_id=mailing_id))


@blueprint.get("/uitnodigingen/verzendingen/<int:mailing_id>")
@requires(MANAGE_PEOPLE)
def show_mailing(mailing_id: int) -> ResponseReturnValue:
    """How far a mailing is, what became of it, or when it goes out."""
    mailing = mailing_with(acting(), mailing_id)
    counts = mailing_counts(mailing)
    work = work_on(services.SEND_MAILING, mailing_id)
    is_busy = work is not None and not work.has_ended
    job = _on_page(work, counts, mailing.size) if work and is_busy else None
    if "HX-Request" in request.headers:
        here = url_for(".show_mailing", mailing_id=mailing_id)
        bar = render_template("organisation/mailing_bar.html", job=job)
        return bar if job else ("", 200, {"HX-Redirect": here})
    return render_template(
        "organisation/mailing.html",
        mailing=mailing,
        counts=counts,
        job=job,
        has_begun=work is not None,
        has_failed=work is not None and work.state == WorkState.FAILED,
    )


@blueprint.post("/uitnodigingen/verzendingen/<int:mailing_id>/annulering")
@requires(MANAGE_PEOPLE)
def destroy_mailing(mailing_id: int) -> ResponseReturnValue:
    """Send no more of it."""
    count = services.stop_mailing(acting(), mailing_id)
    flash(
        ngettext(
            "%(count)s invitation is not sent.", "%(count)s invitations are not sent.", count,
            count=format_decimal(count),
        ),
        "good",
    )  # fmt: skip
    return redirect(url_for(".show_mailing", mailing_id=mailing_id))


def _state_links(
    counts: Mapping[LoginState, int], current: LoginState | None
) -> list[tuple[Any, int, str, bool]]:
    """Label, count, address and whether it is this one: for everybody, and for each state."""
    asked: dict[str, Any] = asked_for(PeopleListSchema())
    asked.pop("toegang", None)
    everybody = (
        _("Everybody"),
        sum(counts.values()),
        url_for(".index_invitations", **asked),
        current is None,
    )
    links = [
        (
            labels.LOGIN_STATES[state],
            count,
            url_for(".index_invitations", **asked, toegang=state),
            state == current,
        )
        for state, count in counts.items()
    ]
    return [everybody, *links]


def _choice_in_form() -> Choice:
    """Whom the form is about, whatever is wrong with the rest of it."""
    known = {name: request.form.getlist(name) for name in ChoiceSchema().fields if name in request.form}
    values = {name: texts if name == "wie" else texts[0] for name, texts in known.items()}
    return read(ChoiceSchema(), values)["choice"]


def _form(choice: Choice, sent: MultiDict[str, str], values: Any, errors: Any) -> str:
    counts = chosen_counts(acting(), choice)
    chosen = len(set(choice.person_ids))
    hidden = [(name, value) for name in ChoiceSchema().fields for value in sent.getlist(name) if value]
    asked: dict[str, Any] = {name: value for name, value in hidden if name in PeopleListSchema().fields}
    return render_template(
        "organisation/invitations_new.html",
        counts=counts,
        count=sum(counts.values()),
        left_out=0 if choice.is_everybody else chosen - sum(counts.values()),
        nobody_chosen=not (chosen or choice.is_everybody),
        hidden=hidden,
        values=values,
        errors=errors,
        today=today(),
        back_url=url_for(".index_invitations", **asked),
    )


def _on_page(work: LongWork, counts: MailingCounts, size: int) -> MailingOnPage:
    return MailingOnPage(
        id=work.id,
        state=work.state,
        percent=100 * (size - counts.waiting) // size,
        title=_("Sending the invitations"),
        text=_(
            "%(sent)s of %(size)s have been sent.",
            sent=format_decimal(counts.sent),
            size=format_decimal(size),
        ),
        url=url_for(".show_mailing", mailing_id=work.subject_id),
        cancel_url=url_for(".destroy_mailing", mailing_id=work.subject_id),
    )

"""What the national register has otherwise than the network: look, take over, take back."""

from typing import NamedTuple

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.organisation import labels, register_words
from app.organisation.policy import MANAGE_SCHOOLS
from app.organisation.queries import boards
from app.organisation.queries.school_changes import (
    SchoolChange,
    SchoolChanges,
    closed_schools_with_roles,
    counts_of,
    school_changes,
)
from app.organisation.register import ChangeKind
from app.organisation.schemas import RegisterReviewSchema, RegisterUndoSchema
from app.organisation.services import school_changes as services
from app.organisation.views.blueprint import blueprint
from app.web.forms import read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo


class ChangeOnPage(NamedTuple):
    """A change with its two states in words."""

    change: SchoolChange
    before: str
    after: str
    is_ticked: bool


@blueprint.get("/scholen/register")
@requires(MANAGE_SCHOOLS)
def show_register() -> ResponseReturnValue:
    """Every change, by kind, each with a box."""
    changes = school_changes(acting())
    return render_template(
        "organisation/register.html",
        register=changes.register,
        is_reviewed=changes.is_reviewed,
        groups=_groups(changes),
        closed=closed_schools_with_roles(acting()),
        total=len(changes.rows),
        words=register_words,
        labels=labels,
    )


@blueprint.post("/scholen/register")
@requires(MANAGE_SCHOOLS)
def create_register_review() -> ResponseReturnValue:
    """Take over what was ticked; the rest is left until the register changes again."""
    data = read_form(RegisterReviewSchema())
    count = services.apply_changes(acting(), data["digest"], set(data["wijziging"]))
    if not count:
        flash(_("Nothing was taken over. The changes stay here, should you want them later."))
        return redirect(url_for(".index_schools"))
    flash_undo(
        ngettext(
            "%(count)s change has been taken over.", "%(count)s changes have been taken over.", count,
            count=format_decimal(count),
        ),
        url_for(".destroy_register_review"),
        {"digest": data["digest"]},
    )  # fmt: skip
    return redirect(url_for(".show_register"))


@blueprint.post("/scholen/register/terugdraaiing")
@requires(MANAGE_SCHOOLS)
def destroy_register_review() -> ResponseReturnValue:
    """Put back what was taken over the last time."""
    services.undo_changes(acting(), read_form(RegisterUndoSchema())["digest"])
    flash(_("The schools are as they were before."), "good")
    return redirect(url_for(".show_register"))


def register_news() -> str | None:
    """For the list of schools: what changed in the register, in a sentence; None where nobody has to look at it."""
    changes = school_changes(acting())
    if changes.is_reviewed or not changes.rows:
        return None
    counts = counts_of(changes)
    return ", ".join(register_words.count_words(kind, count) for kind, count in counts.items())


def _groups(changes: SchoolChanges) -> list[tuple[ChangeKind, list[ChangeOnPage]]]:
    names = {listed.board.number: listed.board.name or "" for listed in boards()}
    on_page = [_on_page(change, changes, names) for change in changes.rows]
    return [(kind, [row for row in on_page if row.change.kind is kind]) for kind in counts_of(changes)]


def _on_page(change: SchoolChange, changes: SchoolChanges, names: dict[str, str]) -> ChangeOnPage:
    return ChangeOnPage(
        change,
        before=register_words.told(change.kind, change.before, change.after, names),
        after=_becomes(change, names),
        is_ticked=not (change.is_own or changes.is_reviewed),
    )


def _becomes(change: SchoolChange, names: dict[str, str]) -> str:
    if change.kind is ChangeKind.LEFT and change.after:
        return change.after.network_code
    return register_words.told(change.kind, change.after, change.before, names)

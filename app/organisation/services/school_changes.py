"""Take over from the register what a coordinator wants of it, and take that back."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from app.kernel.actor import Actor
from app.kernel.audit import record_each
from app.kernel.errors import Conflict
from app.organisation.models import Assignment, Board, RegisterReview, School, SchoolClosure
from app.organisation.networks import add_boards, school_row
from app.organisation.policy import MANAGE_SCHOOLS
from app.organisation.queries.school_changes import SchoolChange, school_changes
from app.organisation.register import ChangeKind, Register
from app.organisation.register.changes import ADDRESS, DETAILS
from tenants.session import session

Effect = dict[str, Any]
"""What was done to a school: its id, and what was there before. JSON."""

_COPIED = {
    ChangeKind.RENAMED: ("name", "registered_name"),
    ChangeKind.MOVED: (*ADDRESS, "latitude", "longitude"),
    ChangeKind.BOARD: ("board_id",),
    ChangeKind.DETAILS: tuple(name for name in DETAILS if hasattr(School, name)),
}
"""The columns that a change writes."""


@dataclass(frozen=True, slots=True)
class _Work:
    """What every change needs to be taken over."""

    actor: Actor
    register: Register
    boards: dict[str, int]


def apply_changes(actor: Actor, digest: str, keys: Collection[str]) -> int:
    """Take over the changes with these keys, all or none, and leave the others on purpose; gives how many were.

    Raises Conflict when another edition came into use since the page with this digest was opened.
    """
    actor.require(MANAGE_SCHOOLS)
    _begin_review(actor, digest)
    changes = school_changes(actor)
    if changes.register.digest != digest:
        raise Conflict(_("The register was updated just now. Look at the changes once more."))
    wanted = [change for change in changes.rows if change.key in keys]
    work = _Work(actor, changes.register, _boards_for(wanted))
    effects = [_APPLY[change.kind](work, change) for change in wanted]
    session().execute(update(RegisterReview).where(RegisterReview.digest == digest).values(effects=effects))
    record_each(actor, "apply register", "school", [effect["school_id"] for effect in effects])
    return len(wanted)


def undo_changes(actor: Actor, digest: str) -> None:
    """Put back what was taken over of this edition the last time.

    Raises Conflict when somebody works meanwhile at a school that was new.
    """
    actor.require(MANAGE_SCHOOLS)
    review = session().scalar(select(RegisterReview).where(RegisterReview.digest == digest).with_for_update())
    if review is None or not review.effects:
        raise Conflict(_("There is nothing to undo: somebody was first."))
    for effect in reversed(review.effects):
        _put_back(actor, effect)
    record_each(actor, "undo register", "school", [effect["school_id"] for effect in review.effects])
    session().delete(review)
    session().flush()


def _begin_review(actor: Actor, digest: str) -> None:
    """First of all, so that of two coordinators the second waits, and finds what is left."""
    seen = upsert(RegisterReview).values(digest=digest, by_id=actor.person_id, effects=[])
    session().execute(
        seen.on_conflict_do_update(
            index_elements=["tenant_id", "digest"], set_={"by_id": actor.person_id, "at": func.now()}
        )
    )


def _boards_for(wanted: Collection[SchoolChange]) -> dict[str, int]:
    """The boards of the network by number, with those that come with these changes."""
    boards = {board.number: board.id for board in session().scalars(select(Board))}
    numbers = {
        change.after.board_number
        for change in wanted
        if change.after and change.kind in {ChangeKind.NEW, ChangeKind.BOARD}
    }
    new = sorted(numbers - set(boards))
    return boards | dict(add_boards(new)) if new else boards


def _add(work: _Work, change: SchoolChange) -> Effect:
    assert change.after is not None
    added = insert(School).values(**school_row(change.after, work.boards)).returning(School.id)
    return {"school_id": session().scalar(added), "is_new": True}


def _copy(work: _Work, change: SchoolChange) -> Effect:
    """Write what the register has into the columns of this kind of change."""
    assert change.after is not None
    school = session().scalars(select(School).where(School.id == change.school_id)).one()
    values = school_row(change.after, {change.after.board_number: school.board_id} | work.boards)
    before = {name: getattr(school, name) for name in _COPIED[change.kind]}
    for name in before:
        setattr(school, name, values[name])
    return {"school_id": school.id, "before": before}


def _close(work: _Work, change: SchoolChange) -> Effect:
    closure = SchoolClosure(
        school_id=change.school_id,
        closed_on=work.register.dated_on,
        to_network=change.after.network_code if change.after else None,
        by_id=work.actor.person_id,
    )
    session().add(closure)
    return {"school_id": change.school_id, "is_closed": True}


def _reopen(_work: _Work, change: SchoolChange) -> Effect:
    gone = delete(SchoolClosure).where(SchoolClosure.school_id == change.school_id)
    closed_on, to_network = (
        session().execute(gone.returning(SchoolClosure.closed_on, SchoolClosure.to_network)).one()
    )
    return {"school_id": change.school_id, "closed_on": closed_on.isoformat(), "to_network": to_network}


_APPLY: dict[ChangeKind, Callable[[_Work, SchoolChange], Effect]] = {
    ChangeKind.NEW: _add,
    ChangeKind.REOPENED: _reopen,
    ChangeKind.RENAMED: _copy,
    ChangeKind.MOVED: _copy,
    ChangeKind.BOARD: _copy,
    ChangeKind.CLOSED: _close,
    ChangeKind.LEFT: _close,
    ChangeKind.DETAILS: _copy,
}


def _put_back(actor: Actor, effect: Effect) -> None:
    school_id = effect["school_id"]
    if effect.get("is_new"):
        if session().scalar(select(Assignment.id).where(Assignment.school_id == school_id).limit(1)):
            raise Conflict(_("This can't be undone any more: somebody has a role at a school that was new."))
        session().execute(delete(School).where(School.id == school_id))
    elif effect.get("is_closed"):
        session().execute(delete(SchoolClosure).where(SchoolClosure.school_id == school_id))
    elif "closed_on" in effect:
        closed_on = date.fromisoformat(effect["closed_on"])
        session().add(
            SchoolClosure(
                school_id=school_id,
                closed_on=closed_on,
                to_network=effect["to_network"],
                by_id=actor.person_id,
            )
        )
    else:
        session().execute(update(School).where(School.id == school_id).values(**effect["before"]))

"""Give roles, end them, and move them to another school."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Invalid, NotFound
from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.models import Assignment, School
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import person_with
from app.organisation.queries.people import SUBJECT
from app.organisation.queries.schools import is_open
from app.organisation.services.coordinators import keep_a_coordinator
from tenants.session import session

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Move:
    """What a move did: the role that began, and the last day that the old one had before."""

    new_id: int
    until: date | None


def add_role(actor: Actor, person_id: int, data: dict[str, Any]) -> int:
    """Give somebody a role for a period; gives the id of the assignment. Raises Invalid for an unknown school."""
    actor.require(MANAGE_PEOPLE)
    person = person_with(actor, person_id)
    role = Role(data["role"])
    school_id = _known_school(data.get("school_id")) if role in AT_SCHOOL else None
    assignment = Assignment(
        person_id=person.id, role=role, school_id=school_id, since=data["since"], until=data.get("until")
    )
    session().add(assignment)
    session().flush()
    record(actor, "add role", SUBJECT, person.id)
    return assignment.id


def end_role(actor: Actor, person_id: int, assignment_id: int, until: date) -> date | None:
    """Let a role end after a last day; gives the last day it had before, for undoing.

    Raises Invalid for a day before the first, and Conflict for the last coordinator.
    """
    assignment = _assignment(actor, person_id, assignment_id)
    if until < assignment.since:
        raise Invalid({"until": [_("This role begins later. Choose a last day on or after its first day.")]})
    before, assignment.until = assignment.until, until
    _keep_a_coordinator(assignment, until + ONE_DAY)
    record(actor, "end role", SUBJECT, person_id)
    return before


def reopen_role(actor: Actor, person_id: int, assignment_id: int, until: date | None) -> None:
    """Give a role the last day back that it had before; None lets it go on."""
    assignment = _assignment(actor, person_id, assignment_id)
    assignment.until = until
    record(actor, "reopen role", SUBJECT, person_id)


def remove_role(actor: Actor, person_id: int, assignment_id: int) -> None:
    """Take back a role that was given by mistake, as if it had never been. Raises Conflict for the last coordinator."""
    assignment = _assignment(actor, person_id, assignment_id)
    _keep_a_coordinator(assignment, assignment.since)
    session().delete(assignment)
    record(actor, "remove role", SUBJECT, person_id)


def move_role(actor: Actor, person_id: int, assignment_id: int, data: dict[str, Any]) -> Move:
    """End a role at one school and let it begin at another, the day after.

    Raises Invalid for an unknown school, for the same one, and for a day on or before the first of the old role.
    """
    old = _assignment(actor, person_id, assignment_id)
    school_id = _known_school(data["school_id"])
    if old.school_id is None:
        raise NotFound
    if school_id == old.school_id:
        raise Invalid({"school_id": [_("This is the school where she works now. Choose another.")]})
    if data["since"] <= old.since:
        raise Invalid(
            {"since": [_("The role at the old school begins later. Choose a day after its first day.")]}
        )
    new = Assignment(
        person_id=person_id,
        role=old.role,
        school_id=school_id,
        since=data["since"],
        until=_after(old, data["since"]),
    )
    before, old.until = old.until, data["since"] - ONE_DAY
    session().add(new)
    session().flush()
    record(actor, "move role", SUBJECT, person_id)
    return Move(new.id, before)


def undo_move(actor: Actor, person_id: int, assignment_id: int, new_id: int, until: date | None) -> None:
    """Take a move back: the role at the new school never was, the old one ends when it did before."""
    new, old = _assignment(actor, person_id, new_id), _assignment(actor, person_id, assignment_id)
    session().delete(new)
    session().flush()
    old.until = until
    record(actor, "undo move", SUBJECT, person_id)


def _assignment(actor: Actor, person_id: int, assignment_id: int) -> Assignment:
    actor.require(MANAGE_PEOPLE)
    found = session().scalar(
        select(Assignment).where(Assignment.id == assignment_id, Assignment.person_id == person_id)
    )
    if found is None:
        raise NotFound
    return found


def _known_school(school_id: int | None) -> int:
    found = session().scalar(select(School.id).where(School.id == school_id, is_open()))
    if found is None:
        raise Invalid({"school_id": [_("Choose the school where this role is held.")]})
    return found


def _after(old: Assignment, since: date) -> date | None:
    """A last day that was agreed on holds at the new school too, unless it lies before the move."""
    return old.until if old.until and old.until >= since else None


def _keep_a_coordinator(assignment: Assignment, from_day: date) -> None:
    if assignment.role == Role.COORDINATOR:
        keep_a_coordinator(assignment.person_id, from_day)

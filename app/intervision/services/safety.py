"""Agree to keep things inside, and say how safe a session felt, so that nobody can tell who said what."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import case, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from app.intervision.models import PULSE_ANSWERS, PULSE_STATEMENTS, Pledge, PulseCount, PulseGiven
from app.intervision.policy import JOIN_IN
from app.intervision.queries import Standing, belonging_to, has_given_pulse, pulse_of, taking_part_in
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict
from tenants.session import session

STATEMENTS = tuple(f"statement_{number}" for number in range(1, PULSE_STATEMENTS + 1))
"""The fields of the pulse, in the order of the statements."""


def pledge(actor: Actor, session_id: int) -> None:
    """Agree, for the whole group of a session, that what is told in it stays there."""
    actor.require(JOIN_IN)
    standing = belonging_to(actor, session_id)
    group_id = standing.dated.group.id
    agreed = insert(Pledge).values(group_id=group_id, person_id=actor.person_id).on_conflict_do_nothing()
    session().execute(agreed)
    if not standing.has_pledged:
        record(actor, "agree to confidentiality", "intervision_group", group_id)


def give_pulse(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Answer the three statements, once. Raises Conflict when it is not open, or was answered already.

    Each answer writes all the counts of the session, also those that stay the same: so neither the order in which rows
    came nor the transaction that wrote them last tells which answer was whose.
    """
    actor.require(JOIN_IN)
    asked_for_pulse(actor, session_id)
    session().add(PulseGiven(session_id=session_id, person_id=actor.person_id))
    session().flush()
    session().execute(insert(PulseCount).values(_empty_counts(session_id)).on_conflict_do_nothing())
    chosen = [(number, data[name]) for number, name in enumerate(STATEMENTS, start=1)]
    more = case((tuple_(PulseCount.statement, PulseCount.answer).in_(chosen), 1), else_=0)
    raised = update(PulseCount).where(PulseCount.session_id == session_id)
    session().execute(
        raised.values(number=PulseCount.number + more).execution_options(synchronize_session=False)
    )
    record(actor, "answer safety pulse", "intervision_session", session_id)


def asked_for_pulse(actor: Actor, session_id: int) -> Standing:
    """How the actor stands to a session whose pulse waits for her. Raises Conflict when it does not, or no more."""
    standing = taking_part_in(actor, session_id)
    if not pulse_of(standing.dated).is_open:
        raise Conflict(_("These statements can't be answered now."))
    if has_given_pulse(session_id, actor.person_id):
        raise Conflict(_("You have answered already. Your answer counts."))
    return standing


def _empty_counts(session_id: int) -> list[dict[str, int]]:
    return [
        {"session_id": session_id, "statement": statement, "answer": answer, "number": 0}
        for statement in range(1, PULSE_STATEMENTS + 1)
        for answer in range(1, PULSE_ANSWERS + 1)
    ]

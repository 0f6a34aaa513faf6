"""Methods of the network's own: write one, change it, retire it and take it back."""

from secrets import token_hex
from typing import Any

from app.intervision.models import Method
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import own_method
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from tenants.session import session


def add_method(actor: Actor, data: dict[str, Any]) -> str:
    """Write a method that every group can choose; gives its code. The database refuses a name that is taken."""
    actor.require(RUN_SEASONS)
    method = Method(code=f"own-{token_hex(4)}", by_id=actor.person_id, **data)
    session().add(method)
    session().flush()
    record(actor, "add method", "method", method.id)
    return method.code


def change_method(actor: Actor, code: str, data: dict[str, Any]) -> None:
    """Change a method. A session that was begun keeps the steps as they were."""
    actor.require(RUN_SEASONS)
    method = own_method(code)
    method.name, method.steps = data["name"], data["steps"]
    session().flush()
    record(actor, "change method", "method", method.id)


def retire_method(actor: Actor, code: str) -> None:
    """Let nobody choose a method any more."""
    actor.require(RUN_SEASONS)
    method = own_method(code)
    if method.retired_at is None:
        method.retired_at = now()
        record(actor, "retire method", "method", method.id)


def restore_method(actor: Actor, code: str) -> None:
    """Let a method be chosen again."""
    actor.require(RUN_SEASONS)
    method = own_method(code)
    if method.retired_at is not None:
        method.retired_at = None
        record(actor, "restore method", "method", method.id)

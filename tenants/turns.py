"""Turns within a network: who takes one goes on when everybody before her is done, and has it until her unit of work ends."""

from sqlalchemy import ColumnElement, func, select

from tenants.context import current_network_id
from tenants.session import session


def take_turn(what: str) -> None:
    """Wait until nobody else has this turn or holds it off."""
    session().execute(select(func.pg_advisory_xact_lock(_key(what))))


def hold_off_turn(what: str) -> None:
    """Wait until nobody has this turn; until this unit ends nobody takes it, while others may hold it off too."""
    session().execute(select(func.pg_advisory_xact_lock_shared(_key(what))))


def _key(what: str) -> ColumnElement[int]:
    return func.hashtextextended(f"{current_network_id()}:{what}", 0)

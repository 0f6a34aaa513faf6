"""Replace the master key while people work: what it wraps is wrapped anew, a network at a time."""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import select

from config.settings import MasterKey
from tenants.keys import CannotOpen, is_wrapped_now, unwrap_data_key, wrap_data_key
from tenants.models import Tenant
from tenants.session import Database


class Wrapping(StrEnum):
    """With which master key the data key of a network can be opened."""

    CURRENT = "current"
    OLDER = "older"
    LOST = "lost"
    """With none that the settings have: nobody in the network can work."""


def wrappings(database: Database, master_key: MasterKey) -> Mapping[str, Wrapping]:
    """How each network stands, by its slug."""
    with database.global_unit(read_only=True) as unit:
        tenants = unit.scalars(select(Tenant).order_by(Tenant.id)).all()
    return {tenant.slug: _wrapping(tenant, master_key) for tenant in tenants}


def wrap_anew(database: Database, master_key: MasterKey, slug: str) -> None:
    """Wrap the data key of one network with the current master key; a second time changes nothing.

    A transaction of its own: who is at work waits for nothing, and a run that is broken off goes on where it was.
    Raises CannotOpen.
    """
    with database.global_unit() as unit:
        tenant = unit.scalars(select(Tenant).where(Tenant.slug == slug).with_for_update()).one()
        if not is_wrapped_now(master_key, tenant.wrapped_data_key, slug):
            data_key = unwrap_data_key(master_key, tenant.wrapped_data_key, slug)
            tenant.wrapped_data_key = wrap_data_key(master_key, data_key, slug)


def _wrapping(tenant: Tenant, master_key: MasterKey) -> Wrapping:
    if is_wrapped_now(master_key, tenant.wrapped_data_key, tenant.slug):
        return Wrapping.CURRENT
    try:
        unwrap_data_key(master_key, tenant.wrapped_data_key, tenant.slug)
    except CannotOpen:
        return Wrapping.LOST
    return Wrapping.OLDER

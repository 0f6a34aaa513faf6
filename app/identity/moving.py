"""Logins of a network that leaves an installation or enters one: addresses only, and never a password."""

from collections.abc import Mapping, Sequence

from sqlalchemy import any_, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.types import String

from app.identity.models import Login, Membership
from app.identity.secrets import NO_PASSWORD
from tenants.session import session


def addresses_of_members(network_id: int) -> Mapping[int, str]:
    """The address of each member of a network, by the id of her login. In a unit that sees identities."""
    members = (
        select(Login.id, Login.email)
        .join(Membership, Membership.identity_id == Login.id)
        .where(Membership.network_id == network_id)
    )
    return dict(session().execute(members).all())


def join_by_address(network_id: int, addresses: Sequence[str]) -> Mapping[str, int]:
    """Make the logins of these addresses members of a network; gives their ids by address.

    Who has a login here keeps it, with its password. The others get one without: they choose a password by mail.
    """
    if not addresses:
        return {}
    new = insert(Login).on_conflict_do_nothing()
    session().execute(new, [{"email": address, "password_hash": NO_PASSWORD} for address in addresses])
    wanted = Login.email == any_(literal(list(addresses), ARRAY(String)))
    logins = dict(session().execute(select(Login.email, Login.id).where(wanted)).all())
    members = [{"identity_id": login_id, "network_id": network_id} for login_id in logins.values()]
    session().execute(insert(Membership), members)
    return logins

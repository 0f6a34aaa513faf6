"""Prepare a database, and make, suspend and open networks."""

from sqlalchemy import Connection, select, text

from config.settings import MasterKey
from tenants.keys import new_key, wrap_data_key
from tenants.models import Standing, Tenant
from tenants.session import Database, session

OWNER, APP, MIGRATE = "vo_owner", "vo_app", "vo_migrate"
"""Roles: owner of the tables (nobody logs in with it), web server and worker, migrations and backups."""

RESERVED_SLUGS = frozenset(
    [
        "account",
        "api",
        "beheer",
        "demo",
        "gezond",
        "inloggen",
        "jobs",
        "metrics",
        "netwerken",
        "static",
        "taal",
        "uitloggen",
        "uitnodiging",
        "wachtwoord",
        "wachtwoord-vergeten",
        "webhooks",
    ]
)
"""First parts of URLs that are no network."""


class UnknownNetwork(LookupError):
    """There is no network with this slug."""


class SlugTaken(ValueError):
    """The slug or the code is in use, or it is the first part of one of our own URLs."""


def create_roles(superuser: Connection) -> None:
    """Make the roles where they do not exist; the cluster shares them between databases."""
    for role, rights in ((OWNER, "NOLOGIN"), (APP, "LOGIN"), (MIGRATE, "LOGIN BYPASSRLS")):
        if not superuser.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}):
            superuser.execute(text(f"CREATE ROLE {role} {rights} NOSUPERUSER NOCREATEDB NOCREATEROLE"))
    # The drill restores a backup into a database of its own.
    superuser.execute(text(f"ALTER ROLE {MIGRATE} CREATEDB"))
    superuser.execute(text(f"GRANT {OWNER} TO {MIGRATE}"))


def create_network(database: Database, master_key: MasterKey, *, slug: str, code: str, name: str) -> Tenant:
    """Make an empty network with a data key of its own. Raises SlugTaken."""
    with database.global_unit() as unit:
        refuse_taken(slug, code)
        tenant = Tenant(
            slug=slug, code=code, name=name, wrapped_data_key=wrap_data_key(master_key, new_key(), slug)
        )
        unit.add(tenant)
        unit.flush()
    return tenant


def refuse_taken(slug: str, code: str) -> None:
    """Raise SlugTaken unless a network with this slug and code can be made. Inside a global unit."""
    taken = session().scalar(select(Tenant.id).where((Tenant.slug == slug) | (Tenant.code == code)))
    if taken or slug in RESERVED_SLUGS:
        raise SlugTaken(slug)


def set_standing(slug: str, standing: Standing) -> None:
    """Let a network work, read only, or stop it. Raises UnknownNetwork. Inside a global unit."""
    tenant_with(slug).standing = standing


def tenant_with(slug: str) -> Tenant:
    """Find a network by its slug. Raises UnknownNetwork. Inside a global unit."""
    tenant = session().scalar(select(Tenant).where(Tenant.slug == slug))
    if tenant is None:
        raise UnknownNetwork(slug)
    return tenant


def all_tenants() -> list[Tenant]:
    """Every network in order of its code. Inside a global unit."""
    return list(session().scalars(select(Tenant).order_by(Tenant.code)))

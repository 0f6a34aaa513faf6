"""Alembic's environment. Migrations run as the role that migrates, and make everything as the owner."""

from importlib import import_module

from alembic import context
from sqlalchemy import create_engine, text

from tenants.base import Base, EncryptedText
from tenants.provision import OWNER

MODELS = (
    "tenants.models",
    "app.kernel.audit",
    "app.kernel.mail",
    "app.jobs.models",
    "app.identity.models",
    "app.organisation.models",
    "app.agenda.models",
    "app.expertise.models",
    "app.goals.models",
    "app.coaching.models",
    "app.intervision.models",
)
"""Where tables are described: importing them fills the metadata."""

LOCK_TIMEOUT = "5s"
"""A migration that would wait longer for a table would make everybody wait behind it: it fails instead."""


def write_plainly(kind: str, item: object, _: object) -> str | bool:
    """Migrations import nothing of ours: an encrypted text is bytes to the database."""
    return "sa.LargeBinary()" if kind == "type" and isinstance(item, EncryptedText) else False


for module in MODELS:
    import_module(module)

connection = context.config.attributes.get("connection")
if connection is None:
    connection = create_engine(context.config.get_main_option("sqlalchemy.url", "")).connect()
with connection:
    connection.execute(text(f"SET ROLE {OWNER}"))
    connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
    connection.commit()
    context.configure(
        connection=connection, target_metadata=Base.metadata, compare_type=True, render_item=write_plainly
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text("RESET ROLE"))
    connection.commit()

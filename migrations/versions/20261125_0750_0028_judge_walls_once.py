"""Ask once for a statement, and not for each row, whether a session may see the tables without a network."""

from alembic import op

revision = "0028"
down_revision = "0027"

TABLES = [
    "failed_sign_in",
    "identity",
    "kept_mail",
    "membership",
    "operator",
    "password_reset",
    "register_edition",
    "register_use",
    "sign_in_session",
    "tenant",
]
RULE = "(SELECT current_setting('app.identities', true)) = 'on'"


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER POLICY {table}_wall ON {table} USING ({RULE}) WITH CHECK ({RULE})")

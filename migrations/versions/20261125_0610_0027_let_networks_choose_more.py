"""Let networks choose when expertise is asked to be confirmed again: one row holds all that a network chooses."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

RENAMED = ("pk_{}", "uq_{}_tenant_id", "ck_{}_school_years")


def upgrade() -> None:
    op.rename_table("retention_period", "network_settings")
    op.execute("ALTER SEQUENCE retention_period_id_seq RENAME TO network_settings_id_seq")
    op.execute("ALTER POLICY retention_period_wall ON network_settings RENAME TO network_settings_wall")
    for name in RENAMED:
        old, new = name.format("retention_period"), name.format("network_settings")
        op.execute(f"ALTER TABLE network_settings RENAME CONSTRAINT {old} TO {new}")
    op.add_column(
        "network_settings",
        sa.Column("months_confirmed", sa.SmallInteger(), server_default=sa.text("12"), nullable=False),
    )
    op.alter_column("network_settings", "months_confirmed", server_default=None)
    op.create_check_constraint(
        op.f("ck_network_settings_months_confirmed"), "network_settings", "months_confirmed BETWEEN 6 AND 24"
    )

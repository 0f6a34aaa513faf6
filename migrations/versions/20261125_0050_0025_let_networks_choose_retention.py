"""Let networks choose how long texts are kept, and keep what goes with a mail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "retention_period",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("school_years", sa.SmallInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("school_years BETWEEN 1 AND 3", name=op.f("ck_retention_period_school_years")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_retention_period")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_retention_period_tenant_id")),
    )
    op.execute("ALTER TABLE retention_period ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE retention_period FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY retention_period_wall ON retention_period USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON retention_period TO vo_app")
    op.add_column(
        "kept_mail",
        sa.Column(
            "attachments",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
    )

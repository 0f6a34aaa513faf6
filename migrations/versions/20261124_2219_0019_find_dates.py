"""Find dates for sessions: which moment of a poll was chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "poll_choice",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("option_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "option_id"],
            ["poll_option.tenant_id", "poll_option.id"],
            name=op.f("fk_poll_choice_tenant_id_option_id_poll_option"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "poll_id"],
            ["poll.tenant_id", "poll.id"],
            name=op.f("fk_poll_choice_tenant_id_poll_id_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_poll_choice")),
        sa.UniqueConstraint("tenant_id", "poll_id", name=op.f("uq_poll_choice_tenant_id_poll_id")),
    )
    op.create_index("ix_poll_choice_option", "poll_choice", ["tenant_id", "option_id"], unique=False)
    op.execute("ALTER TABLE poll_choice ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE poll_choice FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY poll_choice_wall ON poll_choice USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON poll_choice TO vo_app")

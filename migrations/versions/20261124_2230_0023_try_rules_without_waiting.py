"""Keep what a rule with more room would do, worked out by the worker."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("work_id", sa.BigInteger(), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("effect", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id"],
            ["proposal.tenant_id", "proposal.id"],
            name=op.f("fk_attempt_tenant_id_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "work_id"],
            ["long_work.tenant_id", "long_work.id"],
            name=op.f("fk_attempt_tenant_id_work_id_long_work"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("tenant_id", "work_id", name=op.f("uq_attempt_tenant_id_work_id")),
    )
    op.create_index("ix_attempt_proposal", "attempt", ["tenant_id", "proposal_id"], unique=False)
    op.execute("ALTER TABLE attempt ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE attempt FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY attempt_wall ON attempt USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON attempt TO vo_app")

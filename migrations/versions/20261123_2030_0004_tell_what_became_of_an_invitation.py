"""Tell what became of an invitation: with which others it went, whether it came back, and the reminder."""

import sqlalchemy as sa
from alembic import op

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "mailing",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("reminds", sa.Boolean(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("queued_up_to", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_mailing_size")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mailing")),
    )
    op.execute("ALTER TABLE mailing ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE mailing FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY mailing_wall ON mailing USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON mailing TO vo_app")
    op.add_column("invitation", sa.Column("mailing_id", sa.BigInteger(), nullable=True))
    op.add_column("invitation", sa.Column("refusal", sa.String(length=20), nullable=True))
    op.add_column("invitation", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("invitation", sa.Column("reminder_hash", sa.LargeBinary(), nullable=True))
    # The check of the rows that there are asks for a network, and finds nothing: the column is new.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.create_foreign_key(
        op.f("fk_invitation_tenant_id_mailing_id_mailing"),
        "invitation",
        "mailing",
        ["tenant_id", "mailing_id"],
        ["tenant_id", "id"],
    )
    op.execute("SET LOCAL app.tenant_id = ''")
    op.create_unique_constraint(
        op.f("uq_invitation_tenant_id_reminder_hash"), "invitation", ["tenant_id", "reminder_hash"]
    )
    op.create_index("ix_invitation_mailing", "invitation", ["tenant_id", "mailing_id", "id"], unique=False)
    op.create_check_constraint(
        op.f("ck_invitation_refusal"),
        "invitation",
        "refusal IS NULL OR (refused_at IS NOT NULL AND refusal IN ('unknown_address', 'mailbox_full', 'refused'))",
    )
    op.create_check_constraint(
        op.f("ck_invitation_reminded"), "invitation", "reminded_at IS NULL OR sent_at IS NOT NULL"
    )
    op.create_check_constraint(
        op.f("ck_invitation_reminder_hash"), "invitation", "reminder_hash IS NULL OR reminded_at IS NOT NULL"
    )

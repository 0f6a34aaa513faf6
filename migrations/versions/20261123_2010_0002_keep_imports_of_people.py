"""Keep imports of people, so that each can be seen, applied and undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "people_import",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("filename", sa.LargeBinary(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("ends_missing", sa.Boolean(), nullable=False),
        sa.Column("sheet", sa.LargeBinary(), nullable=True),
        sa.Column("choice", sa.LargeBinary(), nullable=True),
        sa.Column("headers", sa.LargeBinary(), nullable=True),
        sa.Column("step", sa.String(length=5), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("entries", sa.LargeBinary(), nullable=True),
        sa.Column("overtaken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effects", sa.LargeBinary(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("step IN ('judge', 'apply', 'undo')", name=op.f("ck_people_import_step")),
        sa.CheckConstraint(
            "applied_at IS NULL OR (digest IS NOT NULL AND (effects IS NOT NULL OR forgotten_at IS NOT NULL))",
            name=op.f("ck_people_import_applied"),
        ),
        sa.CheckConstraint(
            "undone_at IS NULL OR applied_at IS NOT NULL", name=op.f("ck_people_import_undone")
        ),
        sa.CheckConstraint(
            "forgotten_at IS NULL OR (filename IS NULL AND sheet IS NULL AND entries IS NULL AND effects IS NULL)",
            name=op.f("ck_people_import_forgotten"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_people_import")),
    )
    op.execute("ALTER TABLE people_import ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE people_import FORCE ROW LEVEL SECURITY")
    op.execute(
        f"CREATE POLICY people_import_wall ON people_import USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON people_import TO vo_app")

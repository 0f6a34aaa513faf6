"""Note who was reminded that she has not answered for a season of intervision."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "season_reminder",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.String(length=10), nullable=False),
        sa.Column("about_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("occasion IN ('week', 'by_hand')", name=op.f("ck_season_reminder_occasion")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id"],
            ["season.tenant_id", "season.id"],
            name=op.f("fk_season_reminder_tenant_id_season_id_season"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_season_reminder_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_season_reminder")),
        sa.UniqueConstraint(
            "tenant_id", "season_id", "person_id", "occasion", "about_day", name="uq_season_reminder_once"
        ),
    )
    op.create_index("ix_season_reminder_person", "season_reminder", ["tenant_id", "person_id"], unique=False)
    op.execute("ALTER TABLE season_reminder ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE season_reminder FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE POLICY season_reminder_wall ON season_reminder"
        f" USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON season_reminder TO vo_app")

"""Keep goals with their levels, and what was measured."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"
RIGHTS = {
    "goal": "SELECT, INSERT, UPDATE, DELETE",
    # What was fixed stays as it is: no wording is ever changed, and none can be deleted that a fixation refers to.
    "wording": "SELECT, INSERT, DELETE",
    "fixation": "SELECT, INSERT",
    "measurement": "SELECT, INSERT, DELETE",
    "goal_end": "SELECT, INSERT, DELETE",
}


def upgrade() -> None:
    op.create_table(
        "goal",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_goal_tenant_id_owner_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_goal")),
    )
    op.create_index("ix_goal_owner", "goal", ["tenant_id", "owner_id"], unique=False)
    op.create_table(
        "wording",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("goal_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("minus_two", sa.LargeBinary(), nullable=False),
        sa.Column("minus_one", sa.LargeBinary(), nullable=False),
        sa.Column("target", sa.LargeBinary(), nullable=False),
        sa.Column("plus_one", sa.LargeBinary(), nullable=False),
        sa.Column("plus_two", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["goal.tenant_id", "goal.id"],
            name=op.f("fk_wording_tenant_id_goal_id_goal"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("tenant_id", "goal_id", name=op.f("uq_wording_tenant_id_goal_id")),
        sa.UniqueConstraint("tenant_id", "goal_id", "id", name=op.f("uq_wording_tenant_id_goal_id_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_wording")),
    )
    op.create_table(
        "fixation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("goal_id", sa.BigInteger(), nullable=False),
        sa.Column("wording_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["goal.tenant_id", "goal.id"],
            name=op.f("fk_fixation_tenant_id_goal_id_goal"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id", "wording_id"],
            ["wording.tenant_id", "wording.goal_id", "wording.id"],
            name="fk_fixation_wording",
        ),
        sa.UniqueConstraint("tenant_id", "goal_id", name=op.f("uq_fixation_tenant_id_goal_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_fixation")),
    )
    op.create_table(
        "measurement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("goal_id", sa.BigInteger(), nullable=False),
        sa.Column("moment", sa.String(length=16), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("level BETWEEN -2 AND 2", name=op.f("ck_measurement_level")),
        sa.CheckConstraint(
            "moment IN ('start', 'check_in', 'end', 'after_6_weeks', 'after_6_months')",
            name=op.f("ck_measurement_moment"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["fixation.tenant_id", "fixation.goal_id"],
            name="fk_measurement_fixation",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "tenant_id", "goal_id", "moment", name=op.f("uq_measurement_tenant_id_goal_id_moment")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_measurement")),
    )
    op.create_table(
        "goal_end",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("goal_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["goal.tenant_id", "goal.id"],
            name=op.f("fk_goal_end_tenant_id_goal_id_goal"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("tenant_id", "goal_id", name=op.f("uq_goal_end_tenant_id_goal_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_goal_end")),
    )
    for table, rights in RIGHTS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT {rights} ON {table} TO vo_app")

"""Keep what two people agree on, and what they release to the school leader."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"
TABLES = ("agreement_line", "agreement", "trajectory_goal", "release", "asked_measurement")


def upgrade() -> None:
    op.create_table(
        "agreement_line",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('place', 'leader_hears', 'free')", name=op.f("ck_agreement_line_kind")),
        sa.CheckConstraint(
            "position BETWEEN 1 AND CASE kind WHEN 'free' THEN 5 ELSE 1 END",
            name=op.f("ck_agreement_line_position"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_agreement_line_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "trajectory_id",
            "kind",
            "position",
            name=op.f("uq_agreement_line_tenant_id_trajectory_id_kind_position"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "trajectory_id", "id", name=op.f("uq_agreement_line_tenant_id_trajectory_id_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreement_line")),
    )
    op.create_table(
        "agreement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_agreement_side")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_agreement_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "tenant_id", "trajectory_id", "side", name=op.f("uq_agreement_tenant_id_trajectory_id_side")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "trajectory_goal",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("goal_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_trajectory_goal_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["goal.tenant_id", "goal.id"],
            name=op.f("fk_trajectory_goal_tenant_id_goal_id_goal"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("tenant_id", "goal_id", name=op.f("uq_trajectory_goal_tenant_id_goal_id")),
        sa.UniqueConstraint(
            "tenant_id",
            "trajectory_id",
            "goal_id",
            name=op.f("uq_trajectory_goal_tenant_id_trajectory_id_goal_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_trajectory_goal")),
    )
    op.create_table(
        "release",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=True),
        sa.Column("goal_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("line_id IS NULL OR goal_id IS NULL", name=op.f("ck_release_one_part")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_release_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id", "line_id"],
            ["agreement_line.tenant_id", "agreement_line.trajectory_id", "agreement_line.id"],
            name="fk_release_agreement_line",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id", "goal_id"],
            ["trajectory_goal.tenant_id", "trajectory_goal.trajectory_id", "trajectory_goal.goal_id"],
            name="fk_release_trajectory_goal",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "trajectory_id",
            "line_id",
            "goal_id",
            name=op.f("uq_release_tenant_id_trajectory_id_line_id_goal_id"),
            postgresql_nulls_not_distinct=True,
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_release")),
    )
    op.create_table(
        "asked_measurement",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("moment", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "moment IN ('after_6_weeks', 'after_6_months')", name=op.f("ck_asked_measurement_moment")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_asked_measurement_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "trajectory_id",
            "moment",
            name=op.f("uq_asked_measurement_tenant_id_trajectory_id_moment"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_asked_measurement")),
    )
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")

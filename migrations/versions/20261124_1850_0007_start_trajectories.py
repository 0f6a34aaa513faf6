"""Let a match end, and start the coaching that follows from one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"
GOES_ON = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("match", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("match", sa.Column("ending", sa.String(length=10), nullable=True))
    op.create_check_constraint(op.f("ck_match_ended"), "match", "(ended_at IS NULL) = (ending IS NULL)")
    op.create_check_constraint(
        op.f("ck_match_ending"), "match", "ending IN ('declined', 'changed', 'closed')"
    )
    op.create_index("ix_match_request", "match", ["tenant_id", "request_id"], unique=False)
    op.create_index("ix_match_round", "match", ["tenant_id", "round_id", "coach_id"], unique=False)
    op.create_index(
        "uq_match_request", "match", ["tenant_id", "request_id"], unique=True, postgresql_where=GOES_ON
    )
    op.create_index(
        "uq_match_place",
        "match",
        ["tenant_id", "round_id", "coach_id", "place"],
        unique=True,
        postgresql_where=GOES_ON,
    )
    op.drop_constraint(op.f("uq_match_tenant_id_request_id"), "match")
    op.drop_constraint(op.f("uq_match_tenant_id_round_id_coach_id_place"), "match")
    op.drop_index("uq_match_not_swapped", "match")
    op.create_index(
        "uq_match_not_swapped",
        "match",
        [
            "tenant_id",
            "round_id",
            sa.text("least(coachee_id, coach_id)"),
            sa.text("greatest(coachee_id, coach_id)"),
        ],
        unique=True,
        postgresql_where=GOES_ON,
    )
    op.create_table(
        "trajectory",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("match_id", sa.BigInteger(), nullable=True),
        sa.Column("coachee_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("talks", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("coachee_id <> coach_id", name=op.f("ck_trajectory_two_people")),
        sa.CheckConstraint("talks BETWEEN 3 AND 12", name=op.f("ck_trajectory_talks")),
        sa.CheckConstraint("minutes BETWEEN 30 AND 150", name=op.f("ck_trajectory_minutes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "match_id"],
            ["match.tenant_id", "match.id"],
            name=op.f("fk_trajectory_tenant_id_match_id_match"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coachee_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_trajectory_tenant_id_coachee_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coach_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_trajectory_tenant_id_coach_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_trajectory")),
        sa.UniqueConstraint("tenant_id", "match_id", name=op.f("uq_trajectory_tenant_id_match_id")),
    )
    op.create_index("ix_trajectory_coachee", "trajectory", ["tenant_id", "coachee_id"], unique=False)
    op.create_index("ix_trajectory_coach", "trajectory", ["tenant_id", "coach_id"], unique=False)
    op.create_table(
        "closure",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('completed', 'early', 'stopped', 'handed_over')", name=op.f("ck_closure_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_closure_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_closure")),
        sa.UniqueConstraint("tenant_id", "trajectory_id", name=op.f("uq_closure_tenant_id_trajectory_id")),
    )
    for table in ("trajectory", "closure"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")

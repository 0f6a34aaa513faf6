"""Keep notes, check-ins and evaluations of a trajectory."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"
TABLES = ("note", "check_in_call", "check_in", "evaluation", "rematch")


def upgrade() -> None:
    op.create_table(
        "note",
        *_own_columns(),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("thrown_away_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_note_side")),
        sa.CheckConstraint("kind IN ('own', 'shared')", name=op.f("ck_note_kind")),
        _of_trajectory("note"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_note")),
    )
    op.create_index("ix_note_trajectory", "note", ["tenant_id", "trajectory_id"], unique=False)
    op.create_table(
        "check_in_call",
        *_own_columns(),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        _of_trajectory("check_in_call"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_check_in_call")),
        sa.UniqueConstraint(
            "tenant_id", "trajectory_id", name=op.f("uq_check_in_call_tenant_id_trajectory_id")
        ),
    )
    op.create_table(
        "check_in",
        *_own_columns(),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_check_in_side")),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_check_in_score")),
        _of_trajectory("check_in"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_check_in")),
        sa.UniqueConstraint(
            "tenant_id", "trajectory_id", "side", name=op.f("uq_check_in_tenant_id_trajectory_id_side")
        ),
    )
    op.create_table(
        "evaluation",
        *_own_columns(),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("practice", sa.SmallInteger(), nullable=False),
        sa.Column("noticed", sa.SmallInteger(), nullable=False),
        sa.Column("outside", sa.SmallInteger(), nullable=False),
        sa.Column("worthwhile", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_evaluation_side")),
        sa.CheckConstraint("practice BETWEEN 1 AND 5", name=op.f("ck_evaluation_practice")),
        sa.CheckConstraint("noticed BETWEEN 1 AND 5", name=op.f("ck_evaluation_noticed")),
        sa.CheckConstraint("outside BETWEEN 1 AND 5", name=op.f("ck_evaluation_outside")),
        sa.CheckConstraint("worthwhile BETWEEN 1 AND 5", name=op.f("ck_evaluation_worthwhile")),
        _of_trajectory("evaluation"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint(
            "tenant_id", "trajectory_id", "side", name=op.f("uq_evaluation_tenant_id_trajectory_id_side")
        ),
    )
    op.create_table(
        "rematch",
        *_own_columns(),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["closure.tenant_id", "closure.trajectory_id"],
            name="fk_rematch_closure",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_rematch")),
        sa.UniqueConstraint("tenant_id", "trajectory_id", name=op.f("uq_rematch_tenant_id_trajectory_id")),
    )
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")


def _own_columns() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
    )


def _of_trajectory(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "trajectory_id"],
        ["trajectory.tenant_id", "trajectory.id"],
        name=op.f(f"fk_{table}_tenant_id_trajectory_id_trajectory"),
        ondelete="CASCADE",
    )

"""Keep what the two of a pair answered, and changes during the year."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    # What was published before has no moment of its own: the publication tells it.
    op.add_column("match", sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("match", "made_at", server_default=sa.text("now()"))
    op.add_column("proposal", sa.Column("kind", sa.String(length=10), server_default="round", nullable=False))
    op.create_check_constraint(op.f("ck_proposal_kind"), "proposal", "kind IN ('round', 'change')")
    op.execute("ALTER TABLE match ALTER CONSTRAINT fk_match_coach_offer DEFERRABLE INITIALLY IMMEDIATE")
    op.create_table(
        "match_answer",
        *_key(),
        sa.Column("match_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        _moment(),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_match_answer_side")),
        sa.CheckConstraint(
            "answer IN ('accepted', 'talk_first', 'declined')", name=op.f("ck_match_answer_answer")
        ),
        _reference("match_answer", "match_id", "match"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_match_answer")),
        sa.UniqueConstraint(
            "tenant_id", "match_id", "side", name=op.f("uq_match_answer_tenant_id_match_id_side")
        ),
    )
    op.create_table(
        "match_nudge",
        *_key(),
        sa.Column("match_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        _moment(),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_match_nudge_side")),
        _reference("match_nudge", "match_id", "match"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_match_nudge")),
        sa.UniqueConstraint(
            "tenant_id", "match_id", "side", name=op.f("uq_match_nudge_tenant_id_match_id_side")
        ),
    )
    op.create_table(
        "declined_pair",
        *_key(),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        _moment(),
        _reference("declined_pair", "request_id", "coaching_request"),
        _reference("declined_pair", "coach_id", "person"),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_declined_pair")),
        sa.UniqueConstraint(
            "tenant_id", "request_id", "coach_id", name=op.f("uq_declined_pair_tenant_id_request_id_coach_id")
        ),
    )
    op.create_index("ix_declined_pair_coach", "declined_pair", ["tenant_id", "coach_id"], unique=False)
    op.create_table(
        "applied_change",
        *_key(),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        _moment(),
        _reference("applied_change", "proposal_id", "proposal", ondelete=None),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_applied_change")),
        sa.UniqueConstraint("tenant_id", "proposal_id", name=op.f("uq_applied_change_tenant_id_proposal_id")),
    )
    for table in ("match_answer", "match_nudge", "declined_pair", "applied_change"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")


def _key() -> list[sa.Column]:
    return [
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
    ]


def _moment() -> sa.Column:
    return sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _reference(
    table: str, column: str, target: str, *, ondelete: str | None = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{target}.tenant_id", f"{target}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}_{target}"),
        ondelete=ondelete,
    )

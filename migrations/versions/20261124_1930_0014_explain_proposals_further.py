"""Keep more of what a calculation found out."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.add_column(
        "proposal",
        sa.Column(
            "other_lines",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
    )
    op.create_table(
        "proposed_coach",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("places", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("more_matched", sa.BigInteger(), nullable=False),
        sa.Column("more_total", sa.BigInteger(), nullable=False),
        sa.Column("less_matched", sa.BigInteger(), nullable=True),
        sa.Column("less_total", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("taken BETWEEN 0 AND places", name=op.f("ck_proposed_coach_places")),
        sa.CheckConstraint(
            "(less_matched IS NULL) = (less_total IS NULL)", name=op.f("ck_proposed_coach_less")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id"],
            ["proposal.tenant_id", "proposal.id"],
            name=op.f("fk_proposed_coach_tenant_id_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coach_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_proposed_coach_tenant_id_coach_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_proposed_coach")),
        sa.UniqueConstraint(
            "tenant_id",
            "proposal_id",
            "coach_id",
            name=op.f("uq_proposed_coach_tenant_id_proposal_id_coach_id"),
        ),
    )
    op.create_index("ix_proposed_coach_coach", "proposed_coach", ["tenant_id", "coach_id"], unique=False)
    op.create_table(
        "possible_coach",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("gain", sa.BigInteger(), nullable=False),
        sa.Column("coachable", sa.ARRAY(sa.BigInteger()), nullable=False),
        sa.CheckConstraint("gain >= 0", name=op.f("ck_possible_coach_gain")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id"],
            ["proposal.tenant_id", "proposal.id"],
            name=op.f("fk_possible_coach_tenant_id_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_possible_coach_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_possible_coach")),
        sa.UniqueConstraint(
            "tenant_id",
            "proposal_id",
            "person_id",
            name=op.f("uq_possible_coach_tenant_id_proposal_id_person_id"),
        ),
    )
    op.create_index("ix_possible_coach_person", "possible_coach", ["tenant_id", "person_id"], unique=False)
    for table in ("proposed_coach", "possible_coach"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")

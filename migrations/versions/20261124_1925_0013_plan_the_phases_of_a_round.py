"""Plan the phases of a round, and the themes of a network."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.add_column("matching_round", sa.Column("requests_until", sa.Date(), nullable=True))
    op.add_column("matching_round", sa.Column("publish_on", sa.Date(), nullable=True))
    op.add_column(
        "matching_round",
        sa.Column("reminds", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )
    op.create_check_constraint(
        op.f("ck_matching_round_planning"),
        "matching_round",
        "requests_until <= publish_on AND publish_on <= ends_on AND requests_until <= ends_on",
    )
    op.add_column("coach_profile", sa.Column("known_from", sa.String(length=200), nullable=True))
    for table in ("round_closing", "round_archiving"):
        op.create_table(
            table,
            sa.Column("tenant_id", sa.BigInteger(), nullable=False),
            sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
            sa.Column("round_id", sa.BigInteger(), nullable=False),
            sa.Column("by_id", sa.BigInteger(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
            sa.ForeignKeyConstraint(
                ["tenant_id", "round_id"],
                ["matching_round.tenant_id", "matching_round.id"],
                name=op.f(f"fk_{table}_tenant_id_round_id_matching_round"),
            ),
            sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint("tenant_id", "round_id", name=op.f(f"uq_{table}_tenant_id_round_id")),
        )
    op.create_table(
        "round_reminder",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("occasion", sa.String(length=10), nullable=False),
        sa.Column("about_day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "occasion IN ('week', 'days', 'by_hand')", name=op.f("ck_round_reminder_occasion")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["matching_round.tenant_id", "matching_round.id"],
            name=op.f("fk_round_reminder_tenant_id_round_id_matching_round"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_round_reminder_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_round_reminder")),
        sa.UniqueConstraint(
            "tenant_id",
            "round_id",
            "person_id",
            "occasion",
            "about_day",
            name="uq_round_reminder_once",
        ),
    )
    op.create_index("ix_round_reminder_person", "round_reminder", ["tenant_id", "person_id"], unique=False)
    op.create_exclude_constraint(
        "ex_round_reminder_patience",
        "round_reminder",
        ("tenant_id", "="),
        ("round_id", "="),
        ("person_id", "="),
        (sa.literal_column("daterange(about_day, about_day + 3)"), "&&"),
        using="gist",
        where=sa.text("occasion = 'by_hand'"),
    )
    op.create_table(
        "request_draft",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["matching_round.tenant_id", "matching_round.id"],
            name=op.f("fk_request_draft_tenant_id_round_id_matching_round"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_request_draft_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_request_draft")),
        sa.UniqueConstraint(
            "tenant_id", "round_id", "person_id", name=op.f("uq_request_draft_tenant_id_round_id_person_id")
        ),
    )
    op.create_index("ix_request_draft_person", "request_draft", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "theme",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("code LIKE 'own-%'", name=op.f("ck_theme_code")),
        sa.CheckConstraint("label <> ''", name=op.f("ck_theme_label")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_theme")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_theme_tenant_id_code")),
    )
    op.create_index("uq_theme_label", "theme", ["tenant_id", sa.text("lower(label)")], unique=True)
    for table in ("round_closing", "round_archiving", "round_reminder", "request_draft", "theme"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")

"""Make the house: tables, row level security, rights, and the queue in a schema of its own."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager
from sqlalchemy.dialects import postgresql

NETWORK_TABLES = [
    "audit_entry",
    "board",
    "long_work",
    "matching_round",
    "proposal",
    "school",
    "person",
    "publication",
    "assignment",
    "coach_offer",
    "coach_profile",
    "coaching_request",
    "invitation",
    "preference",
    "coach_strength",
    "match",
    "pair_exclusion",
    "pin",
    "proposed_pair",
    "request_theme",
    "match_affiliation",
]
NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"

TABLES_WITHOUT_NETWORK = [
    "failed_sign_in",
    "identity",
    "kept_mail",
    "tenant",
    "membership",
    "password_reset",
    "sign_in_session",
]
IDENTITIES_RULE = "current_setting('app.identities', true) = 'on'"

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    _make_tables()
    _guard()
    _make_queue()


def _guard() -> None:
    """Row level security, forced on the owner too, and the rights of the app's role."""
    rules = dict.fromkeys(NETWORK_TABLES, NETWORK_RULE) | dict.fromkeys(
        TABLES_WITHOUT_NETWORK, IDENTITIES_RULE
    )
    for table, rule in rules.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY {table}_wall ON {table} USING ({rule}) WITH CHECK ({rule})")
        rights = "SELECT, INSERT" if table == "audit_entry" else "SELECT, INSERT, UPDATE, DELETE"
        op.execute(f"GRANT {rights} ON {table} TO vo_app")


def _make_queue() -> None:
    """The tables of procrastinate. They hold ids, and no network's rows."""
    op.execute("CREATE SCHEMA jobs")
    op.execute("SET LOCAL search_path = jobs")
    op.get_bind().connection.cursor().execute(SchemaManager.get_schema())
    op.execute("SET LOCAL search_path = public")
    op.execute("GRANT USAGE ON SCHEMA jobs TO vo_app")
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA jobs TO vo_app")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA jobs TO vo_app")


def _make_tables() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_audit_entry")),
    )
    op.create_index(
        "ix_audit_entry_subject", "audit_entry", ["tenant_id", "subject", "subject_id"], unique=False
    )
    op.create_table(
        "board",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_board")),
        sa.UniqueConstraint("tenant_id", "number", name=op.f("uq_board_tenant_id_number")),
    )
    op.create_table(
        "failed_sign_in",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_sign_in")),
    )
    op.create_index("ix_failed_sign_in_subject", "failed_sign_in", ["subject", "at"], unique=False)
    op.create_table(
        "identity",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_identity_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("email", name=op.f("uq_identity_email")),
    )
    op.create_table(
        "kept_mail",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_kept_mail_key")),
    )
    op.create_table(
        "long_work",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_long_work_state")
        ),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_long_work_percent")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_long_work")),
    )
    op.create_index(
        "uq_long_work_running",
        "long_work",
        ["tenant_id", "kind", "subject_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "matching_round",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("sufficiency", sa.BigInteger(), nullable=False),
        sa.Column("repeat_rounds", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_matching_round_period")),
        sa.CheckConstraint("repeat_rounds BETWEEN 0 AND 10", name=op.f("ck_matching_round_repeat_rounds")),
        sa.CheckConstraint("sufficiency BETWEEN 0 AND 1000", name=op.f("ck_matching_round_sufficiency")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_matching_round")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_matching_round_tenant_id_name")),
    )
    op.create_table(
        "tenant",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("wrapped_data_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'", name=op.f("ck_tenant_slug_shape")
        ),
        sa.CheckConstraint(
            "standing IN ('active', 'read_only', 'suspended')", name=op.f("ck_tenant_standing")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("code", name=op.f("uq_tenant_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenant_slug")),
    )
    op.create_table(
        "membership",
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("network_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["identity.id"],
            name=op.f("fk_membership_identity_id_identity"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["network_id"], ["tenant.id"], name=op.f("fk_membership_network_id_tenant")),
        sa.PrimaryKeyConstraint("identity_id", "network_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_network_id"), "membership", ["network_id"], unique=False)
    op.create_table(
        "password_reset",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["identity.id"],
            name=op.f("fk_password_reset_identity_id_identity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    op.create_index(op.f("ix_password_reset_identity_id"), "password_reset", ["identity_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("work_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("calculated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("engine_version", sa.String(length=20), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("sufficiency", sa.BigInteger(), nullable=False),
        sa.Column("decisions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("objective", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("certificate", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["matching_round.tenant_id", "matching_round.id"],
            name=op.f("fk_proposal_tenant_id_round_id_matching_round"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "work_id"],
            ["long_work.tenant_id", "long_work.id"],
            name=op.f("fk_proposal_tenant_id_work_id_long_work"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("tenant_id", "work_id", name=op.f("uq_proposal_tenant_id_work_id")),
    )
    op.create_index("ix_proposal_round", "proposal", ["tenant_id", "round_id", "id"], unique=False)
    op.create_table(
        "school",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("board_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.String(length=3)), nullable=False),
        sa.Column("concept", sa.String(length=20), nullable=True),
        sa.Column("denomination", sa.String(length=60), nullable=True),
        sa.Column("street", sa.String(length=120), nullable=True),
        sa.Column("house_number", sa.String(length=20), nullable=True),
        sa.Column("postcode", sa.String(length=7), nullable=True),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("municipality", sa.String(length=80), nullable=True),
        sa.Column("pupils", sa.BigInteger(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "kinds <@ ARRAY['bo','sbo','so','vso']::varchar[] AND cardinality(kinds) > 0",
            name=op.f("ck_school_kinds"),
        ),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_school_coordinate")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "board_id"],
            ["board.tenant_id", "board.id"],
            name=op.f("fk_school_tenant_id_board_id_board"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_school")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_school_tenant_id_code")),
    )
    op.create_index("ix_school_name", "school", ["tenant_id", "name"], unique=False)
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("identity_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.String(length=60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["identity.id"],
            name=op.f("fk_sign_in_session_identity_id_identity"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_session_identity_id"), "sign_in_session", ["identity_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("first_name", sa.String(length=60), nullable=False),
        sa.Column("infix", sa.String(length=20), nullable=True),
        sa.Column("last_name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("identity_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "sort_name",
            sa.Text(),
            sa.Computed(
                "translate(lower(last_name || ' ' || first_name), 'áàâäãåāçćčéèêëēėěğíìîïīıİłñńóòôöõøōšşśúùûüūýÿžźż', 'aaaaaaaccceeeeeeegiiiiiiilnnooooooosssuuuuuyyzzz')",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_lower")),
        sa.ForeignKeyConstraint(
            ["identity_id", "tenant_id"],
            ["membership.identity_id", "membership.network_id"],
            name="fk_person_membership",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_person")),
        sa.UniqueConstraint("tenant_id", "email", name=op.f("uq_person_tenant_id_email")),
        sa.UniqueConstraint("tenant_id", "identity_id", name=op.f("uq_person_tenant_id_identity_id")),
    )
    op.create_index("ix_person_sort_name", "person", ["tenant_id", "sort_name", "id"], unique=False)
    op.create_table(
        "publication",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id"],
            ["proposal.tenant_id", "proposal.id"],
            name=op.f("fk_publication_tenant_id_proposal_id_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["matching_round.tenant_id", "matching_round.id"],
            name=op.f("fk_publication_tenant_id_round_id_matching_round"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_publication")),
        sa.UniqueConstraint("tenant_id", "round_id", name=op.f("uq_publication_tenant_id_round_id")),
    )
    op.create_table(
        "assignment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.column("tenant_id"), "="),
            (sa.column("person_id"), "="),
            (sa.column("role"), "="),
            (sa.literal_column("coalesce(school_id, 0)"), "="),
            (sa.literal_column("daterange(since, until, '[]')"), "&&"),
            using="gist",
            name="ex_assignment_once",
        ),
        sa.CheckConstraint(
            "(role IN ('ib', 'leader', 'teacher')) = (school_id IS NOT NULL)",
            name=op.f("ck_assignment_at_school"),
        ),
        sa.CheckConstraint(
            "role IN ('coordinator', 'ib', 'coach', 'leader', 'teacher', 'billing')",
            name=op.f("ck_assignment_role"),
        ),
        sa.CheckConstraint("until IS NULL OR until >= since", name=op.f("ck_assignment_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_assignment_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_assignment_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment")),
    )
    op.create_index("ix_assignment_person", "assignment", ["tenant_id", "person_id"], unique=False)
    op.create_index("ix_assignment_school", "assignment", ["tenant_id", "school_id"], unique=False)
    op.create_table(
        "coach_offer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coach_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_coach_offer_tenant_id_coach_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["matching_round.tenant_id", "matching_round.id"],
            name=op.f("fk_coach_offer_tenant_id_round_id_matching_round"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_coach_offer")),
        sa.UniqueConstraint(
            "tenant_id",
            "round_id",
            "coach_id",
            "capacity",
            name=op.f("uq_coach_offer_tenant_id_round_id_coach_id_capacity"),
        ),
    )
    op.create_index("uq_coach_offer_coach", "coach_offer", ["tenant_id", "round_id", "coach_id"], unique=True)
    op.create_table(
        "coach_profile",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.String(length=3)), nullable=False),
        sa.Column("concepts", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("declared_boards", sa.ARRAY(sa.String(length=8)), nullable=False),
        sa.Column("halfdays", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("travel_limit", sa.BigInteger(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("postcode", sa.String(length=4), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("unavailable_from", sa.Date(), nullable=True),
        sa.Column("unavailable_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kinds <@ ARRAY['bo','sbo','so','vso']::varchar[]", name=op.f("ck_coach_profile_kinds")
        ),
        sa.CheckConstraint("capacity BETWEEN 0 AND 6", name=op.f("ck_coach_profile_capacity")),
        sa.CheckConstraint(
            "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]", name=op.f("ck_coach_profile_halfdays")
        ),
        sa.CheckConstraint("travel_limit BETWEEN 5 AND 120", name=op.f("ck_coach_profile_travel_limit")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_coach_profile_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_coach_profile")),
        sa.UniqueConstraint("tenant_id", "person_id", name=op.f("uq_coach_profile_tenant_id_person_id")),
    )
    op.create_table(
        "coaching_request",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("halfdays", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("travel_limit", sa.BigInteger(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]", name=op.f("ck_coaching_request_halfdays")
        ),
        sa.CheckConstraint("travel_limit BETWEEN 5 AND 120", name=op.f("ck_coaching_request_travel_limit")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_coaching_request_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["matching_round.tenant_id", "matching_round.id"],
            name=op.f("fk_coaching_request_tenant_id_round_id_matching_round"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_coaching_request")),
        sa.UniqueConstraint(
            "tenant_id",
            "round_id",
            "person_id",
            name=op.f("uq_coaching_request_tenant_id_round_id_person_id"),
        ),
    )
    op.create_table(
        "invitation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_invitation_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("tenant_id", "token_hash", name=op.f("uq_invitation_tenant_id_token_hash")),
    )
    op.create_index("ix_invitation_person", "invitation", ["tenant_id", "person_id"], unique=False)
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["tenant_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("accepted_at IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "preference",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("as_coach", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_preference_two_people")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "other_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_preference_tenant_id_other_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_preference_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_preference")),
        sa.UniqueConstraint(
            "tenant_id",
            "person_id",
            "other_id",
            "as_coach",
            name=op.f("uq_preference_tenant_id_person_id_other_id_as_coach"),
        ),
    )
    op.create_table(
        "coach_strength",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("profile_id", sa.BigInteger(), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("strength", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("strength BETWEEN 1 AND 3", name=op.f("ck_coach_strength_strength")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "profile_id"],
            ["coach_profile.tenant_id", "coach_profile.id"],
            name=op.f("fk_coach_strength_tenant_id_profile_id_coach_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_coach_strength")),
        sa.UniqueConstraint(
            "tenant_id", "profile_id", "theme", name=op.f("uq_coach_strength_tenant_id_profile_id_theme")
        ),
    )
    op.create_table(
        "match",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("coachee_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("coachee_id <> coach_id", name=op.f("ck_match_two_people")),
        sa.CheckConstraint("place BETWEEN 1 AND capacity", name=op.f("ck_match_capacity")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coachee_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_match_tenant_id_coachee_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["coaching_request.tenant_id", "coaching_request.id"],
            name=op.f("fk_match_tenant_id_request_id_coaching_request"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id", "coach_id", "capacity"],
            ["coach_offer.tenant_id", "coach_offer.round_id", "coach_offer.coach_id", "coach_offer.capacity"],
            name="fk_match_coach_offer",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_match")),
        sa.UniqueConstraint("tenant_id", "request_id", name=op.f("uq_match_tenant_id_request_id")),
        sa.UniqueConstraint(
            "tenant_id",
            "round_id",
            "coach_id",
            "place",
            name=op.f("uq_match_tenant_id_round_id_coach_id_place"),
        ),
    )
    op.create_index("ix_match_coach", "match", ["tenant_id", "coach_id"], unique=False)
    op.create_index("ix_match_coachee", "match", ["tenant_id", "coachee_id"], unique=False)
    op.create_index(
        "uq_match_not_swapped",
        "match",
        [
            "tenant_id",
            "round_id",
            sa.literal_column("least(coachee_id, coach_id)"),
            sa.literal_column("greatest(coachee_id, coach_id)"),
        ],
        unique=True,
    )
    op.create_table(
        "pair_exclusion",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coach_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_pair_exclusion_tenant_id_coach_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["coaching_request.tenant_id", "coaching_request.id"],
            name=op.f("fk_pair_exclusion_tenant_id_request_id_coaching_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_pair_exclusion")),
        sa.UniqueConstraint(
            "tenant_id",
            "request_id",
            "coach_id",
            name=op.f("uq_pair_exclusion_tenant_id_request_id_coach_id"),
        ),
    )
    op.create_table(
        "pin",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coach_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_pin_tenant_id_coach_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["coaching_request.tenant_id", "coaching_request.id"],
            name=op.f("fk_pin_tenant_id_request_id_coaching_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_pin")),
        sa.UniqueConstraint("tenant_id", "request_id", name=op.f("uq_pin_tenant_id_request_id")),
    )
    op.create_table(
        "proposed_pair",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("proposal_id", sa.BigInteger(), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("coach_id", sa.BigInteger(), nullable=True),
        sa.Column("score", sa.BigInteger(), nullable=True),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "coach_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_proposed_pair_tenant_id_coach_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "proposal_id"],
            ["proposal.tenant_id", "proposal.id"],
            name=op.f("fk_proposed_pair_tenant_id_proposal_id_proposal"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["coaching_request.tenant_id", "coaching_request.id"],
            name=op.f("fk_proposed_pair_tenant_id_request_id_coaching_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_proposed_pair")),
        sa.UniqueConstraint(
            "tenant_id",
            "proposal_id",
            "request_id",
            name=op.f("uq_proposed_pair_tenant_id_proposal_id_request_id"),
        ),
    )
    op.create_index(
        "ix_proposed_pair_score", "proposed_pair", ["tenant_id", "proposal_id", "score", "id"], unique=False
    )
    op.create_table(
        "request_theme",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("request_id", sa.BigInteger(), nullable=False),
        sa.Column("theme", sa.String(length=20), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 3", name=op.f("ck_request_theme_weight")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "request_id"],
            ["coaching_request.tenant_id", "coaching_request.id"],
            name=op.f("fk_request_theme_tenant_id_request_id_coaching_request"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_request_theme")),
        sa.UniqueConstraint(
            "tenant_id", "request_id", "theme", name=op.f("uq_request_theme_tenant_id_request_id_theme")
        ),
    )
    op.create_table(
        "match_affiliation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("match_id", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.SmallInteger(), nullable=False),
        sa.Column("affiliation", sa.String(length=20), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("tenant_id"), "="),
            (sa.column("match_id"), "="),
            (sa.column("affiliation"), "="),
            (sa.column("side"), "<>"),
            using="gist",
            name="ex_match_affiliation_strangers",
        ),
        sa.CheckConstraint("side IN (1, 2)", name=op.f("ck_match_affiliation_side")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "match_id"],
            ["match.tenant_id", "match.id"],
            name=op.f("fk_match_affiliation_tenant_id_match_id_match"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_match_affiliation")),
    )

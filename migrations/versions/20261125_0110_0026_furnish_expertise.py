"""Furnish expertise: the taxonomy with what is shipped, records, what schools want, consultations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"
TABLES = (
    "expertise_domain",
    "expertise_item",
    "given_time",
    "record_import",
    "school_need",
    "confirmation_request",
    "consultation",
    "expertise_record",
    "reachability",
    "record_proposal",
    "asked_colleague",
    "consultation_end",
)
SHIPPED = {
    "language": "decoding comprehension vocabulary spelling writing speaking dyslexia reading-motivation",
    "maths": "number-sense number-facts measuring problem-solving maths-talks dyscalculia maths-enrichment",
    "early": "play early-literacy early-numeracy motor-skills observing from-preschool",
    "multilingual": "second-language multilingual-class alphabetisation flight-trauma culture-sensitive",
    "behaviour": "group-dynamics acting-out anxiety autism attention trauma-sensitive bullying",
    "teaching": "explicit-instruction differentiation formative feedback class-management combined-classes executive-functions co-teaching",
    "gifted": "recognising compacting underachieving twice-exceptional enrichment-group",
    "body": "language-disorder hearing seeing physical illness slow-learning supported-communication",
    "quality": "needs discussions development-plan test-analysis quality-cycle research",
    "partners": "parent-talk hard-talk youth-care reporting-code absence to-secondary",
    "coaching": "coaching-colleagues video-coaching peer-groups starters learning-teams change resistance",
    "broad": "citizenship digital science arts movement english",
}
"""The items of each shipped domain, by code, as this release ships them."""


def upgrade() -> None:
    op.create_table(
        "expertise_domain",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_expertise_domain_name")),
        sa.CheckConstraint("code IS NOT NULL OR name IS NOT NULL", name=op.f("ck_expertise_domain_called")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_expertise_domain")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_expertise_domain_tenant_id_code")),
    )
    op.create_index(
        "uq_expertise_domain_name",
        "expertise_domain",
        ["tenant_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL AND name IS NOT NULL"),
    )
    op.create_table(
        "expertise_item",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("domain_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("merged_into_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_expertise_item_name")),
        sa.CheckConstraint("code IS NOT NULL OR name IS NOT NULL", name=op.f("ck_expertise_item_called")),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_expertise_item_merged_into_another")),
        sa.CheckConstraint(
            "merged_into_id IS NULL OR retired_at IS NOT NULL", name=op.f("ck_expertise_item_merged")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "domain_id"],
            ["expertise_domain.tenant_id", "expertise_domain.id"],
            name=op.f("fk_expertise_item_tenant_id_domain_id_expertise_domain"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "merged_into_id"],
            ["expertise_item.tenant_id", "expertise_item.id"],
            name=op.f("fk_expertise_item_tenant_id_merged_into_id_expertise_item"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_expertise_item")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_expertise_item_tenant_id_code")),
    )
    op.create_index("ix_expertise_item_domain", "expertise_item", ["tenant_id", "domain_id"], unique=False)
    op.create_index(
        "uq_expertise_item_name",
        "expertise_item",
        ["tenant_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL AND name IS NOT NULL"),
    )
    op.create_table(
        "given_time",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("from_school_id", sa.BigInteger(), nullable=False),
        sa.Column("to_school_id", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("school_year", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 0 AND 600", name=op.f("ck_given_time_minutes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "from_school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_given_time_tenant_id_from_school_id_school"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "to_school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_given_time_tenant_id_to_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_given_time")),
    )
    op.create_index("ix_given_time_from", "given_time", ["tenant_id", "from_school_id"], unique=False)
    op.create_index("ix_given_time_to", "given_time", ["tenant_id", "to_school_id"], unique=False)
    op.create_table(
        "record_import",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("filename", sa.LargeBinary(), nullable=True),
        sa.Column("entries", sa.LargeBinary(), nullable=True),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(entries IS NULL) = (forgotten_at IS NOT NULL)", name=op.f("ck_record_import_forgotten")
        ),
        sa.CheckConstraint(
            "filename IS NULL OR forgotten_at IS NULL", name=op.f("ck_record_import_forgotten_name")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_record_import_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_record_import")),
    )
    op.create_index(
        "ix_record_import_school", "record_import", ["tenant_id", "school_id", "id"], unique=False
    )
    op.create_table(
        "school_need",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("at_least", sa.SmallInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("at_least BETWEEN 1 AND 20", name=op.f("ck_school_need_at_least")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "item_id"],
            ["expertise_item.tenant_id", "expertise_item.id"],
            name=op.f("fk_school_need_tenant_id_item_id_expertise_item"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_school_need_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_school_need")),
        sa.UniqueConstraint(
            "tenant_id", "school_id", "item_id", name=op.f("uq_school_need_tenant_id_school_id_item_id")
        ),
    )
    op.create_table(
        "confirmation_request",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_confirmation_request_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_confirmation_request")),
        sa.UniqueConstraint(
            "tenant_id",
            "person_id",
            "confirmed_on",
            name=op.f("uq_confirmation_request_tenant_id_person_id_confirmed_on"),
        ),
    )
    op.create_table(
        "consultation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("asker_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=True),
        sa.Column("way", sa.String(length=5), nullable=False),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("way IN ('talk', 'mail', 'visit')", name=op.f("ck_consultation_way")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "asker_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_consultation_tenant_id_asker_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "item_id"],
            ["expertise_item.tenant_id", "expertise_item.id"],
            name=op.f("fk_consultation_tenant_id_item_id_expertise_item"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_consultation_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_consultation")),
    )
    op.create_index("ix_consultation_asker", "consultation", ["tenant_id", "asker_id"], unique=False)
    op.create_table(
        "expertise_record",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("visibility", sa.String(length=7), nullable=False),
        sa.Column("willing", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("own_words", sa.String(length=200), nullable=True),
        sa.Column("since", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column("confirmed_on", sa.Date(), server_default=sa.text("CURRENT_DATE"), nullable=False),
        sa.Column(
            "searched",
            postgresql.TSVECTOR(),
            sa.Computed(
                "to_tsvector('dutch'::regconfig, translate(lower(coalesce(course_title, '') || ' ' || coalesce(course_provider, '') || ' ' || coalesce(own_words, '')), 'áàâäãåāçćčéèêëēėěğíìîïīıİłñńóòôöõøōšşśúùûüūýÿžźż', 'aaaaaaaccceeeeeeegiiiiiiilnnooooooosssuuuuuyyzzz'))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("course_title", sa.String(length=120), nullable=True),
        sa.Column("course_provider", sa.String(length=80), nullable=True),
        sa.Column("course_state", sa.String(length=7), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'course') = (course_title IS NOT NULL) AND (kind = 'course') = (course_state IS NOT NULL)",
            name=op.f("ck_expertise_record_course"),
        ),
        sa.CheckConstraint(
            "(kind = 'expertise') = (level IS NOT NULL)", name=op.f("ck_expertise_record_level_of_expertise")
        ),
        sa.CheckConstraint("NOT willing OR kind = 'expertise'", name=op.f("ck_expertise_record_willing")),
        sa.CheckConstraint(
            "course_state IN ('planned', 'running', 'done')", name=op.f("ck_expertise_record_course_state")
        ),
        sa.CheckConstraint(
            "kind = 'course' OR (course_provider IS NULL AND starts_on IS NULL AND ends_on IS NULL)",
            name=op.f("ck_expertise_record_course_only"),
        ),
        sa.CheckConstraint(
            "kind IN ('expertise', 'interest', 'course', 'ambition')", name=op.f("ck_expertise_record_kind")
        ),
        sa.CheckConstraint(
            "visibility IN ('private', 'school', 'network')", name=op.f("ck_expertise_record_visibility")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_expertise_record_course_days")),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_expertise_record_level")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "item_id"],
            ["expertise_item.tenant_id", "expertise_item.id"],
            name=op.f("fk_expertise_record_tenant_id_item_id_expertise_item"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_expertise_record_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_expertise_record")),
    )
    op.create_index(
        "ix_expertise_record_person", "expertise_record", ["tenant_id", "person_id"], unique=False
    )
    op.create_index(
        "ix_expertise_record_item",
        "expertise_record",
        ["tenant_id", "item_id", "kind", "level"],
        unique=False,
    )
    op.create_index(
        "ix_expertise_record_text",
        "expertise_record",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("own_words IS NOT NULL OR course_title IS NOT NULL"),
    )
    op.create_index(
        "uq_expertise_record_course",
        "expertise_record",
        ["tenant_id", "person_id", "item_id", sa.literal_column("lower(course_title)")],
        unique=True,
        postgresql_where=sa.text("kind = 'course'"),
    )
    op.create_index(
        "uq_expertise_record_once",
        "expertise_record",
        ["tenant_id", "person_id", "item_id", "kind"],
        unique=True,
        postgresql_where=sa.text("kind <> 'course'"),
    )
    op.create_table(
        "reachability",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("halfdays", sa.ARRAY(sa.SmallInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("ways", sa.ARRAY(sa.String(length=5)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=True),
        sa.CheckConstraint(
            "ways <@ ARRAY['talk', 'mail', 'visit']::varchar[]", name=op.f("ck_reachability_ways")
        ),
        sa.CheckConstraint(
            "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]", name=op.f("ck_reachability_halfdays")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_reachability_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reachability")),
        sa.UniqueConstraint("tenant_id", "person_id", name=op.f("uq_reachability_tenant_id_person_id")),
    )
    op.create_table(
        "record_proposal",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("course_title", sa.String(length=120), nullable=True),
        sa.Column("course_provider", sa.String(length=80), nullable=True),
        sa.Column("course_state", sa.String(length=7), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'course') = (course_title IS NOT NULL) AND (kind = 'course') = (course_state IS NOT NULL)",
            name=op.f("ck_record_proposal_course"),
        ),
        sa.CheckConstraint(
            "(kind = 'expertise') = (level IS NOT NULL)", name=op.f("ck_record_proposal_level_of_expertise")
        ),
        sa.CheckConstraint(
            "course_state IN ('planned', 'running', 'done')", name=op.f("ck_record_proposal_course_state")
        ),
        sa.CheckConstraint(
            "kind = 'course' OR (course_provider IS NULL AND starts_on IS NULL AND ends_on IS NULL)",
            name=op.f("ck_record_proposal_course_only"),
        ),
        sa.CheckConstraint(
            "kind IN ('expertise', 'interest', 'course', 'ambition')", name=op.f("ck_record_proposal_kind")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_record_proposal_course_days")),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_record_proposal_level")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "item_id"],
            ["expertise_item.tenant_id", "expertise_item.id"],
            name=op.f("fk_record_proposal_tenant_id_item_id_expertise_item"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_record_proposal_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_record_proposal_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_record_proposal")),
    )
    op.create_index("ix_record_proposal_person", "record_proposal", ["tenant_id", "person_id"], unique=False)
    op.create_index(
        "uq_record_proposal_once",
        "record_proposal",
        ["tenant_id", "person_id", "item_id", "kind", sa.literal_column("lower(coalesce(course_title, ''))")],
        unique=True,
    )
    op.create_table(
        "asked_colleague",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("consultation_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("passed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("answer", sa.String(length=9), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answer IN ('accepted', 'declined', 'passed_on')", name=op.f("ck_asked_colleague_answer")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_asked_colleague_answered")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "consultation_id"],
            ["consultation.tenant_id", "consultation.id"],
            name=op.f("fk_asked_colleague_tenant_id_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_asked_colleague_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_asked_colleague_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_asked_colleague")),
        sa.UniqueConstraint(
            "tenant_id",
            "consultation_id",
            "person_id",
            name=op.f("uq_asked_colleague_tenant_id_consultation_id_person_id"),
        ),
    )
    op.create_index("ix_asked_colleague_person", "asked_colleague", ["tenant_id", "person_id"], unique=False)
    op.create_index(
        "uq_asked_colleague_accepted",
        "asked_colleague",
        ["tenant_id", "consultation_id"],
        unique=True,
        postgresql_where=sa.text("answer = 'accepted'"),
    )
    op.create_table(
        "consultation_end",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("consultation_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=9), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=True),
        sa.Column("thanks", sa.LargeBinary(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'helped') = (minutes IS NOT NULL)", name=op.f("ck_consultation_end_helped")
        ),
        sa.CheckConstraint(
            "outcome IN ('helped', 'withdrawn', 'nobody')", name=op.f("ck_consultation_end_outcome")
        ),
        sa.CheckConstraint("minutes BETWEEN 0 AND 600", name=op.f("ck_consultation_end_minutes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "consultation_id"],
            ["consultation.tenant_id", "consultation.id"],
            name=op.f("fk_consultation_end_tenant_id_consultation_id_consultation"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_consultation_end")),
        sa.UniqueConstraint(
            "tenant_id", "consultation_id", name=op.f("uq_consultation_end_tenant_id_consultation_id")
        ),
    )

    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")
    _ship()


def _ship() -> None:
    """Networks that are there already get what a new one begins with."""
    op.execute("SET LOCAL app.identities = 'on'")
    networks = op.get_bind().scalars(sa.text("SELECT id FROM tenant ORDER BY id")).all()
    for network_id in networks:
        op.execute(f"SET LOCAL app.tenant_id = '{network_id}'")
        for position, (domain, items) in enumerate(SHIPPED.items(), start=1):
            op.execute(
                sa.text(
                    "WITH made AS (INSERT INTO expertise_domain (tenant_id, code, position)"
                    " VALUES (:network, :domain, :position) RETURNING id)"
                    " INSERT INTO expertise_item (tenant_id, domain_id, code, position)"
                    " SELECT :network, made.id, item.code, item.position"
                    " FROM made, unnest(cast(:items AS text[])) WITH ORDINALITY AS item (code, position)"
                ).bindparams(network=network_id, domain=domain, position=position, items=items.split())
            )
    op.execute("SET LOCAL app.tenant_id = ''")
    op.execute("SET LOCAL app.identities = ''")

"""Furnish intervision: seasons and groups, sessions and bookings, running them, cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"
TABLES = (
    "season",
    "season_publication",
    "participation",
    "avoidance",
    "earlier_seat",
    "intervision_group",
    "group_member",
    "group_school",
    "group_lock",
    "division",
    "intervision_session",
    "session_cancellation",
    "poll",
    "poll_option",
    "poll_answer",
    "session_reminder",
    "booking",
    "presence",
    "method",
    "run",
    "role_taken",
    "pledge",
    "case_contribution",
    "intention",
    "learning_point",
    "pulse_given",
    "pulse_count",
)


def upgrade() -> None:
    _seasons()
    _groups()
    _sessions()
    _bookings()
    _running()
    _cases()
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")


def _seasons() -> None:
    op.create_table(
        "season",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("join_until", sa.Date(), nullable=False),
        sa.Column("smallest", sa.SmallInteger(), nullable=False),
        sa.Column("target", sa.SmallInteger(), nullable=False),
        sa.Column("largest", sa.SmallInteger(), nullable=False),
        sa.Column("sessions", sa.SmallInteger(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("region", sa.String(length=6), nullable=False),
        sa.Column("open_seats", sa.SmallInteger(), nullable=False),
        sa.Column("cancel_hours", sa.SmallInteger(), nullable=False),
        sa.Column("case_days", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("region IN ('noord', 'midden', 'zuid')", name=op.f("ck_season_region")),
        sa.CheckConstraint(
            "2 <= smallest AND smallest <= target AND target <= largest AND largest <= 8",
            name=op.f("ck_season_sizes"),
        ),
        sa.CheckConstraint("cancel_hours BETWEEN 0 AND 168", name=op.f("ck_season_cancel_hours")),
        sa.CheckConstraint("case_days BETWEEN 1 AND 90", name=op.f("ck_season_case_days")),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_season_period")),
        sa.CheckConstraint("join_until <= ends_on", name=op.f("ck_season_join_until")),
        sa.CheckConstraint("minutes BETWEEN 60 AND 180", name=op.f("ck_season_minutes")),
        sa.CheckConstraint("open_seats BETWEEN 0 AND 8", name=op.f("ck_season_open_seats")),
        sa.CheckConstraint("sessions BETWEEN 4 AND 10", name=op.f("ck_season_sessions")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_season")),
        sa.UniqueConstraint("tenant_id", "name", name=op.f("uq_season_tenant_id_name")),
    )
    op.create_table(
        "season_publication",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id"],
            ["season.tenant_id", "season.id"],
            name=op.f("fk_season_publication_tenant_id_season_id_season"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_season_publication")),
        sa.UniqueConstraint("tenant_id", "season_id", name=op.f("uq_season_publication_tenant_id_season_id")),
    )
    op.create_table(
        "participation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("takes_part", sa.Boolean(), nullable=False),
        sa.Column("halfdays", sa.ARRAY(sa.SmallInteger()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("themes", sa.ARRAY(sa.String(length=20)), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("experience", sa.String(length=8), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "experience IS NULL OR experience IN ('starting', 'some', 'long')",
            name=op.f("ck_participation_experience"),
        ),
        sa.CheckConstraint(
            "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]", name=op.f("ck_participation_halfdays")
        ),
        sa.CheckConstraint(
            "takes_part OR cardinality(halfdays) = 0 AND cardinality(themes) = 0",
            name=op.f("ck_participation_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_participation_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id"],
            ["season.tenant_id", "season.id"],
            name=op.f("fk_participation_tenant_id_season_id_season"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_participation")),
        sa.UniqueConstraint(
            "tenant_id", "season_id", "person_id", name=op.f("uq_participation_tenant_id_season_id_person_id")
        ),
    )
    op.create_index("ix_participation_person", "participation", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "avoidance",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("other_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("person_id <> other_id", name=op.f("ck_avoidance_two_people")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "other_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_avoidance_tenant_id_other_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_avoidance_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_avoidance")),
        sa.UniqueConstraint(
            "tenant_id", "person_id", "other_id", name=op.f("uq_avoidance_tenant_id_person_id_other_id")
        ),
    )
    op.create_index("ix_avoidance_other", "avoidance", ["tenant_id", "other_id"], unique=False)
    op.create_table(
        "earlier_seat",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("school_year", sa.SmallInteger(), nullable=False),
        sa.Column("group_name", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("school_year BETWEEN 2000 AND 2100", name=op.f("ck_earlier_seat_school_year")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_earlier_seat_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_earlier_seat")),
        sa.UniqueConstraint(
            "tenant_id",
            "school_year",
            "group_name",
            "person_id",
            name=op.f("uq_earlier_seat_tenant_id_school_year_group_name_person_id"),
        ),
    )
    op.create_index("ix_earlier_seat_person", "earlier_seat", ["tenant_id", "person_id"], unique=False)


def _groups() -> None:
    op.create_table(
        "intervision_group",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id"],
            ["season.tenant_id", "season.id"],
            name=op.f("fk_intervision_group_tenant_id_season_id_season"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_intervision_group")),
        sa.UniqueConstraint(
            "tenant_id", "season_id", "id", name=op.f("uq_intervision_group_tenant_id_season_id_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "season_id", "name", name=op.f("uq_intervision_group_tenant_id_season_id_name")
        ),
    )
    op.create_table(
        "group_member",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("seat", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("seat BETWEEN 1 AND 8", name=op.f("ck_group_member_seat")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_group_member_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.season_id", "intervision_group.id"],
            name="fk_group_member_group",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_member")),
    )
    op.create_index(
        "ix_group_member_group", "group_member", ["tenant_id", "season_id", "group_id"], unique=False
    )
    op.create_index("ix_group_member_person", "group_member", ["tenant_id", "person_id"], unique=False)
    op.create_index(
        "uq_group_member_season",
        "group_member",
        ["tenant_id", "season_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_index(
        "uq_group_member_seat",
        "group_member",
        ["tenant_id", "group_id", "seat"],
        unique=True,
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "group_school",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("school_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("tenant_id"), "="),
            (sa.column("group_id"), "="),
            (sa.column("school_id"), "="),
            (sa.column("person_id"), "<>"),
            using="gist",
            name="ex_group_school_strangers",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.id"],
            name=op.f("fk_group_school_tenant_id_group_id_intervision_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_group_school_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "school_id"],
            ["school.tenant_id", "school.id"],
            name=op.f("fk_group_school_tenant_id_school_id_school"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_school")),
    )
    op.create_index("ix_group_school_group", "group_school", ["tenant_id", "group_id"], unique=False)
    op.create_index("ix_group_school_person", "group_school", ["tenant_id", "person_id"], unique=False)
    op.create_index("ix_group_school_school", "group_school", ["tenant_id", "school_id"], unique=False)
    op.create_table(
        "group_lock",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.id"],
            name=op.f("fk_group_lock_tenant_id_group_id_intervision_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_group_lock")),
        sa.UniqueConstraint("tenant_id", "group_id", name=op.f("uq_group_lock_tenant_id_group_id")),
    )
    op.create_table(
        "division",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("work_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("calculated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("engine_version", sa.String(length=20), nullable=False),
        sa.Column("input_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("upper_bound", sa.BigInteger(), nullable=False),
        sa.Column("iterations", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("groups", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unplaced", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id"],
            ["season.tenant_id", "season.id"],
            name=op.f("fk_division_tenant_id_season_id_season"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "work_id"],
            ["long_work.tenant_id", "long_work.id"],
            name=op.f("fk_division_tenant_id_work_id_long_work"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_division")),
        sa.UniqueConstraint("tenant_id", "work_id", name=op.f("uq_division_tenant_id_work_id")),
    )
    op.create_index("ix_division_season", "division", ["tenant_id", "season_id", "id"], unique=False)


def _sessions() -> None:
    op.create_table(
        "intervision_session",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("season_id", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("appointment_id", sa.BigInteger(), nullable=True),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.Column("facilitator_id", sa.BigInteger(), nullable=True),
        sa.Column("link", sa.LargeBinary(), nullable=True),
        sa.Column("method", sa.String(length=20), nullable=True),
        sa.CheckConstraint("seats BETWEEN 2 AND 16", name=op.f("ck_intervision_session_seats")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appointment_id"],
            ["appointment.tenant_id", "appointment.id"],
            name=op.f("fk_intervision_session_tenant_id_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "season_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.season_id", "intervision_group.id"],
            name="fk_intervision_session_group",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_intervision_session")),
        sa.UniqueConstraint(
            "tenant_id", "appointment_id", name=op.f("uq_intervision_session_tenant_id_appointment_id")
        ),
        sa.UniqueConstraint(
            "tenant_id", "group_id", "number", name=op.f("uq_intervision_session_tenant_id_group_id_number")
        ),
        sa.UniqueConstraint(
            "tenant_id", "id", "seats", name=op.f("uq_intervision_session_tenant_id_id_seats")
        ),
    )
    op.create_index(
        "ix_intervision_session_season",
        "intervision_session",
        ["tenant_id", "season_id", "group_id"],
        unique=False,
    )
    op.create_table(
        "session_cancellation",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_session_cancellation_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_session_cancellation")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", name=op.f("uq_session_cancellation_tenant_id_session_id")
        ),
    )
    op.create_table(
        "poll",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("quorum", sa.SmallInteger(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quorum >= 2", name=op.f("ck_poll_quorum")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_poll_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_poll")),
        sa.UniqueConstraint("tenant_id", "session_id", name=op.f("uq_poll_tenant_id_session_id")),
    )
    op.create_table(
        "poll_option",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("poll_id", sa.BigInteger(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_poll_option_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "poll_id"],
            ["poll.tenant_id", "poll.id"],
            name=op.f("fk_poll_option_tenant_id_poll_id_poll"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_poll_option")),
        sa.UniqueConstraint(
            "tenant_id", "poll_id", "starts_at", name=op.f("uq_poll_option_tenant_id_poll_id_starts_at")
        ),
    )
    op.create_table(
        "poll_answer",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("option_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(length=9), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'if_needed', 'no')", name=op.f("ck_poll_answer_answer")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "option_id"],
            ["poll_option.tenant_id", "poll_option.id"],
            name=op.f("fk_poll_answer_tenant_id_option_id_poll_option"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_poll_answer_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_poll_answer")),
        sa.UniqueConstraint(
            "tenant_id", "option_id", "person_id", name=op.f("uq_poll_answer_tenant_id_option_id_person_id")
        ),
    )
    op.create_index("ix_poll_answer_person", "poll_answer", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "session_reminder",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("about", sa.String(length=9), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "about IN ('poll', 'session', 'intention')", name=op.f("ck_session_reminder_about")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_session_reminder_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_session_reminder_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_session_reminder")),
        sa.UniqueConstraint(
            "tenant_id",
            "session_id",
            "person_id",
            "about",
            "revision",
            name=op.f("uq_session_reminder_tenant_id_session_id_person_id_about_revision"),
        ),
    )
    op.create_index(
        "ix_session_reminder_person", "session_reminder", ["tenant_id", "person_id"], unique=False
    )


def _bookings() -> None:
    op.create_table(
        "booking",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("seats", sa.SmallInteger(), nullable=False),
        sa.Column("seat", sa.SmallInteger(), nullable=True),
        sa.Column("is_guest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(offered_until IS NOT NULL) = (state = 'offered')", name=op.f("ck_booking_offer")
        ),
        sa.CheckConstraint(
            "(seat IS NOT NULL) = (state IN ('booked', 'offered'))", name=op.f("ck_booking_seat")
        ),
        sa.CheckConstraint(
            "state IN ('booked', 'waiting', 'offered', 'given_back')", name=op.f("ck_booking_state")
        ),
        sa.CheckConstraint("seat BETWEEN 1 AND seats", name=op.f("ck_booking_capacity")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_booking_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id", "seats"],
            ["intervision_session.tenant_id", "intervision_session.id", "intervision_session.seats"],
            name="fk_booking_session",
            ondelete="CASCADE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_booking")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "person_id", name=op.f("uq_booking_tenant_id_session_id_person_id")
        ),
        sa.UniqueConstraint("tenant_id", "session_id", "seat", name="uq_booking_seat"),
    )
    op.create_index("ix_booking_person", "booking", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "presence",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("was_there", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_presence_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_presence_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_presence")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "person_id", name=op.f("uq_presence_tenant_id_session_id_person_id")
        ),
    )
    op.create_index("ix_presence_person", "presence", ["tenant_id", "person_id"], unique=False)


def _running() -> None:
    op.create_table(
        "method",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("code LIKE 'own-%'", name=op.f("ck_method_code")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_method_name")),
        sa.CheckConstraint("jsonb_array_length(steps) BETWEEN 1 AND 15", name=op.f("ck_method_steps")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_method")),
        sa.UniqueConstraint("tenant_id", "code", name=op.f("uq_method_tenant_id_code")),
    )
    op.create_index("uq_method_name", "method", ["tenant_id", sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "run",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("steps", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("step_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seconds_left", sa.BigInteger(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("started_by_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(step_ends_at IS NULL OR seconds_left IS NULL) AND (ended_at IS NULL OR (step_ends_at IS NULL AND seconds_left IS NULL))",
            name=op.f("ck_run_timer"),
        ),
        sa.CheckConstraint("step BETWEEN 0 AND jsonb_array_length(steps)", name=op.f("ck_run_step")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_run_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_run")),
        sa.UniqueConstraint("tenant_id", "session_id", name=op.f("uq_run_tenant_id_session_id")),
    )
    op.create_table(
        "role_taken",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=11), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "role IN ('contributor', 'leader', 'timekeeper', 'observer', 'reporter')",
            name=op.f("ck_role_taken_role"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_role_taken_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_role_taken_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_role_taken")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "role", name=op.f("uq_role_taken_tenant_id_session_id_role")
        ),
    )
    op.create_index("ix_role_taken_person", "role_taken", ["tenant_id", "person_id"], unique=False)


def _cases() -> None:
    op.create_table(
        "pledge",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.id"],
            name=op.f("fk_pledge_tenant_id_group_id_intervision_group"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_pledge_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_pledge")),
        sa.UniqueConstraint(
            "tenant_id", "group_id", "person_id", name=op.f("uq_pledge_tenant_id_group_id_person_id")
        ),
    )
    op.create_index("ix_pledge_person", "pledge", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "case_contribution",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("happened", sa.LargeBinary(), nullable=True),
        sa.Column("question", sa.LargeBinary(), nullable=True),
        sa.Column("tried", sa.LargeBinary(), nullable=True),
        sa.Column("wanted", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "forgotten_at IS NULL OR happened IS NULL AND question IS NULL AND tried IS NULL AND wanted IS NULL",
            name=op.f("ck_case_contribution_forgotten"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_case_contribution_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_case_contribution_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_case_contribution")),
        sa.UniqueConstraint(
            "tenant_id",
            "session_id",
            "person_id",
            name=op.f("uq_case_contribution_tenant_id_session_id_person_id"),
        ),
    )
    op.create_index(
        "ix_case_contribution_person", "case_contribution", ["tenant_id", "person_id"], unique=False
    )
    op.create_table(
        "intention",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("goal_id", sa.BigInteger(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("outcome", sa.String(length=9), nullable=True),
        sa.Column("reflection", sa.LargeBinary(), nullable=True),
        sa.Column("followed_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('done', 'partly', 'not_yet', 'otherwise')",
            name=op.f("ck_intention_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (followed_up_at IS NULL)", name=op.f("ck_intention_followed_up")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["goal.tenant_id", "goal.id"],
            name=op.f("fk_intention_tenant_id_goal_id_goal"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_intention_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_intention_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_intention")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "person_id", name=op.f("uq_intention_tenant_id_session_id_person_id")
        ),
    )
    op.create_index("ix_intention_goal", "intention", ["tenant_id", "goal_id"], unique=False)
    op.create_index("ix_intention_person", "intention", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "learning_point",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("check_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_learning_point_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_learning_point")),
        sa.UniqueConstraint("tenant_id", "session_id", name=op.f("uq_learning_point_tenant_id_session_id")),
    )
    op.create_table(
        "pulse_given",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_pulse_given_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_pulse_given_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_pulse_given")),
        sa.UniqueConstraint(
            "tenant_id", "session_id", "person_id", name=op.f("uq_pulse_given_tenant_id_session_id_person_id")
        ),
    )
    op.create_index("ix_pulse_given_person", "pulse_given", ["tenant_id", "person_id"], unique=False)
    op.create_table(
        "pulse_count",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("session_id", sa.BigInteger(), nullable=False),
        sa.Column("statement", sa.SmallInteger(), nullable=False),
        sa.Column("answer", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("answer BETWEEN 1 AND 5", name=op.f("ck_pulse_count_answer")),
        sa.CheckConstraint("number > 0", name=op.f("ck_pulse_count_number")),
        sa.CheckConstraint("statement BETWEEN 1 AND 3", name=op.f("ck_pulse_count_statement")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["intervision_session.tenant_id", "intervision_session.id"],
            name=op.f("fk_pulse_count_tenant_id_session_id_intervision_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_pulse_count")),
        sa.UniqueConstraint(
            "tenant_id",
            "session_id",
            "statement",
            "answer",
            name=op.f("uq_pulse_count_tenant_id_session_id_statement_answer"),
        ),
    )

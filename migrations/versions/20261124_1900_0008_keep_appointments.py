"""Keep appointments that cannot clash, and calendar feeds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointment_period")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_appointment")),
    )
    op.create_table(
        "attendance",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("appointment_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("during", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)",
            name=op.f("ck_attendance_during"),
        ),
        sa.CheckConstraint("status IN ('booked', 'cancelled')", name=op.f("ck_attendance_status")),
        postgresql.ExcludeConstraint(
            (sa.column("tenant_id"), "="),
            (sa.column("person_id"), "="),
            (sa.column("during"), "&&"),
            where=sa.text("status = 'booked'"),
            using="gist",
            name="ex_attendance_one_at_a_time",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appointment_id"],
            ["appointment.tenant_id", "appointment.id"],
            name=op.f("fk_attendance_tenant_id_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_attendance_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "tenant_id",
            "appointment_id",
            "person_id",
            name=op.f("uq_attendance_tenant_id_appointment_id_person_id"),
        ),
    )
    op.create_index(
        "ix_attendance_person", "attendance", ["tenant_id", "person_id", "appointment_id"], unique=False
    )
    op.create_table(
        "calendar_feed",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_calendar_feed_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("tenant_id", "person_id", name=op.f("uq_calendar_feed_tenant_id_person_id")),
        sa.UniqueConstraint("tenant_id", "token_hash", name=op.f("uq_calendar_feed_tenant_id_token_hash")),
    )
    for table in ("appointment", "attendance", "calendar_feed"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")

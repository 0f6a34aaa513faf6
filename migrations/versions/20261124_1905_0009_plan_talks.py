"""Plan the talks of a trajectory."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NETWORK_RULE = "tenant_id = current_setting('app.tenant_id')::bigint"


def upgrade() -> None:
    op.create_table(
        "talk",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("trajectory_id", sa.BigInteger(), nullable=False),
        sa.Column("appointment_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["trajectory.tenant_id", "trajectory.id"],
            name=op.f("fk_talk_tenant_id_trajectory_id_trajectory"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "appointment_id"],
            ["appointment.tenant_id", "appointment.id"],
            name=op.f("fk_talk_tenant_id_appointment_id_appointment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_talk")),
        sa.UniqueConstraint("tenant_id", "appointment_id", name=op.f("uq_talk_tenant_id_appointment_id")),
    )
    op.create_index("ix_talk_trajectory", "talk", ["tenant_id", "trajectory_id"], unique=False)
    op.create_table(
        "talk_outcome",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("talk_id", sa.BigInteger(), nullable=False),
        sa.Column("was_held", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "talk_id"],
            ["talk.tenant_id", "talk.id"],
            name=op.f("fk_talk_outcome_tenant_id_talk_id_talk"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_talk_outcome")),
        sa.UniqueConstraint("tenant_id", "talk_id", name=op.f("uq_talk_outcome_tenant_id_talk_id")),
    )
    op.create_table(
        "talk_reminder",
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("talk_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "talk_id"],
            ["talk.tenant_id", "talk.id"],
            name=op.f("fk_talk_reminder_tenant_id_talk_id_talk"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "person_id"],
            ["person.tenant_id", "person.id"],
            name=op.f("fk_talk_reminder_tenant_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_talk_reminder")),
        sa.UniqueConstraint(
            "tenant_id",
            "talk_id",
            "person_id",
            "revision",
            name=op.f("uq_talk_reminder_tenant_id_talk_id_person_id_revision"),
        ),
    )
    op.create_index("ix_talk_reminder_person", "talk_reminder", ["tenant_id", "person_id"], unique=False)
    for table in ("talk", "talk_outcome", "talk_reminder"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY {table}_wall ON {table} USING ({NETWORK_RULE}) WITH CHECK ({NETWORK_RULE})"
        )
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO vo_app")

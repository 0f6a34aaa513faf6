"""Keep cases inside."""

from alembic import op

revision = "0022"
down_revision = "0019"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_pulse_count_number"), "pulse_count", type_="check")
    op.create_check_constraint(op.f("ck_pulse_count_number"), "pulse_count", "number >= 0")
    op.drop_constraint(op.f("ck_session_reminder_about"), "session_reminder", type_="check")
    op.create_check_constraint(
        op.f("ck_session_reminder_about"),
        "session_reminder",
        "about IN ('poll', 'session', 'intention', 'pulse')",
    )

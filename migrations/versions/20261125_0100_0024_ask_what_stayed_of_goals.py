"""Remember who was asked what stayed of the goal of an intention."""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.drop_constraint(op.f("ck_session_reminder_about"), "session_reminder", type_="check")
    op.create_check_constraint(
        op.f("ck_session_reminder_about"),
        "session_reminder",
        "about IN ('poll', 'session', 'intention', 'pulse', 'goal_6w', 'goal_6m')",
    )

"""Keep goals with their levels, and what was measured."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    pass

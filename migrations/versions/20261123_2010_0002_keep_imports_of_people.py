"""Keep imports of people, so that each can be seen, applied and undone."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    pass

"""Keep what the two of a pair answered, and changes during the year."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    pass

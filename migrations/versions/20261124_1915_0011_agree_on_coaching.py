"""Keep what two people agree on, and what they release to the school leader."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    pass

"""Plan the phases of a round, and the themes of a network."""

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    pass

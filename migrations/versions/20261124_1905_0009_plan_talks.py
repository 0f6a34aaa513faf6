"""Plan the talks of a trajectory."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    pass

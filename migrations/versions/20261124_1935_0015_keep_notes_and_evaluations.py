"""Keep notes, check-ins and evaluations of a trajectory."""

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    pass

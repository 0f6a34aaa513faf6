"""What operating the house needs: rotation of keys, and more."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    pass

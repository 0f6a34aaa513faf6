"""Find the few who hold a role without reading everybody's: each first page names the coordinators."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.create_index("ix_assignment_role", "assignment", ["tenant_id", "role", "person_id"])

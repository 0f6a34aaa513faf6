"""Tell the planner that an item is of one network, and that only expertise has a level.

Without it the database expects a hundredth of the records that the map counts, and looks each person up by herself.
"""

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.execute(
        "CREATE STATISTICS st_expertise_record_item (dependencies) ON tenant_id, item_id, kind, level FROM expertise_record"
    )
    op.execute("ANALYZE expertise_record")

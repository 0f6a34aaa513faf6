"""What operating the house needs: rotation of keys, and more."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # The web server tells whether it serves the schema that it was written for.
    op.execute("GRANT SELECT ON alembic_version TO vo_app")
    # Spread over machines, a key with the network in it can't follow another: what is taken can't change at all.
    op.execute("SET LOCAL app.tenant_id = '0'")
    op.drop_constraint("fk_match_coach_offer", "match")
    op.create_foreign_key(
        "fk_match_coach_offer",
        "match",
        "coach_offer",
        ["tenant_id", "round_id", "coach_id", "capacity"],
        ["tenant_id", "round_id", "coach_id", "capacity"],
        ondelete="CASCADE",
    )
    op.execute("SET LOCAL app.tenant_id = ''")

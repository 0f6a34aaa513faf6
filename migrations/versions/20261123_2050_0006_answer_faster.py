"""Indexes for what the benchmark found slow, and behind the foreign keys that deleting people follows."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_index(
        "ix_coaching_request_person", "coaching_request", ["tenant_id", "person_id"], unique=False
    )
    op.create_index("ix_preference_other", "preference", ["tenant_id", "other_id"], unique=False)
    op.create_index("ix_pin_coach", "pin", ["tenant_id", "coach_id"], unique=False)
    op.create_index("ix_pair_exclusion_coach", "pair_exclusion", ["tenant_id", "coach_id"], unique=False)
    op.create_index("ix_proposed_pair_request", "proposed_pair", ["tenant_id", "request_id"], unique=False)
    op.create_index("ix_proposed_pair_coach", "proposed_pair", ["tenant_id", "coach_id"], unique=False)
    op.create_index("ix_coach_offer_coach", "coach_offer", ["tenant_id", "coach_id"], unique=False)

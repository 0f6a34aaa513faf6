"""Let the text of a goal be forgotten, and nothing else of it be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

TEXTS = ("text", "minus_two", "minus_one", "target", "plus_one", "plus_two")


def upgrade() -> None:
    op.add_column("wording", sa.Column("forgotten_on", sa.Date(), nullable=True))
    for text in TEXTS:
        op.alter_column("wording", text, nullable=True)
    op.create_check_constraint(
        op.f("ck_wording_whole_or_forgotten"),
        "wording",
        f"num_nonnulls({', '.join(TEXTS)}) = CASE WHEN forgotten_on IS NULL THEN {len(TEXTS)} ELSE 0 END",
    )
    # What was written still stays as it is: of all updates only the one that leaves no text passes.
    op.execute(f"GRANT UPDATE ({', '.join(TEXTS)}, forgotten_on) ON wording TO vo_app")
    op.execute(
        "CREATE POLICY wording_is_only_forgotten ON wording AS RESTRICTIVE FOR UPDATE"
        " USING (forgotten_on IS NULL) WITH CHECK (forgotten_on IS NOT NULL)"
    )

"""Goals, their wording, and what was measured.

What must never happen is a constraint here: a level that changes after it was fixed, a measurement of a goal that
was not, and the same moment measured twice.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, EncryptedText, TenantOwned, within_network

LEVELS = (-2, -1, 0, 1, 2)
"""From much less than was hoped for to much more; 0 is the goal itself."""
TEXTS = ("text", "minus_two", "minus_one", "target", "plus_one", "plus_two")
"""What a goal says: the step itself, and its five levels."""


class Moment(StrEnum):
    """When a goal is measured, in the order of time."""

    START = "start"
    CHECK_IN = "check_in"
    END = "end"
    AFTER_6_WEEKS = "after_6_weeks"
    AFTER_6_MONTHS = "after_6_months"


class Goal(TenantOwned, Base):
    """A goal of somebody. What it says stands in its `Wording`."""

    __tablename__ = "goal"
    __table_args__ = (
        within_network("owner_id", "person", ondelete="CASCADE"),
        Index("ix_goal_owner", "tenant_id", "owner_id"),
    )

    owner_id: Mapped[int]
    """Whose goal it is; somebody else may have written it down for her."""
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Wording(TenantOwned, Base):
    """What a goal says, with its five levels. To change it is to write another in its place.

    The application can't delete a row that a `Fixation` refers to, and may update one only to forget all of its text.
    """

    __tablename__ = "wording"
    __table_args__ = (
        UniqueConstraint("tenant_id", "goal_id"),
        UniqueConstraint("tenant_id", "goal_id", "id"),
        within_network("goal_id", "goal", ondelete="CASCADE"),
        CheckConstraint(
            f"num_nonnulls({', '.join(TEXTS)}) = CASE WHEN forgotten_on IS NULL THEN {len(TEXTS)} ELSE 0 END",
            name="whole_or_forgotten",
        ),
    )

    goal_id: Mapped[int]
    by_id: Mapped[int]
    """Who wrote it. No foreign key: it outlives her."""
    text: Mapped[str | None] = mapped_column(EncryptedText)
    minus_two: Mapped[str | None] = mapped_column(EncryptedText)
    minus_one: Mapped[str | None] = mapped_column(EncryptedText)
    target: Mapped[str | None] = mapped_column(EncryptedText)
    plus_one: Mapped[str | None] = mapped_column(EncryptedText)
    plus_two: Mapped[str | None] = mapped_column(EncryptedText)
    forgotten_on: Mapped[date | None]
    """The day on which the texts were deleted; what was measured stays."""

    @property
    def levels(self) -> Mapping[int, str | None]:
        """What each level means, by its number; nothing any more once it was forgotten."""
        texts = (self.minus_two, self.minus_one, self.target, self.plus_one, self.plus_two)
        return dict(zip(LEVELS, texts, strict=True))


class Fixation(TenantOwned, Base):
    """The wording of a goal was fixed: by whom and when. The application can neither change nor delete it."""

    __tablename__ = "fixation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "goal_id"),
        within_network("goal_id", "goal", ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["tenant_id", "goal_id", "wording_id"],
            ["wording.tenant_id", "wording.goal_id", "wording.id"],
            name="fk_fixation_wording",
        ),
    )

    goal_id: Mapped[int]
    wording_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Measurement(TenantOwned, Base):
    """The level of a fixed goal at a moment: once for each moment."""

    __tablename__ = "measurement"
    __table_args__ = (
        UniqueConstraint("tenant_id", "goal_id", "moment"),
        ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["fixation.tenant_id", "fixation.goal_id"],
            ondelete="CASCADE",
            name="fk_measurement_fixation",
        ),
        CheckConstraint(f"level BETWEEN {LEVELS[0]} AND {LEVELS[-1]}", name="level"),
        CheckConstraint(f"moment IN ({', '.join(repr(moment.value) for moment in Moment)})", name="moment"),
    )

    goal_id: Mapped[int]
    moment: Mapped[str] = mapped_column(String(16))
    level: Mapped[int] = mapped_column(SmallInteger)
    measured_on: Mapped[date]
    by_id: Mapped[int]


class GoalEnd(TenantOwned, Base):
    """A goal was let go of: it is not measured any more. Deleting the row takes it up again."""

    __tablename__ = "goal_end"
    __table_args__ = (
        UniqueConstraint("tenant_id", "goal_id"),
        within_network("goal_id", "goal", ondelete="CASCADE"),
    )

    goal_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

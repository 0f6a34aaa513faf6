"""The coaching that follows a match, from the first agreement to its closure."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import COACH_SIDE, IB_SIDE
from tenants.base import Base, TenantOwned, within_network

TALKS = (3, 12)
TALK_MINUTES = (30, 150)


class Trajectory(TenantOwned, Base):
    """A traject: the coaching of one person by another, once both have said yes."""

    __tablename__ = "trajectory"
    __table_args__ = (
        UniqueConstraint("tenant_id", "match_id"),
        within_network("match_id", "match"),
        within_network("coachee_id", "person", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_trajectory_coachee", "tenant_id", "coachee_id"),
        Index("ix_trajectory_coach", "tenant_id", "coach_id"),
        CheckConstraint("coachee_id <> coach_id", name="two_people"),
        CheckConstraint(f"talks BETWEEN {TALKS[0]} AND {TALKS[1]}", name="talks"),
        CheckConstraint(f"minutes BETWEEN {TALK_MINUTES[0]} AND {TALK_MINUTES[1]}", name="minutes"),
    )

    match_id: Mapped[int | None]
    """The published pair that it follows from; none where two people arranged it otherwise."""
    coachee_id: Mapped[int]
    coach_id: Mapped[int]
    talks: Mapped[int] = mapped_column(default=6)
    """How many talks the two plan to have."""
    minutes: Mapped[int] = mapped_column(default=75)
    """How long each of them lasts."""
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())

    def other_than(self, person_id: int) -> int:
        """The other of the two."""
        return self.coach_id if person_id == self.coachee_id else self.coachee_id

    def side_of(self, person_id: int) -> int:
        """On which side one of the two stands."""
        return IB_SIDE if person_id == self.coachee_id else COACH_SIDE


class Outcome(StrEnum):
    """How a trajectory ended. Ending early is no failure."""

    COMPLETED = "completed"
    COMPLETED_EARLY = "early"
    STOPPED = "stopped"
    HANDED_OVER = "handed_over"


class Closure(TenantOwned, Base):
    """That a trajectory is closed: by whom, when, and how."""

    __tablename__ = "closure"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        CheckConstraint(
            f"outcome IN ({', '.join(repr(outcome.value) for outcome in Outcome)})", name="outcome"
        ),
    )

    trajectory_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(12))
    by_id: Mapped[int]
    """One of the two, or the coordinator. No foreign key: the closure outlives her."""
    closed_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

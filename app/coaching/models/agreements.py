"""What the two agree at the start, the goals of their trajectory, and what the school leader may see of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import EITHER_SIDE
from app.goals.models import Moment
from tenants.base import Base, EncryptedText, TenantOwned, within_network

FREE_LINES = 5
"""How many lines the two can add of their own."""
ASKED_BY_MAIL = (Moment.AFTER_6_WEEKS, Moment.AFTER_6_MONTHS)


class LineKind(StrEnum):
    """What a line of the start agreement is about."""

    PLACE = "place"
    LEADER_HEARS = "leader_hears"
    FREE = "free"


class AgreementLine(TenantOwned, Base):
    """A line of the start agreement. Another text is another line: what was released was this one."""

    __tablename__ = "agreement_line"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id", "kind", "position"),
        UniqueConstraint("tenant_id", "trajectory_id", "id"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in LineKind)})", name="kind"),
        CheckConstraint(
            f"position BETWEEN 1 AND CASE kind WHEN 'free' THEN {FREE_LINES} ELSE 1 END", name="position"
        ),
    )

    trajectory_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(SmallInteger, default=1)
    text: Mapped[str] = mapped_column(EncryptedText)


class Agreement(TenantOwned, Base):
    """One of the two agrees with the lines as they are. A line that changes takes both away."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id", "side"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        CheckConstraint(EITHER_SIDE, name="side"),
    )

    trajectory_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class TrajectoryGoal(TenantOwned, Base):
    """A goal of the coachee that belongs to a trajectory."""

    __tablename__ = "trajectory_goal"
    __table_args__ = (
        UniqueConstraint("tenant_id", "goal_id"),
        UniqueConstraint("tenant_id", "trajectory_id", "goal_id"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        within_network("goal_id", "goal", ondelete="CASCADE"),
    )

    trajectory_id: Mapped[int]
    goal_id: Mapped[int]


class Release(TenantOwned, Base):
    """The coachee lets her school leader see one part: a line, a goal, or how many talks there are.

    Deleting the row takes it back.
    """

    __tablename__ = "release"
    __table_args__ = (
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        ForeignKeyConstraint(
            ["tenant_id", "trajectory_id", "line_id"],
            ["agreement_line.tenant_id", "agreement_line.trajectory_id", "agreement_line.id"],
            ondelete="CASCADE",
            name="fk_release_agreement_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "trajectory_id", "goal_id"],
            ["trajectory_goal.tenant_id", "trajectory_goal.trajectory_id", "trajectory_goal.goal_id"],
            ondelete="CASCADE",
            name="fk_release_trajectory_goal",
        ),
        CheckConstraint("line_id IS NULL OR goal_id IS NULL", name="one_part"),
        # Each part once; the talks are what is neither a line nor a goal.
        UniqueConstraint(
            "tenant_id", "trajectory_id", "line_id", "goal_id", postgresql_nulls_not_distinct=True
        ),
    )

    trajectory_id: Mapped[int]
    line_id: Mapped[int | None]
    goal_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class AskedMeasurement(TenantOwned, Base):
    """The coachee was asked by mail what stayed of her goals: once for each moment."""

    __tablename__ = "asked_measurement"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id", "moment"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        CheckConstraint(
            f"moment IN ({', '.join(repr(moment.value) for moment in ASKED_BY_MAIL)})", name="moment"
        ),
    )

    trajectory_id: Mapped[int]
    moment: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(server_default=func.now())

"""Halfway: both say how it goes, and read each other's answer once both are there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import EITHER_SIDE
from tenants.base import Base, EncryptedText, TenantOwned, within_network


class CheckInCall(TenantOwned, Base):
    """That the two are asked how it goes: once in a trajectory, when it is time or when one of them begins."""

    __tablename__ = "check_in_call"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
    )

    trajectory_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    reminded_at: Mapped[datetime | None]
    """When who had not answered was mailed again: that happens once."""


class CheckIn(TenantOwned, Base):
    """How one of the two says it goes."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id", "side"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        CheckConstraint(EITHER_SIDE, name="side"),
        CheckConstraint("score BETWEEN 1 AND 5", name="score"),
    )

    trajectory_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    score: Mapped[int] = mapped_column(SmallInteger)
    """Whether it helps: 1 not at all, 5 very much."""
    text: Mapped[str | None] = mapped_column(EncryptedText)
    """What should be different."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())

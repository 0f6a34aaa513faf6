"""After the closure: what came of it, in the eyes of each; and another coach, without having to say why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, SmallInteger, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import EITHER_SIDE
from tenants.base import Base, EncryptedText, TenantOwned, within_network

STATEMENTS = ("practice", "noticed", "outside", "worthwhile")
"""What both judge from 1 to 5: columns of an evaluation."""


class Evaluation(TenantOwned, Base):
    """What one of the two says came of the coaching. The other reads it when its author releases it."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id", "side"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        CheckConstraint(EITHER_SIDE, name="side"),
        *(CheckConstraint(f"{statement} BETWEEN 1 AND 5", name=statement) for statement in STATEMENTS),
    )

    trajectory_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    practice: Mapped[int] = mapped_column(SmallInteger)
    """Something is done differently at work."""
    noticed: Mapped[int] = mapped_column(SmallInteger)
    """Teachers or colleagues notice it."""
    outside: Mapped[int] = mapped_column(SmallInteger)
    """It helped that the coach came from outside."""
    worthwhile: Mapped[int] = mapped_column(SmallInteger)
    """It was worth the time."""
    text: Mapped[str | None] = mapped_column(EncryptedText)
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    """Since when the other may read it."""


class Rematch(TenantOwned, Base):
    """That an IB'er asks for another coach after a closure: her request of that round is open again."""

    __tablename__ = "rematch"
    __table_args__ = (
        UniqueConstraint("tenant_id", "trajectory_id"),
        # Of a trajectory that is closed: it goes when that is opened again.
        ForeignKeyConstraint(
            ["tenant_id", "trajectory_id"],
            ["closure.tenant_id", "closure.trajectory_id"],
            ondelete="CASCADE",
            name="fk_rematch_closure",
        ),
    )

    trajectory_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

"""Long work that somebody waits for: how far it is, and the wish to stop it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned


class WorkState(StrEnum):
    """Where a piece of long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class LongWork(TenantOwned, Base):
    """A job with a bar and a cancel button. What comes out of it belongs to the room that asked."""

    __tablename__ = "long_work"
    __table_args__ = (
        CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
        # The same work for the same thing runs once at a time, also when two people press at once.
        Index(
            "uq_long_work_running",
            "tenant_id",
            "kind",
            "subject_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint(f"state IN ({', '.join(repr(s.value) for s in WorkState)})", name="state"),
    )

    kind: Mapped[str] = mapped_column(String(40))
    """The name of the job that does it."""
    subject_id: Mapped[int]
    """The row that it is about, such as the round of a calculation."""
    person_id: Mapped[int]
    """Who asked for it and may watch and cancel it. No foreign key: people live on a higher storey."""
    state: Mapped[str] = mapped_column(String(10), default=WorkState.WAITING)
    stage: Mapped[str] = mapped_column(String(40), default="")
    """A code of the room; its template gives the words."""
    percent: Mapped[int] = mapped_column(default=0)
    cancel_asked_at: Mapped[datetime | None]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.ended_at is not None

"""What the two write down for themselves, and for each other."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, func
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import EITHER_SIDE
from tenants.base import Base, EncryptedText, TenantOwned, within_network


class NoteKind(StrEnum):
    """For whose eyes a note is."""

    OWN = "own"
    """Only its author knows that it is there."""
    SHARED = "shared"
    """For the two of them."""


class Note(TenantOwned, Base):
    """A note of one of the two. Nobody outside the trajectory knows that there are any."""

    __tablename__ = "note"
    __table_args__ = (
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        Index("ix_note_trajectory", "tenant_id", "trajectory_id"),
        CheckConstraint(EITHER_SIDE, name="side"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in NoteKind)})", name="kind"),
    )

    trajectory_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    """Who wrote it: by her side, so that it can't be anybody else than one of the two."""
    kind: Mapped[str] = mapped_column(String(6))
    text: Mapped[str] = mapped_column(EncryptedText)
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_at: Mapped[datetime | None]
    thrown_away_at: Mapped[datetime | None]
    """From then on nobody sees it. It can be put back until the night after the next day, when it is deleted."""

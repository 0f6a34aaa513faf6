"""Rules that a coordinator tried with more room, and what came out."""

from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned, within_network


class Attempt(TenantOwned, Base):
    """A "wat als": what one rule with more room would do to a proposal. It goes with the proposal."""

    __tablename__ = "attempt"
    __table_args__ = (
        within_network("proposal_id", "proposal", ondelete="CASCADE"),
        within_network("work_id", "long_work"),
        UniqueConstraint("tenant_id", "work_id"),
        Index("ix_attempt_proposal", "tenant_id", "proposal_id"),
    )

    proposal_id: Mapped[int]
    work_id: Mapped[int]
    rule: Mapped[str] = mapped_column(String(12))
    """As a `Loosened`."""
    number: Mapped[int]
    """Of minutes, rounds or points, by the rule."""
    subject_id: Mapped[int]
    """The request or the coach that it is about; 0 for everybody."""
    effect: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Figures before and after, and the requests that gain or lose a coach; None until it is worked out."""

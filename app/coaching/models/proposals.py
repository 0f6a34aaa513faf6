"""What a calculation found: a proposal with its pairs, and that a change was carried out."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned, within_network


class ProposalKind(StrEnum):
    """What was calculated."""

    ROUND = "round"
    """All pairs of a round, to be published."""
    CHANGE = "change"
    """Other pairs in a published round, of which as many as possible stay as they are."""


class Proposal(TenantOwned, Base):
    """One calculation of a round, kept with what shows that it is the best: objective and certificate."""

    __tablename__ = "proposal"
    __table_args__ = (
        within_network("round_id", "matching_round"),
        within_network("work_id", "long_work"),
        UniqueConstraint("tenant_id", "work_id"),
        Index("ix_proposal_round", "tenant_id", "round_id", "id"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in ProposalKind)})", name="kind"),
    )

    round_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10), server_default=ProposalKind.ROUND)
    work_id: Mapped[int]
    by_id: Mapped[int]
    calculated_at: Mapped[datetime]
    engine_version: Mapped[str] = mapped_column(String(20))
    input_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of everything that the calculation was given: publishing checks that it still holds."""
    sufficiency: Mapped[int]
    decisions: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Locks and exclusions as they were: pairs of the ids of request and coach. Of a change also the pairs that went
    on (`previous`), and those of them whose coaching had begun (`begun`)."""
    objective: Mapped[dict[str, Any]] = mapped_column(JSONB)
    certificate: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seconds: Mapped[float]


class ProposedPair(TenantOwned, Base):
    """What a proposal says of one request: the coach with the parts of the score, or why there is none."""

    __tablename__ = "proposed_pair"
    __table_args__ = (
        UniqueConstraint("tenant_id", "proposal_id", "request_id"),
        within_network("proposal_id", "proposal", ondelete="CASCADE"),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_proposed_pair_score", "tenant_id", "proposal_id", "score", "id"),
        Index("ix_proposed_pair_request", "tenant_id", "request_id"),
        Index("ix_proposed_pair_coach", "tenant_id", "coach_id"),
    )

    proposal_id: Mapped[int]
    request_id: Mapped[int]
    coach_id: Mapped[int | None]
    score: Mapped[int | None]
    """0 to 1000, the sum of the four parts."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Parts, minutes, shared half-days and themes; alternatives with what they cost; or the reason."""


class AppliedChange(TenantOwned, Base):
    """That a proposed change was carried out: by whom and when."""

    __tablename__ = "applied_change"
    __table_args__ = (
        UniqueConstraint("tenant_id", "proposal_id"),
        within_network("proposal_id", "proposal"),
    )

    proposal_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

"""What a calculation found: a proposal with its pairs, and that a change was carried out."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    text,
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
    other_lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    """What the proposal would be with another line of fairness: the line, and figures as numbers."""
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


class ProposedCoach(TenantOwned, Base):
    """What a proposal says of one coach: her places, and what one place less or more would change.

    Gains and losses are of the plain problem: as many IB'ers as possible with a coach, then the highest total.
    """

    __tablename__ = "proposed_coach"
    __table_args__ = (
        UniqueConstraint("tenant_id", "proposal_id", "coach_id"),
        within_network("proposal_id", "proposal", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_proposed_coach_coach", "tenant_id", "coach_id"),
        CheckConstraint("taken BETWEEN 0 AND places", name="places"),
        CheckConstraint("(less_matched IS NULL) = (less_total IS NULL)", name="less"),
    )

    proposal_id: Mapped[int]
    coach_id: Mapped[int]
    places: Mapped[int]
    taken: Mapped[int]
    more_matched: Mapped[int]
    """How many IB'ers more would have a coach with one place more."""
    more_total: Mapped[int]
    """How many points more all pairs would have together, on the scale of 0 to 1000 for each; can be below 0."""
    less_matched: Mapped[int | None]
    """How many IB'ers would lose their coach with one place less; None when all places are locked."""
    less_total: Mapped[int | None]


class PossibleCoach(TenantOwned, Base):
    """An IB'er who is no coach yet, and could help the IB'ers without one: an estimate from her own school."""

    __tablename__ = "possible_coach"
    __table_args__ = (
        UniqueConstraint("tenant_id", "proposal_id", "person_id"),
        within_network("proposal_id", "proposal", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_possible_coach_person", "tenant_id", "person_id"),
        CheckConstraint("gain >= 0", name="gain"),
    )

    proposal_id: Mapped[int]
    person_id: Mapped[int]
    rank: Mapped[int]
    """1 is whom to ask first."""
    gain: Mapped[int]
    """How many IB'ers more would have a coach if she took one."""
    coachable: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    """The requests without a coach that she may take, by id."""

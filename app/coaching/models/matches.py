"""Published pairs, and the constraints that keep them possible."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import EITHER_SIDE
from tenants.base import Base, TenantOwned, within_network

GOES_ON = text("ended_at IS NULL")


class Ending(StrEnum):
    """How a match came to its end."""

    DECLINED = "declined"
    """One of the two said no before they began; nobody is told which."""
    CHANGED = "changed"
    """The coordinator gave one of the two somebody else."""
    CLOSED = "closed"
    """The coaching was closed by the two themselves."""


class CoachOffer(TenantOwned, Base):
    """The places of a coach in a published round: they can grow during the round.

    Matches refer to it, so that none is over capacity.
    """

    __tablename__ = "coach_offer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id", "coach_id", "capacity"),
        Index("uq_coach_offer_coach", "tenant_id", "round_id", "coach_id", unique=True),
        within_network("round_id", "matching_round"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_coach_offer_coach", "tenant_id", "coach_id"),
    )

    round_id: Mapped[int]
    coach_id: Mapped[int]
    capacity: Mapped[int]


class Match(TenantOwned, Base):
    """A published pair: from now on the two see each other."""

    __tablename__ = "match"
    __table_args__ = (
        # Of the matches that have not ended there is one for each request, and one in each place of a coach.
        Index("uq_match_request", "tenant_id", "request_id", unique=True, postgresql_where=GOES_ON),
        Index(
            "uq_match_place",
            "tenant_id",
            "round_id",
            "coach_id",
            "place",
            unique=True,
            postgresql_where=GOES_ON,
        ),
        ForeignKeyConstraint(
            ["tenant_id", "round_id", "coach_id", "capacity"],
            ["coach_offer.tenant_id", "coach_offer.round_id", "coach_offer.coach_id", "coach_offer.capacity"],
            ondelete="CASCADE",
            # Checked at the end, where a coach gets more places: the offer and its matches change one after the other.
            deferrable=True,
            name="fk_match_coach_offer",
        ),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coachee_id", "person", ondelete="CASCADE"),
        CheckConstraint("place BETWEEN 1 AND capacity", name="capacity"),
        CheckConstraint("coachee_id <> coach_id", name="two_people"),
        # A coaches B while B coaches A: the two share one key, whatever the direction.
        Index(
            "uq_match_not_swapped",
            "tenant_id",
            "round_id",
            text("least(coachee_id, coach_id)"),
            text("greatest(coachee_id, coach_id)"),
            unique=True,
            postgresql_where=GOES_ON,
        ),
        CheckConstraint("(ended_at IS NULL) = (ending IS NULL)", name="ended"),
        CheckConstraint(f"ending IN ({', '.join(repr(ending.value) for ending in Ending)})", name="ending"),
        Index("ix_match_request", "tenant_id", "request_id"),
        Index("ix_match_round", "tenant_id", "round_id", "coach_id"),
        Index("ix_match_coach", "tenant_id", "coach_id"),
        Index("ix_match_coachee", "tenant_id", "coachee_id"),
    )

    round_id: Mapped[int]
    request_id: Mapped[int]
    coachee_id: Mapped[int]
    coach_id: Mapped[int]
    capacity: Mapped[int]
    place: Mapped[int]
    score: Mapped[int]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
    made_at: Mapped[datetime | None] = mapped_column(server_default=func.now())
    """From when the two know of each other; None for what was published before this was kept."""
    ended_at: Mapped[datetime | None]
    """None while it goes on: then it holds a place of the coach."""
    ending: Mapped[str | None] = mapped_column(String(10))
    """How it ended, as an `Ending`; who did it stands in the audit trail."""


class MatchAffiliation(TenantOwned, Base):
    """A school or board of one side of a match, as it was when the match was made.

    The exclusion constraint makes a match between people of the same school or board impossible.
    """

    __tablename__ = "match_affiliation"
    __table_args__ = (
        within_network("match_id", "match", ondelete="CASCADE"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("match_id", "="),
            ("affiliation", "="),
            ("side", "<>"),
            name="ex_match_affiliation_strangers",
            using="gist",
        ),
        CheckConstraint(EITHER_SIDE, name="side"),
    )

    match_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    affiliation: Mapped[str] = mapped_column(String(20))
    """`school:03WU00` or `board:32073`."""

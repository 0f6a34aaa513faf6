"""What the two of a published pair answered, and what follows from silence and from no."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.coaching.models.sides import EITHER_SIDE
from tenants.base import Base, TenantOwned, within_network


class Answer(StrEnum):
    """What one of the two says to a match."""

    ACCEPTED = "accepted"
    TALK_FIRST = "talk_first"
    """She wants to meet before she says yes or no."""
    DECLINED = "declined"


class MatchAnswer(TenantOwned, Base):
    """The last answer of one of the two. Only she herself and, of a yes, the other get to see it."""

    __tablename__ = "match_answer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "match_id", "side"),
        within_network("match_id", "match", ondelete="CASCADE"),
        CheckConstraint(EITHER_SIDE, name="side"),
        CheckConstraint(f"answer IN ({', '.join(repr(answer.value) for answer in Answer)})", name="answer"),
    )

    match_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    answer: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class MatchNudge(TenantOwned, Base):
    """That one of the two was reminded of a match: each of them is once."""

    __tablename__ = "match_nudge"
    __table_args__ = (
        UniqueConstraint("tenant_id", "match_id", "side"),
        within_network("match_id", "match", ondelete="CASCADE"),
        CheckConstraint(EITHER_SIDE, name="side"),
    )

    match_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class DeclinedPair(TenantOwned, Base):
    """A pair that is not proposed again in its round, since one of the two said no. It does not hold which."""

    __tablename__ = "declined_pair"
    __table_args__ = (
        UniqueConstraint("tenant_id", "request_id", "coach_id"),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_declined_pair_coach", "tenant_id", "coach_id"),
    )

    request_id: Mapped[int]
    coach_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

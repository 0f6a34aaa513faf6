"""A koppelronde and its publication."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned, within_network


class MatchingRound(TenantOwned, Base):
    """A koppelronde: the period in which coaching is asked, offered, matched and published."""

    __tablename__ = "matching_round"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("sufficiency BETWEEN 0 AND 1000", name="sufficiency"),
        CheckConstraint("repeat_rounds BETWEEN 0 AND 10", name="repeat_rounds"),
    )

    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sufficiency: Mapped[int] = mapped_column(default=350)
    """The score (0 to 1000) from which a pair is good enough: fairness is about those below it."""
    repeat_rounds: Mapped[int] = mapped_column(default=2)
    """How many earlier rounds somebody's coach stays known: she is no stranger yet."""


class Publication(TenantOwned, Base):
    """A round was published: by whom, when, and which proposal."""

    __tablename__ = "publication"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id"),
        within_network("round_id", "matching_round"),
        within_network("proposal_id", "proposal"),
    )

    round_id: Mapped[int]
    proposal_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

"""What the coordinator decides about a pair before the calculation."""

from datetime import datetime

from sqlalchemy import (
    Index,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned, within_network


class Pin(TenantOwned, Base):
    """The coordinator fixes a pair before the calculation: locked as proposed, or chosen by her."""

    __tablename__ = "pin"
    __table_args__ = (
        UniqueConstraint("tenant_id", "request_id"),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_pin_coach", "tenant_id", "coach_id"),
    )

    request_id: Mapped[int]
    coach_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class PairExclusion(TenantOwned, Base):
    """The coordinator rules a pair out for this round."""

    __tablename__ = "pair_exclusion"
    __table_args__ = (
        UniqueConstraint("tenant_id", "request_id", "coach_id"),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_pair_exclusion_coach", "tenant_id", "coach_id"),
    )

    request_id: Mapped[int]
    coach_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

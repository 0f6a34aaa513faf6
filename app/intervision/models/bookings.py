"""Seats in a session, the waiting list, and who was there."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.constraints import one_of
from tenants.base import Base, TenantOwned, within_network


class BookingState(StrEnum):
    """Where somebody's booking stands."""

    BOOKED = "booked"
    WAITING = "waiting"
    """The session is full: she stands in line."""
    OFFERED = "offered"
    """A seat came free and is held for her until she answers, or her time is over."""
    GIVEN_BACK = "given_back"
    """She cancelled, or let her offer pass."""


class Booking(TenantOwned, Base):
    """Somebody's seat in a session, or her place in the line for it.

    Seats are numbered, each taken once, and there are no more numbers than seats: so a session is never too full.
    """

    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "person_id"),
        UniqueConstraint("tenant_id", "session_id", "seat", name="uq_booking_seat"),
        ForeignKeyConstraint(
            ["tenant_id", "session_id", "seats"],
            [
                "intervision_session.tenant_id",
                "intervision_session.id",
                "intervision_session.seats",
            ],
            ondelete="CASCADE",
            # Checked at the end, where a session gets more seats: it and its bookings change one after the other.
            deferrable=True,
            name="fk_booking_session",
        ),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_booking_person", "tenant_id", "person_id"),
        CheckConstraint(one_of("state", BookingState), name="state"),
        CheckConstraint("seat BETWEEN 1 AND seats", name="capacity"),
        CheckConstraint("(seat IS NOT NULL) = (state IN ('booked', 'offered'))", name="seat"),
        CheckConstraint("(offered_until IS NOT NULL) = (state = 'offered')", name="offer"),
    )

    session_id: Mapped[int]
    person_id: Mapped[int]
    seats: Mapped[int] = mapped_column(SmallInteger)
    """How many the session has: kept equal by the foreign key."""
    seat: Mapped[int | None] = mapped_column(SmallInteger)
    is_guest: Mapped[bool]
    """Whether she is of another group, or of none."""
    state: Mapped[str] = mapped_column(String(10))
    since: Mapped[datetime] = mapped_column(server_default=func.now())
    """When she came into this state: who waits longest is next."""
    offered_until: Mapped[datetime | None]


class Presence(TenantOwned, Base):
    """Whether somebody was there."""

    __tablename__ = "presence"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "person_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_presence_person", "tenant_id", "person_id"),
    )

    session_id: Mapped[int]
    person_id: Mapped[int]
    was_there: Mapped[bool]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

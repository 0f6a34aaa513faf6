"""Appointments, who takes part in them, and calendar feeds.

What must never happen is a constraint here: that somebody is booked twice at the same time.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import TSTZRANGE, ExcludeConstraint, Range
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, EncryptedText, TenantOwned, within_network


class Appointment(TenantOwned, Base):
    """A time and a place where people meet."""

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="period"),)

    kind: Mapped[str] = mapped_column(String(20))
    """The room that made it, such as `coaching`."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str | None] = mapped_column(EncryptedText)
    """A school, "Online" with or without its link, or in somebody's own words."""
    revision: Mapped[int] = mapped_column(default=0)
    """How often it was moved or cancelled: by this a calendar knows which version is the latest."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    cancelled_at: Mapped[datetime | None]


class Status(StrEnum):
    """Whether somebody's time is taken by an appointment."""

    BOOKED = "booked"
    CANCELLED = "cancelled"


class Attendance(TenantOwned, Base):
    """Somebody's part in an appointment. As long as it is booked, she can be booked nowhere else at that time."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("tenant_id", "appointment_id", "person_id"),
        within_network("appointment_id", "appointment", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("person_id", "="),
            ("during", "&&"),
            name="ex_attendance_one_at_a_time",
            using="gist",
            where=text("status = 'booked'"),
        ),
        # An empty period overlaps with nothing, and one without an end with everything.
        CheckConstraint(
            "NOT isempty(during) AND NOT lower_inf(during) AND NOT upper_inf(during)", name="during"
        ),
        CheckConstraint(f"status IN ({', '.join(repr(status.value) for status in Status)})", name="status"),
        Index("ix_attendance_person", "tenant_id", "person_id", "appointment_id"),
    )

    appointment_id: Mapped[int]
    person_id: Mapped[int]
    during: Mapped[Range[datetime]] = mapped_column(TSTZRANGE)
    status: Mapped[str] = mapped_column(String(10), default=Status.BOOKED)


class CalendarFeed(TenantOwned, Base):
    """The secret address at which somebody's calendar reads her agenda. Without a row there is none."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id"),
        UniqueConstraint("tenant_id", "token_hash"),
        within_network("person_id", "person", ondelete="CASCADE"),
    )

    person_id: Mapped[int]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256: the token itself is shown once and kept nowhere."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

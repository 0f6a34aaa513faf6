"""The talks of a trajectory: when they are is kept by the agenda; here is whose they are, and what became of them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned, within_network

MOST_TALKS = 12


class Talk(TenantOwned, Base):
    """A talk of the two in a trajectory."""

    __tablename__ = "talk"
    __table_args__ = (
        UniqueConstraint("tenant_id", "appointment_id"),
        within_network("trajectory_id", "trajectory", ondelete="CASCADE"),
        within_network("appointment_id", "appointment", ondelete="CASCADE"),
        Index("ix_talk_trajectory", "tenant_id", "trajectory_id"),
    )

    trajectory_id: Mapped[int]
    appointment_id: Mapped[int]


class TalkOutcome(TenantOwned, Base):
    """What became of a talk whose time came: it was held, or it did not take place."""

    __tablename__ = "talk_outcome"
    __table_args__ = (
        UniqueConstraint("tenant_id", "talk_id"),
        within_network("talk_id", "talk", ondelete="CASCADE"),
    )

    talk_id: Mapped[int]
    was_held: Mapped[bool]
    by_id: Mapped[int]
    """One of the two. No foreign key: what was held was held."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class TalkReminder(TenantOwned, Base):
    """That somebody is reminded of a talk as it is planned; once it is moved, she is reminded again."""

    __tablename__ = "talk_reminder"
    __table_args__ = (
        UniqueConstraint("tenant_id", "talk_id", "person_id", "revision"),
        within_network("talk_id", "talk", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_talk_reminder_person", "tenant_id", "person_id"),
    )

    talk_id: Mapped[int]
    person_id: Mapped[int]
    revision: Mapped[int]
    """Of the appointment, when the mail was queued."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())

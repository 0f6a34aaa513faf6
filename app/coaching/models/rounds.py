"""A koppelronde: what is planned, what was done by hand, who was reminded, and its publication."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Index,
    String,
    UniqueConstraint,
    func,
    literal_column,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
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
        CheckConstraint(
            "requests_until <= publish_on AND publish_on <= ends_on AND requests_until <= ends_on",
            name="planning",
        ),
    )

    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sufficiency: Mapped[int] = mapped_column(default=350)
    """The score (0 to 1000) from which a pair is good enough: fairness is about those below it."""
    repeat_rounds: Mapped[int] = mapped_column(default=2)
    """How many earlier rounds somebody's coach stays known: she is no stranger yet."""
    requests_until: Mapped[date | None]
    """The last day on which coaching can be asked; None until it is published."""
    publish_on: Mapped[date | None]
    """The day on which the pairs are to be known. Nothing happens by itself: people are told what to expect."""
    reminds: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Whether who has not been heard of gets a mail before the last day."""


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


class RoundClosing(TenantOwned, Base):
    """The coordinator closed the requests of a round by hand, before or without its last day."""

    __tablename__ = "round_closing"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id"),
        within_network("round_id", "matching_round"),
    )

    round_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class RoundArchiving(TenantOwned, Base):
    """A round was put away: it stays to be read, and nothing in it changes."""

    __tablename__ = "round_archiving"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id"),
        within_network("round_id", "matching_round"),
    )

    round_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Occasion(StrEnum):
    """Why somebody was reminded."""

    WEEK = "week"
    """The last day of the requests comes near."""
    DAYS = "days"
    """It is there, or nearly."""
    BY_HAND = "by_hand"
    """The coordinator pressed the button."""


DAYS_BETWEEN_REMINDERS = 3
"""By hand: nobody is asked again within so many days, however many coordinators press."""


class RoundReminder(TenantOwned, Base):
    """Somebody was reminded that she has not been heard of in a round: once for each occasion."""

    __tablename__ = "round_reminder"
    __table_args__ = (
        # A last day that is moved is another occasion.
        UniqueConstraint(
            "tenant_id", "round_id", "person_id", "occasion", "about_day", name="uq_round_reminder_once"
        ),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("round_id", "="),
            ("person_id", "="),
            (literal_column(f"daterange(about_day, about_day + {DAYS_BETWEEN_REMINDERS})"), "&&"),
            name="ex_round_reminder_patience",
            using="gist",
            where=text("occasion = 'by_hand'"),
        ),
        within_network("round_id", "matching_round"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_round_reminder_person", "tenant_id", "person_id"),
        CheckConstraint(
            f"occasion IN ({', '.join(repr(occasion.value) for occasion in Occasion)})", name="occasion"
        ),
    )

    round_id: Mapped[int]
    person_id: Mapped[int]
    occasion: Mapped[str] = mapped_column(String(10))
    about_day: Mapped[date]
    """The last day that it is about; by hand the day of the mail itself."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())

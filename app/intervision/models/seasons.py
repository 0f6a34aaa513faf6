"""A season of intervision, who takes part, and what is known of earlier years."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ARRAY, CheckConstraint, Index, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.agenda.halfdays import HALFDAYS_RULE
from app.intervision.models.bounds import (
    CANCEL_HOURS,
    CASE_DAYS,
    GROUP_SIZES,
    OPEN_SEATS,
    SESSION_MINUTES,
    SESSIONS,
)
from app.kernel.constraints import between, one_of
from tenants.base import Base, TenantOwned, within_network


class Region(StrEnum):
    """By which school holidays a season is planned."""

    NORTH = "noord"
    MIDDLE = "midden"
    SOUTH = "zuid"


class Season(TenantOwned, Base):
    """A season: the groups and sessions of a school year, or of a part of it."""

    __tablename__ = "season"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("join_until <= ends_on", name="join_until"),
        CheckConstraint(
            f"{GROUP_SIZES[0]} <= smallest AND smallest <= target AND target <= largest"
            f" AND largest <= {GROUP_SIZES[1]}",
            name="sizes",
        ),
        CheckConstraint(between("sessions", SESSIONS), name="sessions"),
        CheckConstraint(between("minutes", SESSION_MINUTES), name="minutes"),
        CheckConstraint(between("open_seats", OPEN_SEATS), name="open_seats"),
        CheckConstraint(between("cancel_hours", CANCEL_HOURS), name="cancel_hours"),
        CheckConstraint(between("case_days", CASE_DAYS), name="case_days"),
        CheckConstraint(one_of("region", Region), name="region"),
    )

    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    join_until: Mapped[date]
    """The last day on which IB'ers say whether they take part."""
    smallest: Mapped[int] = mapped_column(SmallInteger, default=4)
    target: Mapped[int] = mapped_column(SmallInteger, default=6)
    """How many people a group has at best."""
    largest: Mapped[int] = mapped_column(SmallInteger, default=8)
    sessions: Mapped[int] = mapped_column(SmallInteger, default=6)
    minutes: Mapped[int] = mapped_column(SmallInteger, default=120)
    region: Mapped[str] = mapped_column(String(6))
    open_seats: Mapped[int] = mapped_column(SmallInteger, default=2)
    """How many guests from outside the group can book a seat in a session."""
    cancel_hours: Mapped[int] = mapped_column(SmallInteger, default=24)
    """Until how long before a session a seat can be given back."""
    case_days: Mapped[int] = mapped_column(SmallInteger, default=30)
    """So long after its session a case is kept."""


class SeasonPublication(TenantOwned, Base):
    """The groups of a season were made known: by whom and when."""

    __tablename__ = "season_publication"
    __table_args__ = (
        UniqueConstraint("tenant_id", "season_id"),
        within_network("season_id", "season"),
    )

    season_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class ReminderOccasion(StrEnum):
    """Why somebody was reminded that she has not answered."""

    WEEK = "week"
    """The last day comes near."""
    BY_HAND = "by_hand"
    """The coordinator pressed the button."""


class SeasonReminder(TenantOwned, Base):
    """Somebody was reminded that she has not answered for a season: once for each occasion and each last day."""

    __tablename__ = "season_reminder"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "season_id", "person_id", "occasion", "about_day", name="uq_season_reminder_once"
        ),
        within_network("season_id", "season"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_season_reminder_person", "tenant_id", "person_id"),
        CheckConstraint(one_of("occasion", ReminderOccasion), name="occasion"),
    )

    season_id: Mapped[int]
    person_id: Mapped[int]
    occasion: Mapped[str] = mapped_column(String(10))
    about_day: Mapped[date]
    """The last day that it is about; a last day that is moved is another occasion."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Experience(StrEnum):
    """For how long somebody has been an IB'er: a group thinks better with both."""

    STARTING = "starting"
    SOME = "some"
    LONG = "long"


class Participation(TenantOwned, Base):
    """What an IB'er answered: whether she takes part in a season, when she can, and what she would bring."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "season_id", "person_id"),
        within_network("season_id", "season"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_participation_person", "tenant_id", "person_id"),
        CheckConstraint(HALFDAYS_RULE, name="halfdays"),
        CheckConstraint(f"experience IS NULL OR {one_of('experience', Experience)}", name="experience"),
        CheckConstraint("takes_part OR cardinality(halfdays) = 0 AND cardinality(themes) = 0", name="answer"),
    )

    season_id: Mapped[int]
    person_id: Mapped[int]
    takes_part: Mapped[bool]
    halfdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default=text("'{}'"))
    """0 is Monday morning, 9 Friday afternoon."""
    themes: Mapped[list[str]] = mapped_column(ARRAY(String(20)), server_default=text("'{}'"))
    """Codes of the themes of coaching."""
    experience: Mapped[str | None] = mapped_column(String(8))
    answered_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Avoidance(TenantOwned, Base):
    """Two who are never put in one group. One of them said so, or the coordinator; no reason is asked."""

    __tablename__ = "avoidance"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id", "other_id"),
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("other_id", "person", ondelete="CASCADE"),
        Index("ix_avoidance_other", "tenant_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="two_people"),
    )

    person_id: Mapped[int]
    other_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class EarlierSeat(TenantOwned, Base):
    """Who was in which group in a school year before this product was used."""

    __tablename__ = "earlier_seat"
    __table_args__ = (
        UniqueConstraint("tenant_id", "school_year", "group_name", "person_id"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_earlier_seat_person", "tenant_id", "person_id"),
        CheckConstraint("school_year BETWEEN 2000 AND 2100", name="school_year"),
    )

    school_year: Mapped[int] = mapped_column(SmallInteger)
    """The year in which it began."""
    group_name: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int]

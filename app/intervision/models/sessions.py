"""The sessions of a group: when they are is kept by the agenda; here is whose they are, and how the date was found."""

from datetime import date, datetime
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

from app.intervision.models.bounds import SEATS
from app.kernel.constraints import between, one_of
from tenants.base import Base, EncryptedText, TenantOwned, within_network


class IntervisionSession(TenantOwned, Base):
    """A session of a group. It has a date once it has an appointment."""

    __tablename__ = "intervision_session"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "season_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.season_id", "intervision_group.id"],
            name="fk_intervision_session_group",
        ),
        within_network("appointment_id", "appointment"),
        # Bookings refer to it, so that no session has more people than seats.
        UniqueConstraint("tenant_id", "id", "seats"),
        UniqueConstraint("tenant_id", "group_id", "number"),
        UniqueConstraint("tenant_id", "appointment_id"),
        Index("ix_intervision_session_season", "tenant_id", "season_id", "group_id"),
        CheckConstraint(between("seats", SEATS), name="seats"),
    )

    season_id: Mapped[int]
    group_id: Mapped[int]
    number: Mapped[int] = mapped_column(SmallInteger)
    """Which of the season's sessions of this group it is: from 1."""
    appointment_id: Mapped[int | None]
    """None as long as the date is not known."""
    seats: Mapped[int] = mapped_column(SmallInteger)
    facilitator_id: Mapped[int | None]
    """Who prepares it and opens the door: somebody of the group. No foreign key: the session outlives her."""
    link: Mapped[str | None] = mapped_column(EncryptedText)
    """Where it is held online; read by who has a seat."""
    method: Mapped[str | None] = mapped_column(String(20))
    """Code of the method that was chosen beforehand."""


class SessionCancellation(TenantOwned, Base):
    """A session does not take place: who called it off, and when."""

    __tablename__ = "session_cancellation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
    )

    session_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Poll(TenantOwned, Base):
    """The group is asked when a session can be."""

    __tablename__ = "poll"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        CheckConstraint("quorum >= 2", name="quorum"),
    )

    session_id: Mapped[int]
    closes_on: Mapped[date]
    quorum: Mapped[int] = mapped_column(SmallInteger)
    """With how many the session goes on."""
    by_id: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    closed_at: Mapped[datetime | None]
    """When a date was chosen, it was stopped, or its last day had passed."""


class PollOption(TenantOwned, Base):
    """A moment that the group is asked about."""

    __tablename__ = "poll_option"
    __table_args__ = (
        UniqueConstraint("tenant_id", "poll_id", "starts_at"),
        within_network("poll_id", "poll", ondelete="CASCADE"),
        CheckConstraint("ends_at > starts_at", name="period"),
    )

    poll_id: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class PollChoice(TenantOwned, Base):
    """A date was chosen from a poll, once: which, by whom and when."""

    __tablename__ = "poll_choice"
    __table_args__ = (
        UniqueConstraint("tenant_id", "poll_id"),
        within_network("poll_id", "poll", ondelete="CASCADE"),
        within_network("option_id", "poll_option", ondelete="CASCADE"),
        Index("ix_poll_choice_option", "tenant_id", "option_id"),
    )

    poll_id: Mapped[int]
    option_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class PollWord(StrEnum):
    """What somebody says of a moment."""

    YES = "yes"
    IF_NEEDED = "if_needed"
    NO = "no"


class PollAnswer(TenantOwned, Base):
    """What one member says of one moment."""

    __tablename__ = "poll_answer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "option_id", "person_id"),
        within_network("option_id", "poll_option", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_poll_answer_person", "tenant_id", "person_id"),
        CheckConstraint(one_of("answer", PollWord), name="answer"),
    )

    option_id: Mapped[int]
    person_id: Mapped[int]
    answer: Mapped[str] = mapped_column(String(9))


class Reminding(StrEnum):
    """Of what somebody is reminded."""

    POLL = "poll"
    """She has not said when she can."""
    SESSION = "session"
    """It is tomorrow."""
    INTENTION = "intention"
    """What became of what she meant to do?"""
    PULSE = "pulse"
    """How safe did it feel?"""
    GOAL_6_WEEKS = "goal_6w"
    """What stayed of the goal of her intention, six weeks after it was over?"""
    GOAL_6_MONTHS = "goal_6m"
    """And after six months?"""


class SessionReminder(TenantOwned, Base):
    """That somebody was reminded: once for each session, cause and date of it."""

    __tablename__ = "session_reminder"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "person_id", "about", "revision"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_session_reminder_person", "tenant_id", "person_id"),
        CheckConstraint(one_of("about", Reminding), name="about"),
    )

    session_id: Mapped[int]
    person_id: Mapped[int]
    about: Mapped[str] = mapped_column(String(9))
    revision: Mapped[int] = mapped_column(default=0)
    """Of the appointment: once it is moved, she is reminded again."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())

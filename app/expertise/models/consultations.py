"""Questions to a colleague who knows something: who was asked, what became of it, and what it cost."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.expertise.models.records import Way
from app.kernel.constraints import between, one_of
from tenants.base import Base, EncryptedText, TenantOwned, within_network

MOST_ASKED = 5
"""How many colleagues one question can go to."""
GIVEN_MINUTES = (0, 600)


class Answer(StrEnum):
    """What somebody who was asked says."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    PASSED_ON = "passed_on"
    """She named somebody else, who is asked now."""


class Outcome(StrEnum):
    """How a question ended."""

    HELPED = "helped"
    WITHDRAWN = "withdrawn"
    NOBODY = "nobody"
    """Nobody who was asked could."""


class Consultation(TenantOwned, Base):
    """A question to one colleague, or to a few of whom the first who can answers. Only they and the asker read it."""

    __tablename__ = "consultation"
    __table_args__ = (
        within_network("asker_id", "person", ondelete="CASCADE"),
        within_network("school_id", "school"),
        within_network("item_id", "expertise_item"),
        Index("ix_consultation_asker", "tenant_id", "asker_id"),
        CheckConstraint(one_of("way", Way), name="way"),
    )

    asker_id: Mapped[int]
    school_id: Mapped[int]
    """For which school she asks."""
    item_id: Mapped[int | None]
    way: Mapped[str] = mapped_column(String(5))
    question: Mapped[str | None] = mapped_column(EncryptedText)
    """None once it was forgotten."""
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AskedColleague(TenantOwned, Base):
    """Somebody to whom a question went, and what she answered. Who accepts is the only one."""

    __tablename__ = "asked_colleague"
    __table_args__ = (
        UniqueConstraint("tenant_id", "consultation_id", "person_id"),
        within_network("consultation_id", "consultation", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("school_id", "school"),
        Index("ix_asked_colleague_person", "tenant_id", "person_id"),
        Index(
            "uq_asked_colleague_accepted",
            "tenant_id",
            "consultation_id",
            unique=True,
            postgresql_where=text("answer = 'accepted'"),
        ),
        CheckConstraint(one_of("answer", Answer), name="answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
    )

    consultation_id: Mapped[int]
    person_id: Mapped[int]
    school_id: Mapped[int]
    """The school that gives her time."""
    passed_by_id: Mapped[int | None]
    """Who named her, when she was not asked from the start."""
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    answer: Mapped[str | None] = mapped_column(String(9))
    answered_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    """When a mail reminded her that she has not answered: once."""


class ConsultationEnd(TenantOwned, Base):
    """How a question ended, with thanks, and how many minutes of one school went to another."""

    __tablename__ = "consultation_end"
    __table_args__ = (
        UniqueConstraint("tenant_id", "consultation_id"),
        within_network("consultation_id", "consultation", ondelete="CASCADE"),
        CheckConstraint(one_of("outcome", Outcome), name="outcome"),
        CheckConstraint(between("minutes", GIVEN_MINUTES), name="minutes"),
        CheckConstraint("(outcome = 'helped') = (minutes IS NOT NULL)", name="helped"),
    )

    consultation_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(9))
    minutes: Mapped[int | None] = mapped_column(SmallInteger)
    thanks: Mapped[str | None] = mapped_column(EncryptedText)
    ended_at: Mapped[datetime] = mapped_column(server_default=func.now())


class GivenTime(TenantOwned, Base):
    """Minutes that one school gave another. It names nobody, and stays when those who met are gone."""

    __tablename__ = "given_time"
    __table_args__ = (
        within_network("from_school_id", "school"),
        within_network("to_school_id", "school"),
        Index("ix_given_time_from", "tenant_id", "from_school_id"),
        Index("ix_given_time_to", "tenant_id", "to_school_id"),
        CheckConstraint(between("minutes", GIVEN_MINUTES), name="minutes"),
    )

    from_school_id: Mapped[int]
    to_school_id: Mapped[int]
    minutes: Mapped[int] = mapped_column(SmallInteger)
    school_year: Mapped[int] = mapped_column(SmallInteger)
    """The school year in which it was given, by the year in which that began."""

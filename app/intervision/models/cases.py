"""What is confidential in a session: the case, what people take home, and how safe it feels."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.constraints import one_of
from tenants.base import Base, EncryptedText, TenantOwned, within_network

PULSE_STATEMENTS = 3
PULSE_ANSWERS = 5
"""From 1, not at all, to 5, entirely."""


class Pledge(TenantOwned, Base):
    """Somebody agreed to keep inside what a group tells each other: a member, or a guest."""

    __tablename__ = "pledge"
    __table_args__ = (
        UniqueConstraint("tenant_id", "group_id", "person_id"),
        within_network("group_id", "intervision_group", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_pledge_person", "tenant_id", "person_id"),
    )

    group_id: Mapped[int]
    person_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class CaseContribution(TenantOwned, Base):
    """The case that somebody brings to a session. Its texts go some time after the session; that it was stays."""

    __tablename__ = "case_contribution"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "person_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_case_contribution_person", "tenant_id", "person_id"),
        CheckConstraint(
            "forgotten_at IS NULL"
            " OR happened IS NULL AND question IS NULL AND tried IS NULL AND wanted IS NULL",
            name="forgotten",
        ),
    )

    session_id: Mapped[int]
    person_id: Mapped[int]
    happened: Mapped[str | None] = mapped_column(EncryptedText)
    question: Mapped[str | None] = mapped_column(EncryptedText)
    tried: Mapped[str | None] = mapped_column(EncryptedText)
    wanted: Mapped[str | None] = mapped_column(EncryptedText)
    """What she would like of the group."""
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    shared_at: Mapped[datetime | None]
    """From then on those present read it."""
    forgotten_at: Mapped[datetime | None]


class IntentionOutcome(StrEnum):
    """What became of an intention."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    OTHERWISE = "otherwise"
    """It turned out that something else was needed."""


class Intention(TenantOwned, Base):
    """What somebody means to do after a session. She alone reads it."""

    __tablename__ = "intention"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "person_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("goal_id", "goal"),
        Index("ix_intention_person", "tenant_id", "person_id"),
        Index("ix_intention_goal", "tenant_id", "goal_id"),
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', IntentionOutcome)}", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (followed_up_at IS NULL)", name="followed_up"),
    )

    session_id: Mapped[int]
    person_id: Mapped[int]
    text: Mapped[str | None] = mapped_column(EncryptedText)
    check_on: Mapped[date | None]
    """When she wants to look how it went."""
    goal_id: Mapped[int | None]
    """The goal that she made of it."""
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    outcome: Mapped[str | None] = mapped_column(String(9))
    reflection: Mapped[str | None] = mapped_column(EncryptedText)
    """What it taught her, in her own words."""
    followed_up_at: Mapped[datetime | None]


class LearningPoint(TenantOwned, Base):
    """What the group learned in a session, without the case; and when it looks back."""

    __tablename__ = "learning_point"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
    )

    session_id: Mapped[int]
    text: Mapped[str | None] = mapped_column(EncryptedText)
    check_on: Mapped[date | None]
    by_id: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PulseGiven(TenantOwned, Base):
    """That somebody answered the safety pulse of a session; not what."""

    __tablename__ = "pulse_given"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "person_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_pulse_given_person", "tenant_id", "person_id"),
    )

    session_id: Mapped[int]
    person_id: Mapped[int]


class PulseCount(TenantOwned, Base):
    """How many gave an answer to a statement. Only counts are kept: nothing tells who said what."""

    __tablename__ = "pulse_count"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "statement", "answer"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        CheckConstraint(f"statement BETWEEN 1 AND {PULSE_STATEMENTS}", name="statement"),
        CheckConstraint(f"answer BETWEEN 1 AND {PULSE_ANSWERS}", name="answer"),
        # 0 as well: all answers have their row from the first pulse on, so that no order tells whose was which.
        CheckConstraint("number >= 0", name="number"),
    )

    session_id: Mapped[int]
    statement: Mapped[int] = mapped_column(SmallInteger)
    answer: Mapped[int] = mapped_column(SmallInteger)
    number: Mapped[int] = mapped_column(SmallInteger)

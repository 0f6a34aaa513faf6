"""What IB'ers ask for, and with whom people would rather, or rather not, be matched."""

from datetime import datetime

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.agenda.halfdays import HALFDAYS_RULE
from app.coaching.models.bounds import TRAVEL_RULE
from tenants.base import Base, EncryptedText, TenantOwned, within_network


class CoachingRequest(TenantOwned, Base):
    """What an IB'er asks for in a round."""

    __tablename__ = "coaching_request"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id", "person_id"),
        within_network("round_id", "matching_round"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_coaching_request_person", "tenant_id", "person_id"),
        CheckConstraint(HALFDAYS_RULE, name="halfdays"),
        CheckConstraint(TRAVEL_RULE, name="travel_limit"),
    )

    round_id: Mapped[int]
    person_id: Mapped[int]
    question: Mapped[str | None] = mapped_column(EncryptedText)
    """In her own words; only she and her coach read it."""
    halfdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    """0 is Monday morning, 9 Friday afternoon."""
    travel_limit: Mapped[int]
    """Minutes, one way."""
    online: Mapped[bool]
    sent_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RequestDraft(TenantOwned, Base):
    """What an IB'er filled in and has not sent: no request yet, read by her alone, and gone at publication."""

    __tablename__ = "request_draft"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id", "person_id"),
        within_network("round_id", "matching_round"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_request_draft_person", "tenant_id", "person_id"),
    )

    round_id: Mapped[int]
    person_id: Mapped[int]
    content: Mapped[str] = mapped_column(EncryptedText)
    """Everything that she filled in, as JSON: her themes and wishes are as confidential as her question."""
    saved_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RequestTheme(TenantOwned, Base):
    """A theme of a request with its weight."""

    __tablename__ = "request_theme"
    __table_args__ = (
        UniqueConstraint("tenant_id", "request_id", "theme"),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        CheckConstraint("weight BETWEEN 1 AND 3", name="weight"),
    )

    request_id: Mapped[int]
    theme: Mapped[str] = mapped_column(String(20))
    weight: Mapped[int]


class Preference(TenantOwned, Base):
    """Somebody with whom one would rather, or rather not, be matched. No reason is asked; "not" always holds."""

    __tablename__ = "preference"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id", "other_id", "as_coach"),
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("other_id", "person", ondelete="CASCADE"),
        Index("ix_preference_other", "tenant_id", "other_id"),
        CheckConstraint("person_id <> other_id", name="two_people"),
    )

    person_id: Mapped[int]
    other_id: Mapped[int]
    as_coach: Mapped[bool]
    """Whether she says so as a coach, or as the IB'er who is coached: many are both."""
    wanted: Mapped[bool]

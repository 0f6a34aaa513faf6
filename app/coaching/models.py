"""Rounds, requests, profiles, decisions of the coordinator, proposals and matches.

What must never happen is a constraint here: a match within one school or board, a swapped pair, a coach over
capacity, two coaches for one request, a round that is published twice.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, EncryptedText, TenantOwned, within_network

HALFDAYS_IN_WEEK = 10
MAX_CAPACITY = 6
TRAVEL_MINUTES = (5, 120)
_HALFDAYS = "halfdays <@ ARRAY[0,1,2,3,4,5,6,7,8,9]::smallint[]"
_TRAVEL = f"travel_limit BETWEEN {TRAVEL_MINUTES[0]} AND {TRAVEL_MINUTES[1]}"


class MatchingRound(TenantOwned, Base):
    """A koppelronde: the period in which coaching is asked, offered, matched and published."""

    __tablename__ = "matching_round"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("ends_on > starts_on", name="period"),
        CheckConstraint("sufficiency BETWEEN 0 AND 1000", name="sufficiency"),
        CheckConstraint("repeat_rounds BETWEEN 0 AND 10", name="repeat_rounds"),
    )

    name: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    sufficiency: Mapped[int] = mapped_column(default=350)
    """The score (0 to 1000) from which a pair is good enough: fairness is about those below it."""
    repeat_rounds: Mapped[int] = mapped_column(default=2)
    """How many earlier rounds somebody's coach stays known: she is no stranger yet."""


class CoachingRequest(TenantOwned, Base):
    """What an IB'er asks for in a round."""

    __tablename__ = "coaching_request"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id", "person_id"),
        within_network("round_id", "matching_round"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_coaching_request_person", "tenant_id", "person_id"),
        CheckConstraint(_HALFDAYS, name="halfdays"),
        CheckConstraint(_TRAVEL, name="travel_limit"),
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


class CoachProfile(TenantOwned, Base):
    """What a coach offers. Her own schools and boards come from her roles; the rest she tells here."""

    __tablename__ = "coach_profile"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id"),
        within_network("person_id", "person", ondelete="CASCADE"),
        CheckConstraint(_HALFDAYS, name="halfdays"),
        CheckConstraint(_TRAVEL, name="travel_limit"),
        CheckConstraint(f"capacity BETWEEN 0 AND {MAX_CAPACITY}", name="capacity"),
        CheckConstraint("kinds <@ ARRAY['bo','sbo','so','vso']::varchar[]", name="kinds"),
    )

    person_id: Mapped[int]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(3)))
    concepts: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    declared_boards: Mapped[list[str]] = mapped_column(ARRAY(String(8)))
    """Numbers of boards she works for that her roles in this network do not show."""
    halfdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger))
    travel_limit: Mapped[int]
    online: Mapped[bool]
    capacity: Mapped[int] = mapped_column(default=2)
    """How many IB'ers she can coach in a round."""
    postcode: Mapped[str | None] = mapped_column(String(4))
    """Where a coach without a school starts from: the four figures."""
    about: Mapped[str | None] = mapped_column(Text)
    unavailable_from: Mapped[date | None]
    unavailable_until: Mapped[date | None]

    def is_away_on(self, day: date) -> bool:
        """Whether she takes nobody on a day: both ends count, and a side that is left open has no end."""
        if self.unavailable_from is None and self.unavailable_until is None:
            return False
        return (self.unavailable_from or day) <= day <= (self.unavailable_until or day)


class CoachStrength(TenantOwned, Base):
    """How strong a coach is in a theme: 1 to 3."""

    __tablename__ = "coach_strength"
    __table_args__ = (
        UniqueConstraint("tenant_id", "profile_id", "theme"),
        within_network("profile_id", "coach_profile", ondelete="CASCADE"),
        CheckConstraint("strength BETWEEN 1 AND 3", name="strength"),
    )

    profile_id: Mapped[int]
    theme: Mapped[str] = mapped_column(String(20))
    strength: Mapped[int]


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


class Proposal(TenantOwned, Base):
    """One calculation of a round, kept with what shows that it is the best: objective and certificate."""

    __tablename__ = "proposal"
    __table_args__ = (
        within_network("round_id", "matching_round"),
        within_network("work_id", "long_work"),
        UniqueConstraint("tenant_id", "work_id"),
        Index("ix_proposal_round", "tenant_id", "round_id", "id"),
    )

    round_id: Mapped[int]
    work_id: Mapped[int]
    by_id: Mapped[int]
    calculated_at: Mapped[datetime]
    engine_version: Mapped[str] = mapped_column(String(20))
    input_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of everything that the calculation was given: publishing checks that it still holds."""
    sufficiency: Mapped[int]
    decisions: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Locks and exclusions as they were: pairs of the ids of request and coach."""
    objective: Mapped[dict[str, Any]] = mapped_column(JSONB)
    certificate: Mapped[dict[str, Any]] = mapped_column(JSONB)
    seconds: Mapped[float]


class ProposedPair(TenantOwned, Base):
    """What a proposal says of one request: the coach with the parts of the score, or why there is none."""

    __tablename__ = "proposed_pair"
    __table_args__ = (
        UniqueConstraint("tenant_id", "proposal_id", "request_id"),
        within_network("proposal_id", "proposal", ondelete="CASCADE"),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_proposed_pair_score", "tenant_id", "proposal_id", "score", "id"),
        Index("ix_proposed_pair_request", "tenant_id", "request_id"),
        Index("ix_proposed_pair_coach", "tenant_id", "coach_id"),
    )

    proposal_id: Mapped[int]
    request_id: Mapped[int]
    coach_id: Mapped[int | None]
    score: Mapped[int | None]
    """0 to 1000, the sum of the four parts."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """Parts, minutes, shared half-days and themes; alternatives with what they cost; or the reason."""


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


class CoachOffer(TenantOwned, Base):
    """The places of a coach in a published round. Matches refer to it, so that none is over capacity."""

    __tablename__ = "coach_offer"
    __table_args__ = (
        UniqueConstraint("tenant_id", "round_id", "coach_id", "capacity"),
        Index("uq_coach_offer_coach", "tenant_id", "round_id", "coach_id", unique=True),
        within_network("round_id", "matching_round"),
        within_network("coach_id", "person", ondelete="CASCADE"),
        Index("ix_coach_offer_coach", "tenant_id", "coach_id"),
    )

    round_id: Mapped[int]
    coach_id: Mapped[int]
    capacity: Mapped[int]


class Match(TenantOwned, Base):
    """A published pair: from now on the two see each other."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("tenant_id", "request_id"),
        UniqueConstraint("tenant_id", "round_id", "coach_id", "place"),
        ForeignKeyConstraint(
            ["tenant_id", "round_id", "coach_id", "capacity"],
            ["coach_offer.tenant_id", "coach_offer.round_id", "coach_offer.coach_id", "coach_offer.capacity"],
            ondelete="CASCADE",
            name="fk_match_coach_offer",
        ),
        within_network("request_id", "coaching_request", ondelete="CASCADE"),
        within_network("coachee_id", "person", ondelete="CASCADE"),
        CheckConstraint("place BETWEEN 1 AND capacity", name="capacity"),
        CheckConstraint("coachee_id <> coach_id", name="two_people"),
        # A coaches B while B coaches A: the two share one key, whatever the direction.
        Index(
            "uq_match_not_swapped",
            "tenant_id",
            "round_id",
            text("least(coachee_id, coach_id)"),
            text("greatest(coachee_id, coach_id)"),
            unique=True,
        ),
        Index("ix_match_coach", "tenant_id", "coach_id"),
        Index("ix_match_coachee", "tenant_id", "coachee_id"),
    )

    round_id: Mapped[int]
    request_id: Mapped[int]
    coachee_id: Mapped[int]
    coach_id: Mapped[int]
    capacity: Mapped[int]
    place: Mapped[int]
    score: Mapped[int]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)


class MatchAffiliation(TenantOwned, Base):
    """A school or board of one side of a match, as it was when the match was made.

    The exclusion constraint makes a match between people of the same school or board impossible.
    """

    __tablename__ = "match_affiliation"
    __table_args__ = (
        within_network("match_id", "match", ondelete="CASCADE"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("match_id", "="),
            ("affiliation", "="),
            ("side", "<>"),
            name="ex_match_affiliation_strangers",
            using="gist",
        ),
        CheckConstraint("side IN (1, 2)", name="side"),
    )

    match_id: Mapped[int]
    side: Mapped[int] = mapped_column(SmallInteger)
    """1 is the IB'er, 2 the coach."""
    affiliation: Mapped[str] = mapped_column(String(20))
    """`school:03WU00` or `board:32073`."""

"""What coaches offer."""

from datetime import date

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.agenda.halfdays import HALFDAYS_RULE
from app.coaching.models.bounds import MAX_CAPACITY, TRAVEL_RULE
from tenants.base import Base, TenantOwned, within_network

MAX_KNOWN_FROM = 200


class CoachProfile(TenantOwned, Base):
    """What a coach offers. Her own schools and boards come from her roles; the rest she tells here."""

    __tablename__ = "coach_profile"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id"),
        within_network("person_id", "person", ondelete="CASCADE"),
        CheckConstraint(HALFDAYS_RULE, name="halfdays"),
        CheckConstraint(TRAVEL_RULE, name="travel_limit"),
        CheckConstraint(f"capacity BETWEEN 0 AND {MAX_CAPACITY}", name="capacity"),
        CheckConstraint("kinds <@ ARRAY['bo','sbo','so','vso']::varchar[]", name="kinds"),
    )

    person_id: Mapped[int]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(3)))
    concepts: Mapped[list[str]] = mapped_column(ARRAY(String(20)))
    known_from: Mapped[str | None] = mapped_column(String(MAX_KNOWN_FROM))
    """Where she knows these kinds and concepts from, in a line."""
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

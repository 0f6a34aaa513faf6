"""Records of expertise: what a person says of herself, what somebody proposes to her, and when she can be reached."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.schema import SchemaItem

from app.agenda.halfdays import HALFDAYS_RULE
from app.kernel.accents import folded_sql
from app.kernel.constraints import one_of
from tenants.base import Base, TenantOwned, within_network

MAX_COURSE, MAX_PROVIDER, MAX_OWN_WORDS, MAX_REACHED = 120, 80, 200, 200
LEVELS = (1, 2, 3, 4)
"""Explores, applies, helps colleagues, specialist."""
HELPS_OTHERS = 3
"""From this level on somebody can help colleagues: what the map counts."""
_TEXT = "coalesce(course_title, '') || ' ' || coalesce(course_provider, '') || ' ' || coalesce(own_words, '')"
SEARCHED = f"to_tsvector('dutch'::regconfig, {folded_sql(_TEXT)})"


class RecordKind(StrEnum):
    """The four things to know of each other."""

    EXPERTISE = "expertise"
    INTEREST = "interest"
    COURSE = "course"
    AMBITION = "ambition"


class Visibility(StrEnum):
    """To whom a person opens a record, from narrow to wide."""

    PRIVATE = "private"
    SCHOOL = "school"
    """Colleagues, IB'er and leader of each school where she works."""
    NETWORK = "network"


class CourseState(StrEnum):
    """How far a course is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"


class Way(StrEnum):
    """How somebody can be asked for help."""

    TALK = "talk"
    MAIL = "mail"
    VISIT = "visit"


def content_rules() -> tuple[SchemaItem, ...]:
    """What a record and a proposal of one both keep to."""
    return (
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("item_id", "expertise_item"),
        CheckConstraint(one_of("kind", RecordKind), name="kind"),
        CheckConstraint("(kind = 'expertise') = (level IS NOT NULL)", name="level_of_expertise"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
        CheckConstraint(
            "(kind = 'course') = (course_title IS NOT NULL) AND (kind = 'course') = (course_state IS NOT NULL)",
            name="course",
        ),
        CheckConstraint(one_of("course_state", CourseState), name="course_state"),
        CheckConstraint(
            "kind = 'course' OR (course_provider IS NULL AND starts_on IS NULL AND ends_on IS NULL)",
            name="course_only",
        ),
        CheckConstraint("ends_on >= starts_on", name="course_days"),
    )


class RecordContent:
    """What is said of an item: that one knows it, likes it, learns it, or wants it."""

    person_id: Mapped[int]
    item_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(9))
    level: Mapped[int | None] = mapped_column(SmallInteger)
    course_title: Mapped[str | None] = mapped_column(String(MAX_COURSE))
    course_provider: Mapped[str | None] = mapped_column(String(MAX_PROVIDER))
    course_state: Mapped[str | None] = mapped_column(String(7))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class ExpertiseRecord(RecordContent, TenantOwned, Base):
    """What a person says of herself about an item. She alone makes, changes and removes it."""

    __tablename__ = "expertise_record"
    __table_args__ = (
        *content_rules(),
        CheckConstraint(one_of("visibility", Visibility), name="visibility"),
        CheckConstraint("NOT willing OR kind = 'expertise'", name="willing"),
        Index(
            "uq_expertise_record_once",
            "tenant_id",
            "person_id",
            "item_id",
            "kind",
            unique=True,
            postgresql_where=text("kind <> 'course'"),
        ),
        Index(
            "uq_expertise_record_course",
            "tenant_id",
            "person_id",
            "item_id",
            text("lower(course_title)"),
            unique=True,
            postgresql_where=text("kind = 'course'"),
        ),
        Index("ix_expertise_record_person", "tenant_id", "person_id"),
        Index("ix_expertise_record_item", "tenant_id", "item_id", "kind", "level"),
        Index(
            "ix_expertise_record_text",
            "tenant_id",
            "id",
            postgresql_where=text("own_words IS NOT NULL OR course_title IS NOT NULL"),
        ),
    )

    visibility: Mapped[str] = mapped_column(String(7), default=Visibility.SCHOOL)
    willing: Mapped[bool] = mapped_column(server_default=text("false"))
    """Whether colleagues may ask her for help with it."""
    own_words: Mapped[str | None] = mapped_column(String(MAX_OWN_WORDS))
    """As visible as the record itself."""
    since: Mapped[date] = mapped_column(server_default=func.current_date())
    """The day from which the record says so; a change of kind or level begins anew."""
    confirmed_on: Mapped[date] = mapped_column(server_default=func.current_date())
    """When she last said that it still holds."""
    searched: Mapped[str] = mapped_column(TSVECTOR, Computed(SEARCHED, persisted=True), deferred=True)
    """What the search finds it by, beside the name of its item."""


class RecordProposal(RecordContent, TenantOwned, Base):
    """A record that somebody of her school proposes to a person. Nobody sees it as hers until she accepts it."""

    __tablename__ = "record_proposal"
    __table_args__ = (
        *content_rules(),
        within_network("school_id", "school"),
        Index("ix_record_proposal_person", "tenant_id", "person_id"),
        Index(
            "uq_record_proposal_once",
            "tenant_id",
            "person_id",
            "item_id",
            "kind",
            text("lower(coalesce(course_title, ''))"),
            unique=True,
        ),
    )

    school_id: Mapped[int]
    """Where it was proposed."""
    by_id: Mapped[int]
    """Who proposes. No foreign key: the proposal outlives her."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    declined_at: Mapped[datetime | None]
    """She does not want it: it is not proposed again. Who proposed it is not told."""


class Reachability(TenantOwned, Base):
    """When and how a person can be asked for help."""

    __tablename__ = "reachability"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id"),
        within_network("person_id", "person", ondelete="CASCADE"),
        CheckConstraint(HALFDAYS_RULE, name="halfdays"),
        CheckConstraint(
            f"ways <@ ARRAY[{', '.join(repr(way.value) for way in Way)}]::varchar[]", name="ways"
        ),
    )

    person_id: Mapped[int]
    halfdays: Mapped[list[int]] = mapped_column(ARRAY(SmallInteger), server_default=text("'{}'"))
    """0 is Monday morning, 9 Friday afternoon."""
    ways: Mapped[list[str]] = mapped_column(ARRAY(String(5)), server_default=text("'{}'"))
    note: Mapped[str | None] = mapped_column(String(MAX_REACHED))


class ConfirmationRequest(TenantOwned, Base):
    """Somebody was asked by mail whether her records still hold: once for each day on which the oldest was confirmed."""

    __tablename__ = "confirmation_request"
    __table_args__ = (
        UniqueConstraint("tenant_id", "person_id", "confirmed_on"),
        within_network("person_id", "person", ondelete="CASCADE"),
    )

    person_id: Mapped[int]
    confirmed_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(server_default=func.now())

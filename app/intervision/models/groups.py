"""The groups of a season, who is in them, and the constraints that keep them possible."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Float,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.intervision.models.bounds import GROUP_SIZES
from app.kernel.constraints import between
from tenants.base import Base, TenantOwned, within_network

GOES_ON = text("left_at IS NULL")


class IntervisionGroup(TenantOwned, Base):
    """A group of a season. Until the season is published only the coordinator knows of it."""

    __tablename__ = "intervision_group"
    __table_args__ = (
        UniqueConstraint("tenant_id", "season_id", "id"),
        UniqueConstraint("tenant_id", "season_id", "name"),
        within_network("season_id", "season"),
    )

    season_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    ended_at: Mapped[datetime | None]
    """When it was merged into another, or nobody was left."""


class GroupMember(TenantOwned, Base):
    """Somebody in a group, from a moment until she leaves it."""

    __tablename__ = "group_member"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "season_id", "group_id"],
            ["intervision_group.tenant_id", "intervision_group.season_id", "intervision_group.id"],
            name="fk_group_member_group",
            ondelete="CASCADE",
        ),
        within_network("person_id", "person", ondelete="CASCADE"),
        # Of those who did not leave: nobody is in two groups of a season, and no group has more than eight.
        Index(
            "uq_group_member_season",
            "tenant_id",
            "season_id",
            "person_id",
            unique=True,
            postgresql_where=GOES_ON,
        ),
        Index("uq_group_member_seat", "tenant_id", "group_id", "seat", unique=True, postgresql_where=GOES_ON),
        Index("ix_group_member_person", "tenant_id", "person_id"),
        Index("ix_group_member_group", "tenant_id", "season_id", "group_id"),
        CheckConstraint(between("seat", (1, GROUP_SIZES[1])), name="seat"),
    )

    season_id: Mapped[int]
    group_id: Mapped[int]
    person_id: Mapped[int]
    seat: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[datetime] = mapped_column(server_default=func.now())
    left_at: Mapped[datetime | None]


class GroupSchool(TenantOwned, Base):
    """A school that somebody brings into a group, as long as she is in it.

    The exclusion constraint makes a group with two people of one school impossible.
    """

    __tablename__ = "group_school"
    __table_args__ = (
        within_network("group_id", "intervision_group", ondelete="CASCADE"),
        within_network("school_id", "school"),
        within_network("person_id", "person", ondelete="CASCADE"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("group_id", "="),
            ("school_id", "="),
            ("person_id", "<>"),
            name="ex_group_school_strangers",
            using="gist",
        ),
        Index("ix_group_school_group", "tenant_id", "group_id"),
        Index("ix_group_school_person", "tenant_id", "person_id"),
        Index("ix_group_school_school", "tenant_id", "school_id"),
    )

    group_id: Mapped[int]
    school_id: Mapped[int]
    person_id: Mapped[int]


class GroupLock(TenantOwned, Base):
    """The coordinator keeps a group as it is, whatever is calculated anew."""

    __tablename__ = "group_lock"
    __table_args__ = (
        UniqueConstraint("tenant_id", "group_id"),
        within_network("group_id", "intervision_group", ondelete="CASCADE"),
    )

    group_id: Mapped[int]
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Division(TenantOwned, Base):
    """One calculation of the groups of a season, kept with what shows how good it is."""

    __tablename__ = "division"
    __table_args__ = (
        within_network("season_id", "season"),
        within_network("work_id", "long_work"),
        UniqueConstraint("tenant_id", "work_id"),
        Index("ix_division_season", "tenant_id", "season_id", "id"),
    )

    season_id: Mapped[int]
    work_id: Mapped[int]
    by_id: Mapped[int]
    calculated_at: Mapped[datetime]
    engine_version: Mapped[str] = mapped_column(String(20))
    input_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of everything that the calculation was given."""
    status: Mapped[str] = mapped_column(String(10))
    """`optimal`, `bounded` or `infeasible`."""
    value: Mapped[int] = mapped_column(BigInteger)
    upper_bound: Mapped[int] = mapped_column(BigInteger)
    iterations: Mapped[int]
    seconds: Mapped[float] = mapped_column(Float)
    groups: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Of each group the ids of its people, the half-days that they share, and its value."""
    unplaced: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Who is left over, by id, with the reason as a code."""

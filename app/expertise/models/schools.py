"""What a school wants to have in its team, and lists of records that a school sends in."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, SmallInteger, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.constraints import between
from tenants.base import Base, EncryptedText, TenantOwned, within_network

NEEDED = (1, 20)
"""How many people a school can want for an item."""


class SchoolNeed(TenantOwned, Base):
    """How many people who can help colleagues with an item the leader wants in the team."""

    __tablename__ = "school_need"
    __table_args__ = (
        UniqueConstraint("tenant_id", "school_id", "item_id"),
        within_network("school_id", "school"),
        within_network("item_id", "expertise_item"),
        CheckConstraint(between("at_least", NEEDED), name="at_least"),
    )

    school_id: Mapped[int]
    item_id: Mapped[int]
    at_least: Mapped[int] = mapped_column(SmallInteger)
    by_id: Mapped[int]
    """Who said so. No foreign key: the need outlives her."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class RecordImport(TenantOwned, Base):
    """A list of records for the team of a school: read, shown, and applied as proposals or not at all.

    What stays is who sent it, when, and how many rows were what. All that names somebody is encrypted, and goes.
    """

    __tablename__ = "record_import"
    __table_args__ = (
        within_network("school_id", "school"),
        Index("ix_record_import_school", "tenant_id", "school_id", "id"),
        CheckConstraint("(entries IS NULL) = (forgotten_at IS NOT NULL)", name="forgotten"),
        CheckConstraint("filename IS NULL OR forgotten_at IS NULL", name="forgotten_name"),
    )

    school_id: Mapped[int]
    by_id: Mapped[int]
    """Who sent it. No foreign key: the import outlives its sender."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    filename: Mapped[str | None] = mapped_column(EncryptedText)
    entries: Mapped[str | None] = mapped_column(EncryptedText, deferred=True)
    """The judged rows, as JSON."""
    counts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """How many rows are in which state."""
    applied_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]

"""What expertise can be about in one network: domains with their items."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned, within_network

MAX_DOMAIN_NAME = 60
MAX_ITEM_NAME = 80
_IN_USE = text("retired_at IS NULL AND name IS NOT NULL")


class ExpertiseDomain(TenantOwned, Base):
    """A field of expertise, such as language and reading."""

    __tablename__ = "expertise_domain"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        Index(
            "uq_expertise_domain_name",
            "tenant_id",
            text("lower(name)"),
            unique=True,
            postgresql_where=_IN_USE,
        ),
        CheckConstraint("code IS NOT NULL OR name IS NOT NULL", name="called"),
        CheckConstraint("name <> ''", name="name"),
    )

    code: Mapped[str | None] = mapped_column(String(20))
    """Of a shipped domain; None for the network's own."""
    name: Mapped[str | None] = mapped_column(String(MAX_DOMAIN_NAME))
    """What the network calls it; None for a shipped one as it is shipped."""
    position: Mapped[int] = mapped_column(SmallInteger)
    retired_at: Mapped[datetime | None]


class ExpertiseItem(TenantOwned, Base):
    """Something that one can know, such as dyslexia. A retired item keeps its records."""

    __tablename__ = "expertise_item"
    __table_args__ = (
        within_network("domain_id", "expertise_domain"),
        within_network("merged_into_id", "expertise_item"),
        UniqueConstraint("tenant_id", "code"),
        Index("ix_expertise_item_domain", "tenant_id", "domain_id"),
        Index(
            "uq_expertise_item_name", "tenant_id", text("lower(name)"), unique=True, postgresql_where=_IN_USE
        ),
        CheckConstraint("code IS NOT NULL OR name IS NOT NULL", name="called"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("merged_into_id IS NULL OR retired_at IS NOT NULL", name="merged"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
    )

    domain_id: Mapped[int]
    code: Mapped[str | None] = mapped_column(String(30))
    name: Mapped[str | None] = mapped_column(String(MAX_ITEM_NAME))
    position: Mapped[int] = mapped_column(SmallInteger)
    retired_at: Mapped[datetime | None]
    """From then on nobody chooses it; where it was chosen it stays."""
    merged_into_id: Mapped[int | None]
    """The item that took over its records; who had both kept hers here."""

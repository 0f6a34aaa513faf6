"""The networks themselves, and what each is entitled to. Read before any network is entered: no `tenant_id`."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Identity, String, func
from sqlalchemy.orm import Mapped, mapped_column

from config.settings import MasterKey
from tenants.base import Base
from tenants.context import Network
from tenants.keys import unwrap_data_key


class Standing(StrEnum):
    """What a network may do. It never becomes invisible to its own people by not paying."""

    ACTIVE = "active"
    READ_ONLY = "read_only"
    SUSPENDED = "suspended"
    """Stopped by the operator: nobody gets in until it is active again; nothing is deleted."""


class Tenant(Base):
    """A samenwerkingsverband, our customer."""

    __tablename__ = "tenant"
    __table_args__ = (
        CheckConstraint("slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'", name="slug_shape"),
        CheckConstraint("standing IN ('active', 'read_only', 'suspended')", name="standing"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    """Its part of the URL; never changes, because the wrapped key is tied to it."""
    code: Mapped[str] = mapped_column(String(6), unique=True)
    """SWV code of the register, such as PO2601."""
    name: Mapped[str] = mapped_column(String(120))
    standing: Mapped[str] = mapped_column(String(10), default=Standing.ACTIVE)
    wrapped_data_key: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    def opened(self, master_key: MasterKey) -> Network:
        """The network with its data key unwrapped, ready for a unit of work."""
        return Network(
            id=self.id,
            slug=self.slug,
            name=self.name,
            data_key=unwrap_data_key(master_key, self.wrapped_data_key, self.slug),
            is_writable=self.standing == Standing.ACTIVE,
        )

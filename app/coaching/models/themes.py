"""What coaching can be about in one network, beside the themes that are shipped."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base, TenantOwned

MAX_THEME_LABEL = 60


class Theme(TenantOwned, Base):
    """A theme of the network's own. Requests and profiles know it by its code, so that it can get another name."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        Index("uq_theme_label", "tenant_id", text("lower(label)"), unique=True),
        # Codes that are shipped have no hyphen: none of ours can ever take the place of one.
        CheckConstraint("code LIKE 'own-%'", name="code"),
        CheckConstraint("label <> ''", name="label"),
    )

    code: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(MAX_THEME_LABEL))
    retired_at: Mapped[datetime | None]
    """From then on nobody chooses it; where it was chosen it keeps its meaning."""

"""A session that is going on: the method, its steps and timer, and who has which role."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, SmallInteger, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.constraints import one_of
from tenants.base import Base, TenantOwned, within_network


class Method(TenantOwned, Base):
    """A method of the network's own, beside those that are shipped."""

    __tablename__ = "method"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        Index("uq_method_name", "tenant_id", text("lower(name)"), unique=True),
        # Codes that are shipped have no hyphen: none of ours can ever take the place of one.
        CheckConstraint("code LIKE 'own-%'", name="code"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("jsonb_array_length(steps) BETWEEN 1 AND 15", name="steps"),
    )

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """Of each step the `name` and `minutes`, and if somebody wrote them `what` is done and the `questions` that help."""
    by_id: Mapped[int]
    retired_at: Mapped[datetime | None]
    """From then on nobody chooses it; where it was used it keeps its meaning."""


class Run(TenantOwned, Base):
    """A session that was begun: the method as it was then, the step it is at, and how long that one still lasts."""

    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        CheckConstraint("step BETWEEN 0 AND jsonb_array_length(steps)", name="step"),
        # While it goes on the step has a time at which it is over, or was paused with seconds left.
        CheckConstraint(
            "(step_ends_at IS NULL OR seconds_left IS NULL)"
            " AND (ended_at IS NULL OR (step_ends_at IS NULL AND seconds_left IS NULL))",
            name="timer",
        ),
    )

    session_id: Mapped[int]
    method: Mapped[str] = mapped_column(String(20))
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """As in a method; a step that was left keeps its `seconds_left`, for who goes back to it."""
    step: Mapped[int] = mapped_column(SmallInteger, default=0)
    """From 0; as many as there are steps once all are done."""
    step_ends_at: Mapped[datetime | None]
    seconds_left: Mapped[int | None]
    """Of the step, while it is paused; below 0 where it took longer."""
    revision: Mapped[int] = mapped_column(default=0)
    """Goes up with each change: a screen that is behind knows it by this."""
    started_by_id: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]


class SessionRole(StrEnum):
    """What somebody does in a session. They rotate."""

    CONTRIBUTOR = "contributor"
    LEADER = "leader"
    TIMEKEEPER = "timekeeper"
    OBSERVER = "observer"
    REPORTER = "reporter"


class RoleTaken(TenantOwned, Base):
    """Who has which role in a session."""

    __tablename__ = "role_taken"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "role"),
        within_network("session_id", "intervision_session", ondelete="CASCADE"),
        within_network("person_id", "person", ondelete="CASCADE"),
        Index("ix_role_taken_person", "tenant_id", "person_id"),
        CheckConstraint(one_of("role", SessionRole), name="role"),
    )

    session_id: Mapped[int]
    role: Mapped[str] = mapped_column(String(11))
    person_id: Mapped[int]

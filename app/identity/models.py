"""Rows without a network. Row level security hides them from a network's session."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from tenants.base import Base


class Login(Base):
    """Somebody who can sign in, with an address that is theirs alone."""

    __tablename__ = "identity"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Membership(Base):
    """An identity belongs to a network. The person in that network refers to it."""

    __tablename__ = "membership"

    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), primary_key=True, index=True)


class Operator(Base):
    """Somebody who runs the platform: makes no part of any network by that, and sees none from within."""

    __tablename__ = "operator"

    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), primary_key=True)
    since: Mapped[datetime] = mapped_column(server_default=func.now())


class SignInSession(Base):
    """A browser that is signed in. The cookie holds the token, the row only its hash."""

    __tablename__ = "sign_in_session"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    browser: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    """Kept to the minute, so that not every request writes."""
    ended_at: Mapped[datetime | None]


class PasswordReset(Base):
    """A link to choose a new password: used once, within an hour."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class FailedSignIn(Base):
    """A wrong password, counted per account and per address, whether or not the account exists.

    `subject` is a keyed digest: the table tells nobody who tried.
    """

    __tablename__ = "failed_sign_in"
    __table_args__ = (Index("ix_failed_sign_in_subject", "subject", "at"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    subject: Mapped[bytes]
    at: Mapped[datetime]

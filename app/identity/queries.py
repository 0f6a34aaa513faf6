"""Who is signed in, to which networks one belongs, which sessions are open. Inside a global unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.identity.models import Login, Membership, Operator, SignInSession
from app.identity.secrets import digest
from app.kernel.clock import now
from config.settings import Settings
from tenants.models import Tenant
from tenants.session import session


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a sign-in lasts without use, and at most."""

    idle: timedelta
    absolute: timedelta

    @classmethod
    def of(cls, settings: Settings) -> "SessionLimits":
        """As the settings say."""
        return cls(
            idle=timedelta(minutes=settings.session_idle_minutes),
            absolute=timedelta(hours=settings.session_absolute_hours),
        )


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, and the network of the URL if they belong to it."""

    is_authenticated = is_active = True
    is_anonymous = False

    identity_id: int
    email: str
    sign_in_id: int
    token: str
    was_seen_lately: bool
    tenant: Tenant | None

    def get_id(self) -> str:
        """What the cookie holds: the token of the session row, not the identity."""
        return self.token


def signed_in(token: str, slug: str | None, limits: SessionLimits) -> SignedIn | None:
    """Who holds this token; None when the session is unknown, ended, idle too long or too old."""
    row = (
        session()
        .execute(
            select(SignInSession, Login, Tenant)
            .join(Login, Login.id == SignInSession.identity_id)
            .outerjoin(Membership, Membership.identity_id == Login.id)
            .outerjoin(Tenant, (Tenant.id == Membership.network_id) & (Tenant.slug == slug))
            .where(
                SignInSession.token_hash == digest(token),
                SignInSession.ended_at.is_(None),
                SignInSession.seen_at > now() - limits.idle,
                SignInSession.started_at > now() - limits.absolute,
            )
            .order_by(Tenant.id.nulls_last())
            .limit(1)
        )
        .first()
    )
    if row is None:
        return None
    sign_in, login, tenant = row
    lately = sign_in.seen_at > now() - timedelta(minutes=1)
    return SignedIn(login.id, login.email, sign_in.id, token, lately, tenant)


def networks_of(identity_id: int) -> Sequence[Tenant]:
    """The networks that an identity belongs to, by name; also those that are stopped."""
    return (
        session()
        .scalars(
            select(Tenant)
            .join(Membership, Membership.network_id == Tenant.id)
            .where(Membership.identity_id == identity_id)
            .order_by(Tenant.name)
        )
        .all()
    )


def networks_with_logins() -> Sequence[tuple[Tenant, int]]:
    """Every network by its code, with how many people have a login there. Enters none of them."""
    # Network by network the index alone is read; grouping all of them would read the whole table.
    of_network = Membership.network_id == Tenant.id
    logins = select(func.count()).select_from(Membership).where(of_network).scalar_subquery()
    rows = select(Tenant, logins).order_by(Tenant.code)
    return [(tenant, number) for tenant, number in session().execute(rows)]


def open_sign_ins(identity_id: int, limits: SessionLimits) -> Sequence[SignInSession]:
    """Where an identity is signed in now, the latest first."""
    return (
        session()
        .scalars(
            select(SignInSession)
            .where(
                SignInSession.identity_id == identity_id,
                SignInSession.ended_at.is_(None),
                SignInSession.seen_at > now() - limits.idle,
                SignInSession.started_at > now() - limits.absolute,
            )
            .order_by(SignInSession.seen_at.desc())
        )
        .all()
    )


def login_with(email: str) -> Login | None:
    """The login with this address."""
    return session().scalar(select(Login).where(Login.email == email.lower()))


def is_operator(identity_id: int) -> bool:
    """Whether somebody runs the platform."""
    return session().get(Operator, identity_id) is not None


def operators() -> Sequence[tuple[str, datetime]]:
    """Who run the platform: address, and since when."""
    rows = select(Login.email, Operator.since).join(Login, Login.id == Operator.identity_id)
    return [(email, since) for email, since in session().execute(rows.order_by(Login.email))]


def tenant_by_slug(slug: str) -> Tenant | None:
    """A network by its part of the URL, for pages that need no sign-in."""
    return session().scalar(select(Tenant).where(Tenant.slug == slug))

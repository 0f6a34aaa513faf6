"""Sign in and out, sessions, passwords, and joining a network. Inside a unit that sees identities."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.identity.models import FailedSignIn, Login, Membership, Operator, PasswordReset, SignInSession
from app.identity.queries import login_with
from app.identity.secrets import NO_PASSWORD, digest, hash_password, keyed_digest, new_token, password_fits
from app.jobs.queue import enqueue_global
from app.kernel.clock import now
from app.kernel.errors import Invalid, NotFound
from app.kernel.metrics import SIGN_INS
from tenants.session import separately, session

FAILURES_ALLOWED = {"account": 5, "address": 30}
"""Wrong passwords within the window; a whole school may sit behind one address."""
FAILURE_WINDOW = timedelta(minutes=15)
RESET_LASTS = timedelta(hours=1)
LINKS_AT_ONCE = 5
"""Links that work at the same time: nobody can fill somebody else's mailbox."""
SESSIONS_KEPT = timedelta(days=30)
NOBODY = 0
"""Stands for the login that an unknown address does not have."""


class TooManyAttempts(Exception):
    """Too many wrong passwords; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after
        self.minutes = -(-retry_after // 60)


class WrongPassword(Exception):
    """Address and password do not fit; which of the two is not said."""


def sign_in(email: str, password: str, *, address: str, browser: str, key: str) -> str:
    """Check a password and open a session; gives the token for the cookie.

    Raises TooManyAttempts, WrongPassword.
    """
    subjects = {"account": _account(email, key), "address": keyed_digest(key, f"address {address}")}
    attempt = _count_attempt(subjects)
    login = login_with(email)
    if not password_fits(login.password_hash if login else None, password) or login is None:
        SIGN_INS.labels("wrong").inc()
        raise WrongPassword
    SIGN_INS.labels("right").inc()
    _forget_failures(subjects["account"], attempt)
    return open_sign_in(login.id, browser)


def open_sign_in(identity_id: int, browser: str) -> str:
    """Open a session for somebody whose identity is certain; gives the token for the cookie."""
    token = new_token()
    moment = now()
    session().add(
        SignInSession(
            identity_id=identity_id,
            token_hash=digest(token),
            browser=browser[:60],
            started_at=moment,
            seen_at=moment,
        )
    )
    return token


def note_seen(sign_in_id: int) -> None:
    """Keep when a session was last used."""
    session().execute(update(SignInSession).where(SignInSession.id == sign_in_id).values(seen_at=now()))


def end_sign_in(identity_id: int, sign_in_id: int) -> None:
    """End one of one's own sessions. Raises NotFound for another's."""
    ended = session().execute(
        update(SignInSession)
        .where(SignInSession.id == sign_in_id, SignInSession.identity_id == identity_id)
        .values(ended_at=now())
        .returning(SignInSession.id)
    )
    if ended.first() is None:
        raise NotFound


def end_all_sign_ins(identity_id: int, *, but: int | None = None) -> None:
    """End every session of an identity, or every other."""
    session().execute(
        update(SignInSession)
        .where(SignInSession.identity_id == identity_id, SignInSession.ended_at.is_(None))
        .where(SignInSession.id != (but or 0))
        .values(ended_at=now())
    )


def change_password(identity_id: int, old: str, new: str, *, key: str) -> None:
    """Choose another password; every session ends, this one too.

    Raises Invalid when the old one is wrong, and TooManyAttempts: an open browser is no place to guess.
    """
    owner = keyed_digest(key, f"identity {identity_id}")
    attempt = _count_attempt({"account": owner})
    login = session().get_one(Login, identity_id)
    if not password_fits(login.password_hash, old):
        raise Invalid({"old": [_("This is not your current password.")]})
    _forget_failures(owner, attempt)
    _set_password(login, new)


def ask_password_reset(email: str) -> None:
    """Mail a link if the address is known. Whoever asks learns nothing, and waits equally long."""
    login = login_with(email)
    enqueue_global("identity.send_password_reset", identity_id=login.id if login else NOBODY)


def make_password_reset(identity_id: int) -> tuple[str, str] | None:
    """For the job that mails it: the address, and the token of which only the digest is kept.

    None for nobody, and for somebody who has enough links in the mailbox already.
    """
    login = session().get(Login, identity_id)
    open_links = select(func.count()).where(
        PasswordReset.identity_id == identity_id, PasswordReset.expires_at > now()
    )
    if login is None or session().execute(open_links).scalar_one() >= LINKS_AT_ONCE:
        return None
    token = new_token()
    session().add(
        PasswordReset(identity_id=identity_id, token_hash=digest(token), expires_at=now() + RESET_LASTS)
    )
    return login.email, token


def is_reset_open(token: str) -> bool:
    """Whether a link can still be used. Looking does not use it."""
    return session().scalar(select(PasswordReset.id).where(*_open_reset(token))) is not None


def reset_password(token: str, new: str, *, key: str) -> None:
    """Use a link, once; wrong passwords before it are forgiven. Raises NotFound for a link that does not work."""
    identity_id = session().scalar(
        update(PasswordReset)
        .where(*_open_reset(token))
        .values(used_at=now())
        .returning(PasswordReset.identity_id)
    )
    if identity_id is None:
        raise NotFound
    login = session().get_one(Login, identity_id)
    _forget_failures(_account(login.email, key), [])
    _set_password(login, new)


def join_network(network_id: int, email: str, password: str) -> int:
    """Make a login for the address, or use the one it has, and make it a member; gives the identity's id.

    Raises WrongPassword when the address has a login already and the password is another.
    """
    login = login_with(email)
    if login is None:
        login = Login(email=email.lower(), password_hash=hash_password(password))
        session().add(login)
        session().flush()
    elif not password_fits(login.password_hash, password):
        raise WrongPassword
    add_membership(login.id, network_id)
    return login.id


def add_membership(identity_id: int, network_id: int) -> None:
    """Make an identity a member of a network; once is enough."""
    member = insert(Membership).values(identity_id=identity_id, network_id=network_id)
    session().execute(member.on_conflict_do_nothing())


def add_operator(email: str) -> bool:
    """Let somebody run the platform. Who has no login yet gets one, and a mail to choose a password: then it is True."""
    login = login_with(email)
    is_new = login is None
    if login is None:
        login = Login(email=email.lower(), password_hash=NO_PASSWORD)
        session().add(login)
        session().flush()
        ask_password_reset(email)
    session().execute(insert(Operator).values(identity_id=login.id).on_conflict_do_nothing())
    return is_new


def remove_operator(email: str) -> None:
    """Let somebody run the platform no longer, from this moment. Raises NotFound for who does not."""
    login = login_with(email)
    operator = session().get(Operator, login.id) if login else None
    if operator is None:
        raise NotFound
    session().delete(operator)
    end_all_sign_ins(operator.identity_id)


def leave_network(identity_id: int, network_id: int) -> None:
    """End a membership, and every session: nobody stays inside by leaving a page open."""
    session().execute(
        delete(Membership).where(Membership.identity_id == identity_id, Membership.network_id == network_id)
    )
    end_all_sign_ins(identity_id)


def forget_old_rows() -> None:
    """Delete sessions that began a month ago, and wrong passwords and links of more than a day ago."""
    a_day_ago = now() - timedelta(days=1)
    session().execute(delete(SignInSession).where(SignInSession.started_at < now() - SESSIONS_KEPT))
    session().execute(delete(FailedSignIn).where(FailedSignIn.at < a_day_ago))
    session().execute(delete(PasswordReset).where(PasswordReset.expires_at < a_day_ago))


def _set_password(login: Login, new: str) -> None:
    """Nothing that opened the account before opens it now: no session, and no link in the mailbox."""
    login.password_hash = hash_password(new)
    end_all_sign_ins(login.id)
    session().execute(
        update(PasswordReset)
        .where(PasswordReset.identity_id == login.id, PasswordReset.used_at.is_(None))
        .values(used_at=now())
    )


def _open_reset(token: str) -> tuple[ColumnElement[bool], ...]:
    return (
        PasswordReset.token_hash == digest(token),
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > now(),
    )


def _account(email: str, key: str) -> bytes:
    return keyed_digest(key, f"account {email.lower()}")


def _count_attempt(subjects: dict[str, bytes]) -> list[int]:
    """Count an attempt before its password is looked at; gives the ids of what was counted.

    Each attempt is committed on its own first and counted with the others after: so many at once are not more
    than the limit either, whatever becomes of their requests. Raises TooManyAttempts, and counts that not.
    """
    with separately() as unit:
        attempt = [FailedSignIn(subject=subject, at=now()) for subject in subjects.values()]
        unit.add_all(attempt)
        unit.flush()
        ids = [row.id for row in attempt]
    with separately() as unit:
        retry_after = _seconds_locked(subjects)
        if retry_after:
            unit.execute(delete(FailedSignIn).where(FailedSignIn.id.in_(ids)))
    if retry_after:
        SIGN_INS.labels("too many").inc()
        raise TooManyAttempts(retry_after)
    return ids


def _seconds_locked(subjects: dict[str, bytes]) -> int:
    counted = session().execute(
        select(FailedSignIn.subject, func.count(), func.min(FailedSignIn.at))
        .where(FailedSignIn.subject.in_(subjects.values()), FailedSignIn.at > now() - FAILURE_WINDOW)
        .group_by(FailedSignIn.subject)
    )
    failures = {subject: (count, first) for subject, count, first in counted}
    for name, subject in subjects.items():
        count, first = failures.get(subject, (0, now()))
        if count > FAILURES_ALLOWED[name]:
            return max(1, int((first + FAILURE_WINDOW - now()).total_seconds()))
    return 0


def _forget_failures(account: bytes, attempt: list[int]) -> None:
    session().execute(
        delete(FailedSignIn).where((FailedSignIn.subject == account) | FailedSignIn.id.in_(attempt))
    )

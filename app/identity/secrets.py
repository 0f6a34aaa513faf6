"""Secrets that are handed out and only kept as digests; passwords."""

import hashlib
import hmac
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

NO_PASSWORD = "!"  # noqa: S105 - no password has this hash

_HASHER = PasswordHasher(memory_cost=19456, time_cost=2, parallelism=1)
"""OWASP's second choice for Argon2id: the library's default takes half a second on a small machine."""

_NOBODY = _HASHER.hash(secrets.token_urlsafe())
"""Checked for an unknown account, so that it takes as long as for a known one."""


def new_token() -> str:
    """256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """What is kept of a token. It needs no salt: nobody can guess 256 bits."""
    return hashlib.sha256(token.encode()).digest()


def keyed_digest(key: str, text: str) -> bytes:
    """What is kept of something guessable, such as an e-mail address."""
    return hmac.digest(key.encode(), text.encode(), "sha256")


def hash_password(password: str) -> str:
    """Argon2id, with its parameters in the text."""
    return _HASHER.hash(password)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Check a password; without an account, or for one without a password, it takes as long and fails."""
    known = password_hash is not None and password_hash.startswith("$argon2id$")
    try:
        _HASHER.verify(password_hash if known and password_hash else _NOBODY, password)
    except VerifyMismatchError:
        return False
    return known

"""The keys of invitation mails. A key is the Message-ID, so what comes back says which invitation it was.

`invitation.<network>.<invitation>.<copy>.<digest>`: the digest is keyed with the secret of the installation. Only
who got the mail can name its invitation; nobody can mark another as returned by guessing.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.identity.secrets import digest, keyed_digest

COPY_DIGITS, DIGEST_DIGITS = 8, 20
"""In hexadecimals: 80 bits that can only be tried by mail, and together short enough for the part before an @."""

_KEY = re.compile(
    rf"invitation\.(\d{{1,18}})\.(\d{{1,18}})\.([0-9a-f]{{{COPY_DIGITS}}})\.([0-9a-f]{{{DIGEST_DIGITS}}})(?![0-9a-f])",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class MailedInvitation:
    """An invitation that was mailed, in whichever network."""

    network_id: int
    invitation_id: int


def mail_key(secret: str, mailed: MailedInvitation, token: str) -> str:
    """The key of a mail with this token: a mail that is made anew, with another link, is no copy of the last."""
    copy = digest(token).hex()[:COPY_DIGITS]
    return f"{_named(mailed, copy)}.{_digest(secret, mailed, copy)}"


def mailed_invitation(secrets: Iterable[str], texts: Iterable[str]) -> MailedInvitation | None:
    """The first invitation that a text names with a digest made with one of our secrets."""
    for text in texts:
        for network_id, invitation_id, copy, found in _KEY.findall(text.lower()):
            mailed = MailedInvitation(int(network_id), int(invitation_id))
            if any(hmac.compare_digest(found, _digest(secret, mailed, copy)) for secret in secrets):
                return mailed
    return None


def _named(mailed: MailedInvitation, copy: str) -> str:
    return f"invitation.{mailed.network_id}.{mailed.invitation_id}.{copy}"


def _digest(secret: str, mailed: MailedInvitation, copy: str) -> str:
    return keyed_digest(secret, f"mail:{_named(mailed, copy)}").hex()[:DIGEST_DIGITS]

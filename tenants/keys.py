"""Encryption at rest: one data key per network, wrapped by the master key (AES-256-GCM).

A sealed text is `nonce (12 bytes) + ciphertext and tag`. What it belongs to is authenticated with it, so
that a text that is moved to another network, or a key to another slug, can't be opened there.
"""

import os
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.settings import MasterKey

NONCE_BYTES = 12
KEY_BYTES = 32


class CannotOpen(Exception):
    """The key does not fit, or the sealed bytes were changed or moved."""


def new_key() -> bytes:
    """Make a key of 32 random bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, content: bytes, belongs_to: str) -> bytes:
    """Encrypt `content`; only the same key and the same `belongs_to` open it again."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, belongs_to.encode())


def unseal(key: bytes, sealed: bytes, belongs_to: str) -> bytes:
    """Decrypt what `seal` made. Raises CannotOpen."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], belongs_to.encode())
    except (InvalidTag, ValueError) as error:  # too short to hold even a nonce: a ValueError
        raise CannotOpen(belongs_to) from error


def wrap_data_key(master_key: MasterKey, data_key: bytes, slug: str) -> bytes:
    """Seal a network's data key for keeping in the database."""
    return seal(master_key.current, data_key, f"network:{slug}")


def unwrap_data_key(master_key: MasterKey, wrapped: bytes, slug: str) -> bytes:
    """Open a network's data key, with the current master key or an older one. Raises CannotOpen."""
    for key in (master_key.current, *master_key.older):
        with suppress(CannotOpen):
            return unseal(key, wrapped, f"network:{slug}")
    raise CannotOpen(f"network:{slug}")


def is_wrapped_now(master_key: MasterKey, wrapped: bytes, slug: str) -> bool:
    """Whether the current master key alone opens a network's data key: no older one is needed for it."""
    try:
        unwrap_data_key(MasterKey(master_key.current), wrapped, slug)
    except CannotOpen:
        return False
    return True

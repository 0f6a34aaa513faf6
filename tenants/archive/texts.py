"""Confidential texts in an archive: sealed, so that who runs the platform reads none, or readable."""

import base64
import binascii
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tenants.archive import Refused


class Texts(Protocol):
    """How texts are written. `place` is table, column and row: a text that is moved there can't be opened."""

    def write(self, text: str, place: str) -> str:
        """What stands in the archive."""
        ...

    def read(self, written: str, place: str) -> str:
        """The text again. Raises Refused."""
        ...


class ReadableTexts:
    """As they are: for a network that leaves."""

    def write(self, text: str, place: str) -> str:  # noqa: ARG002 - of the protocol
        """The text itself."""
        return text

    def read(self, written: str, place: str) -> str:  # noqa: ARG002 - of the protocol
        """The text itself."""
        return written


class SealedTexts:
    """AES-SIV (RFC 5297): the same text in the same place gives the same bytes, so that hashes can be compared."""

    def __init__(self, data_key: bytes) -> None:
        """The key is derived from the network's own, and used for nothing else."""
        derived = HKDF(hashes.SHA256(), 64, salt=None, info=b"texts of an archive").derive(data_key)
        self._cipher = AESSIV(derived)

    def write(self, text: str, place: str) -> str:
        """Seal, in base64."""
        return base64.b64encode(self._cipher.encrypt(text.encode(), [place.encode()])).decode()

    def read(self, written: str, place: str) -> str:
        """Open. Raises Refused."""
        try:
            sealed = base64.b64decode(written, validate=True)
            return self._cipher.decrypt(sealed, [place.encode()]).decode()
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise Refused(f"The text of {place} can't be opened.") from error

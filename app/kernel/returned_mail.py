"""Read a mail that came back: a report of a mail server (RFC 3464) that could not deliver one of ours.

Anybody can send one, so nothing in it is believed but what the room can check: it looks for an identifier of its
own in `identifiers`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from enum import StrEnum
from typing import Any, cast

_PARSER, _HEADERS_PARSER = BytesParser(policy=policy.compat32), BytesHeaderParser(policy=policy.compat32)
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED = frozenset({"message/rfc822", "message/global", "message/global-headers"})
_RETURNED_HEADERS = "text/rfc822-headers"
_POINTING = ("Delivered-To", "X-Original-To", "To", "In-Reply-To", "References")
"""Headers of the report itself that name the mail it is about, or the address it was sent from."""

_ENHANCED = re.compile(r"(?<![\d.])[45]\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")
_BASIC = re.compile(r"(?<![\d.])[45]\d\d(?!\.?\d)")
_OTHER = "0"
"""The detail of an enhanced code that says nothing in particular."""

_ABOUT_THE_SENDER = frozenset({"7", "8", "9"})
_MAILBOX, _MAILBOX_DISABLED, _MAILBOX_FULL = "2", "1", "2"


class Refusal(StrEnum):
    """Why a mail did not arrive, as far as one can do something about it."""

    UNKNOWN_ADDRESS = "unknown_address"
    MAILBOX_FULL = "mailbox_full"
    REFUSED = "refused"
    """Anything else: a filter, a rule of the receiver, or a server that never answered."""


@dataclass(frozen=True, slots=True)
class ReturnedMail:
    """Why one of our mails came back for good, and the texts in which its own identifier may stand."""

    refusal: Refusal
    identifiers: tuple[str, ...]


def read_returned_mail(content: bytes) -> ReturnedMail | None:
    """What a report says; None for everything that is not a report that a mail finally failed.

    That is: for automatic replies, read receipts, complaints, delays (another report follows), and garbage.
    """
    try:
        message = _PARSER.parsebytes(content)
        if message.get_content_type() != "multipart/report":
            return None
        refusal = _refusal_in(message)
        return ReturnedMail(refusal, tuple(_identifiers(message))) if refusal else None
    except (MessageError, RecursionError, ValueError, LookupError, TypeError):
        # Whoever wrote this wrote no mail: the parser of the standard library forgives much, not everything.
        return None


def refusal_of(*answers: str) -> Refusal:
    """What mail servers mean with their codes, the most telling answer first (RFC 3463, otherwise RFC 5321)."""
    for answer in answers:
        for subject, detail in _ENHANCED.findall(answer):
            if detail != _OTHER or subject != _OTHER:
                return _meaning(subject, detail)
    basic = next((code for answer in answers for code in _BASIC.findall(answer)), "")
    if basic in {"550", "551", "553"}:
        return Refusal.UNKNOWN_ADDRESS
    return Refusal.MAILBOX_FULL if basic in {"452", "552"} else Refusal.REFUSED


def _meaning(subject: str, detail: str) -> Refusal:
    if subject == _MAILBOX and detail == _MAILBOX_FULL:
        return Refusal.MAILBOX_FULL
    is_no_address = subject == "1" and detail not in _ABOUT_THE_SENDER
    is_closed = subject == _MAILBOX and detail == _MAILBOX_DISABLED
    is_no_domain = subject == "4" and detail == "4"
    return Refusal.UNKNOWN_ADDRESS if is_no_address or is_closed or is_no_domain else Refusal.REFUSED


def _refusal_in(message: Message) -> Refusal | None:
    for part in message.walk():
        if part.get_content_type() in _REPORTS:
            for recipient in _blocks(part):
                if _has_failed(recipient):
                    return refusal_of(_text(recipient["Status"]), _text(recipient["Diagnostic-Code"]))
    return None


def _has_failed(recipient: Message) -> bool:
    """A server that gives up after days of trying says `failed` too, with a code that begins with 4."""
    action = _text(recipient["Action"]).strip().lower()
    return action == "failed" or (not action and _text(recipient["Status"]).strip().startswith("5"))


def _identifiers(message: Message) -> Iterator[str]:
    for part in message.walk():
        kind = part.get_content_type()
        if kind in _RETURNED:
            yield from (_text(block["Message-ID"]) for block in _blocks(part))
        elif kind == _RETURNED_HEADERS:
            yield _text(_HEADERS_PARSER.parsebytes(_body(part))["Message-ID"])
    for name in _POINTING:
        yield from (_text(value) for value in message.get_all(name, []))


def _blocks(part: Message) -> list[Message]:
    """The messages of which the parser makes such a part."""
    return cast("list[Message]", part.get_payload()) if part.is_multipart() else []


def _body(part: Message) -> bytes:
    payload: Any = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(header: Any) -> str:
    """A header as text; the parser gives an object of its own for one that is not ASCII."""
    return "" if header is None else str(header)

"""The mail port: SMTP where it is set, otherwise mails are kept, to be shown on the mail page of the demo.

Mails are sent by the worker, at least once; the fixed Message-ID lets a mailbox drop the second copy.
"""

import smtplib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import Identity, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.metrics import MAILS
from app.kernel.returned_mail import Refusal, refusal_of
from config.settings import Settings
from tenants.base import Base
from tenants.session import Database

SMTP_TIMEOUT_SECONDS = 20
PERMANENT = 500
"""From this reply code on a refusal is final."""
LONGEST_LOCAL_PART = 64
"""Of an address, before the @ (RFC 5321)."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of text that goes with a mail, such as for a calendar."""

    filename: str
    subtype: str
    """What kind of text, such as `calendar`."""
    content: bytes
    parameters: Mapping[str, str]
    """Beside the kind, in the header."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person, in plain text. `key` is the same each time the same mail is sent."""

    to: str
    subject: str
    text: str
    key: str
    attachments: Sequence[Attachment] = ()


class Postbox(Protocol):
    """Where mails go."""

    def send(self, mail: Mail) -> None:
        """Send the mail, or raise so that the job is tried again."""
        ...


class AddressRefused(Exception):
    """The mail server does not take mail for this address: trying again will not help."""

    def __init__(self, refusal: Refusal = Refusal.UNKNOWN_ADDRESS) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class KeptMail(Base):
    """A mail of an installation without SMTP. Belongs to no network: mails of sign-in have none."""

    __tablename__ = "kept_mail"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    attachments: Mapped[list[dict[str, str]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    """What goes with it, each with `filename`, `subtype` and `content`: text, as all that we send."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class SmtpPostbox:
    """Sends by SMTP, with STARTTLS where the server offers it."""

    def __init__(self, url: str, sender: str, host: str, bounce_address: str | None = None) -> None:
        """`host` stands at the right of the Message-ID; mails come back to `bounce_address`, or to the sender."""
        self._server = urlsplit(url)
        self._sender = sender
        self._host = host
        self._bounce_address = bounce_address

    def send(self, mail: Mail) -> None:
        """Send; the standard library refuses line breaks in headers. Raises AddressRefused."""
        server = self._server
        with smtplib.SMTP(server.hostname or "", server.port or 25, timeout=SMTP_TIMEOUT_SECONDS) as smtp:
            smtp.ehlo()
            if smtp.has_extn("starttls"):
                smtp.starttls()
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            try:
                smtp.send_message(self.message(mail), from_addr=self.return_path(mail))
            except smtplib.SMTPRecipientsRefused as refused:
                answers = refused.recipients.values()
                if all(code >= PERMANENT for code, _ in answers):
                    said = [f"{code} {text.decode('ascii', 'replace')}" for code, text in answers]
                    raise AddressRefused(refusal_of(*said)) from refused
                raise

    def return_path(self, mail: Mail) -> str | None:
        """Where the mail comes back; None means the sender.

        A bounce address such as `bounce+@mail.example` gets the key of the mail behind its plus: then also a report
        that holds nothing of the mail says which one it was.
        """
        if self._bounce_address is None:
            return None
        local, _, domain = self._bounce_address.rpartition("@")
        if not local.endswith("+"):
            return self._bounce_address
        kept_apart = local + mail.key
        return f"{kept_apart if len(kept_apart) <= LONGEST_LOCAL_PART else local.rstrip('+')}@{domain}"

    def message(self, mail: Mail) -> EmailMessage:
        """The message as it is sent."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{mail.key}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        for file in mail.attachments:
            message.add_attachment(
                file.content,
                maintype="text",
                subtype=file.subtype,
                filename=file.filename,
                params={"charset": "utf-8", **file.parameters},
            )
        return message


class KeepingPostbox:
    """Keeps mails in the database, with what goes with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, mail: Mail) -> None:
        """Keep it once."""
        with self._database.global_unit() as unit:
            kept = KeptMail(
                key=mail.key,
                recipient=mail.to,
                subject=mail.subject,
                body=mail.text,
                attachments=[
                    {"filename": file.filename, "subtype": file.subtype, "content": file.content.decode()}
                    for file in mail.attachments
                ],
            )
            if not unit.query(KeptMail.id).filter_by(key=mail.key).first():
                unit.add(kept)


class CountedPostbox:
    """Counts what becomes of the mails of another postbox."""

    def __init__(self, postbox: Postbox) -> None:
        self._postbox = postbox

    def send(self, mail: Mail) -> None:
        """Send it there. Raises what that raises."""
        outcome = "failed"
        try:
            self._postbox.send(mail)
            outcome = "sent"
        except AddressRefused:
            outcome = "refused"
            raise
        finally:
            MAILS.labels(outcome).inc()


def open_postbox(settings: Settings, database: Database) -> Postbox:
    """The way mails go in this installation."""
    if settings.smtp_url:
        host = settings.host.split(":")[0]
        return SmtpPostbox(settings.smtp_url, settings.mail_from, host, settings.bounce_address)
    return KeepingPostbox(database)

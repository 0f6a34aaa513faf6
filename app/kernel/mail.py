"""The mail port: SMTP where it is set, otherwise mails are kept, to be shown on the mail page of the demo.

Mails are sent by the worker, at least once; the fixed Message-ID lets a mailbox drop the second copy.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sqlalchemy import Identity, func
from sqlalchemy.orm import Mapped, mapped_column

from config.settings import Settings
from tenants.base import Base
from tenants.session import Database

SMTP_TIMEOUT_SECONDS = 20
PERMANENT = 500
"""From this reply code on a refusal is final."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person, in plain text. `key` is the same each time the same mail is sent."""

    to: str
    subject: str
    text: str
    key: str


class Postbox(Protocol):
    """Where mails go."""

    def send(self, mail: Mail) -> None:
        """Send the mail, or raise so that the job is tried again."""
        ...


class AddressRefused(Exception):
    """The mail server says that there is no such address: trying again will not help."""


class KeptMail(Base):
    """A mail of an installation without SMTP. Belongs to no network: mails of sign-in have none."""

    __tablename__ = "kept_mail"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class SmtpPostbox:
    """Sends by SMTP, with STARTTLS where the server offers it."""

    def __init__(self, url: str, sender: str, host: str) -> None:
        """`host` is the right-hand side of the Message-ID."""
        self._server = urlsplit(url)
        self._sender = sender
        self._host = host

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
                smtp.send_message(self.message(mail))
            except smtplib.SMTPRecipientsRefused as refused:
                if all(code >= PERMANENT for code, _ in refused.recipients.values()):
                    raise AddressRefused from refused
                raise

    def message(self, mail: Mail) -> EmailMessage:
        """The message as it is sent."""
        message = EmailMessage()
        message["From"] = self._sender
        message["To"] = mail.to
        message["Subject"] = mail.subject
        message["Message-ID"] = f"<{mail.key}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text)
        return message


class KeepingPostbox:
    """Keeps mails in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def send(self, mail: Mail) -> None:
        """Keep it once."""
        with self._database.global_unit() as unit:
            kept = KeptMail(key=mail.key, recipient=mail.to, subject=mail.subject, body=mail.text)
            if not unit.query(KeptMail.id).filter_by(key=mail.key).first():
                unit.add(kept)


def open_postbox(settings: Settings, database: Database) -> Postbox:
    """The way mails go in this installation."""
    if settings.smtp_url:
        return SmtpPostbox(settings.smtp_url, settings.mail_from, settings.host.split(":")[0])
    return KeepingPostbox(database)

"""The mails that were not sent, for the mail page. Inside a global unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.errors import NotFound
from app.kernel.mail import KeptMail
from tenants.session import session

MAILS_ON_PAGE = 25


@dataclass(frozen=True, slots=True)
class MailPage:
    """Part of the mails, the newest first."""

    mails: Sequence[KeptMail]
    older_than: int | None
    """The id with which the next page begins; None on the last page."""


def mails(before: int | None = None) -> MailPage:
    """The mails older than `before`, or the newest."""
    newest = select(KeptMail).order_by(KeptMail.id.desc()).limit(MAILS_ON_PAGE + 1)
    found = session().scalars(newest.where(KeptMail.id < before) if before else newest).all()
    shown = found[:MAILS_ON_PAGE]
    return MailPage(shown, shown[-1].id if len(found) > MAILS_ON_PAGE else None)


def mail_with(mail_id: int) -> KeptMail:
    """One mail. Raises NotFound."""
    found = session().get(KeptMail, mail_id)
    if found is None:
        raise NotFound
    return found


def attachment_of(mail_id: int, number: int) -> Mapping[str, str]:
    """A file that goes with a mail, by its place among them from 1 on. Raises NotFound."""
    files = mail_with(mail_id).attachments
    if not 1 <= number <= len(files):
        raise NotFound
    return files[number - 1]

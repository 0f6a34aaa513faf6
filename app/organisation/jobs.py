"""Invitations by mail: one by one, and in thousands behind all other work; and the reminder of each."""

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import gettext as _

from app.jobs.by_itself import follow_up, forgetting
from app.jobs.progress import long_work
from app.jobs.queue import Handler
from app.kernel.clock import AMSTERDAM
from app.kernel.mail import AddressRefused, Mail, Postbox
from app.organisation.labels import role_at
from app.organisation.mail_keys import MailedInvitation, mail_key
from app.organisation.models import ImportStep
from app.organisation.schemas import row_check
from app.organisation.services.imports.applying import apply_import
from app.organisation.services.imports.judging import keep_judgement, list_to_judge, read_import_work
from app.organisation.services.imports.starting import WORK_ON_IMPORT, forget_old_imports
from app.organisation.services.imports.undoing import undo_import
from app.organisation.services.invitations import (
    ReadyInvitation,
    note_refused,
    note_sent,
    ready_invitation,
    ready_reminder,
)
from app.organisation.services.mailings import (
    SEND_MAILING,
    queue_batch,
    remind_silent,
    start_due_mailings,
    work_and_progress,
)
from app.web.language import long_date, moment
from config.settings import Settings
from tenants.context import Network
from tenants.session import Database

FOLLOWED_UP = (start_due_mailings, remind_silent)
"""What is done by itself, each in a unit of its own."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""
    mails = InvitationMails(settings, database, postbox)

    def send_mailing(network: Network, *, work_id: int) -> None:
        with long_work(database, network, work_id) as reporter:
            with database.unit_of_work(network, read_only=True):
                work, progress = work_and_progress(work_id)
            if work.has_ended:
                return
            reporter.report("sending", progress)
            with database.unit_of_work(network):
                queue_batch(work_id)

    return [
        Handler("organisation.send_invitation", mails.send_invitation),
        Handler("organisation.send_reminder", mails.send_reminder),
        Handler(SEND_MAILING, send_mailing),
        *follow_up("organisation.follow_up", FOLLOWED_UP, database, minute=10),
        *import_handlers(settings, database),
    ]


def import_handlers(settings: Settings, database: Database) -> list[Handler]:
    """The jobs of lists of people: a step of one, and forgetting those of long ago."""

    def work_on_import(network: Network, *, work_id: int) -> None:
        with long_work(database, network, work_id) as reporter:
            with database.unit_of_work(network):
                work, row = read_import_work(work_id)
                task = list_to_judge(row) if row.step == ImportStep.JUDGE and not work.has_ended else None
            with force_locale(row.language):
                if task:
                    judgement = task.judged(row_check(), lambda done: reporter.report("judging", done))
                    with database.unit_of_work(network):
                        keep_judgement(work_id, judgement)
                elif row.step == ImportStep.APPLY:
                    with database.unit_of_work(network):
                        apply_import(work_id, row_check(), reporter.report)
                elif row.step == ImportStep.UNDO:
                    with database.unit_of_work(network):
                        undo_import(work_id, reporter.report)

    return [
        Handler(WORK_ON_IMPORT, work_on_import),
        forgetting("organisation.forget_imports", forget_old_imports, settings, database, minute=35),
    ]


class InvitationMails:
    """The mails with a link, a job for each: one that fails does not stop another."""

    def __init__(self, settings: Settings, database: Database, postbox: Postbox) -> None:
        self._settings = settings
        self._database = database
        self._postbox = postbox

    def send_invitation(self, network: Network, *, invitation_id: int) -> None:
        """Mail an invitation, unless that was done or is of no use any more."""
        with self._database.unit_of_work(network):
            invitation = ready_invitation(invitation_id)
        if invitation is None:
            return
        mail = invitation_mail(invitation, network.name, self._link(network, invitation))
        if self._is_taken(network, invitation_id, invitation, mail):
            with self._database.unit_of_work(network):
                note_sent(invitation_id)

    def send_reminder(self, network: Network, *, invitation_id: int) -> None:
        """Mail a reminder of an invitation that still waits for an answer."""
        with self._database.unit_of_work(network):
            invitation = ready_reminder(invitation_id)
        if invitation is not None:
            mail = reminder_mail(invitation, network.name, self._link(network, invitation))
            self._is_taken(network, invitation_id, invitation, mail)

    def _link(self, network: Network, invitation: ReadyInvitation) -> str:
        return f"{self._settings.base_url}/uitnodiging/{network.slug}/{invitation.token}"

    def _is_taken(
        self, network: Network, invitation_id: int, invitation: ReadyInvitation, words: tuple[str, str]
    ) -> bool:
        """Send; an address that is refused is kept with the invitation instead."""
        subject, text = words
        mailed = MailedInvitation(network.id, invitation_id)
        key = mail_key(self._settings.secret_key, mailed, invitation.token)
        try:
            self._postbox.send(Mail(to=invitation.email, subject=subject, text=text, key=key))
        except AddressRefused as refused:
            with self._database.unit_of_work(network):
                note_refused(invitation_id, refused.refusal)
            return False
        return True


def invitation_mail(invitation: ReadyInvitation, network_name: str, link: str) -> tuple[str, str]:
    """Subject and text of the mail with the link, in Dutch."""
    with force_locale("nl"):
        inviter = _inviter(invitation, network_name)
        subject = _("%(inviter)s invites you to %(network)s", inviter=inviter, network=network_name)
        return subject, "\n\n".join(_paragraphs(invitation, inviter, network_name, link))


def reminder_mail(invitation: ReadyInvitation, network_name: str, link: str) -> tuple[str, str]:
    """Subject and text of the reminder, in Dutch."""
    with force_locale("nl"):
        inviter = _inviter(invitation, network_name)
        return _("Your invitation to %(network)s still waits", network=network_name), _(
            "Hello %(first_name)s,\n\n%(inviter)s invited you on %(day)s to join %(network)s on Vreemde Ogen. You "
            "have not come in yet.\n\nWith this link you do:\n%(link)s\n\nIt works once, until %(end)s. You get no "
            "further reminder. Do you have no idea what this is about? Then you need not do anything.\n\n"
            "Kind regards,\n%(inviter)s",
            first_name=invitation.first_name,
            inviter=inviter,
            network=network_name,
            day=long_date(invitation.invited_at.astimezone(AMSTERDAM)),
            link=link,
            end=moment(invitation.expires_at),
        )


def _inviter(invitation: ReadyInvitation, network_name: str) -> str:
    return invitation.inviter or _("The team of %(network)s", network=network_name)


def _paragraphs(invitation: ReadyInvitation, inviter: str, network_name: str, link: str) -> Iterator[str]:
    yield _("Hello %(first_name)s,", first_name=invitation.first_name)
    yield _(
        "%(inviter)s invites you to join %(network)s on Vreemde Ogen. That is where people who work at schools"
        " find a coach from outside, and learn from each other.",
        inviter=inviter,
        network=network_name,
    )
    if invitation.workplaces:
        roles = "\n".join(f"- {role_at(place)}" for place in invitation.workplaces)
        yield _("You take part as:\n%(roles)s", roles=roles)
    yield _("With this link you come in:\n%(link)s", link=link)
    yield _(
        "The link is only for you. It works once, and for seven days. Is it too late by then? Just ask for another."
    )
    yield _("Do you have no idea what this is about? Then you need not do anything.")
    yield _("Kind regards,\n%(inviter)s", inviter=inviter)

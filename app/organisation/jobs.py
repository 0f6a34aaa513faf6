"""Invitations by mail."""

from collections.abc import Iterator

from flask_babel import force_locale
from flask_babel import gettext as _

from app.identity.secrets import digest
from app.jobs.queue import Handler
from app.kernel.mail import AddressRefused, Mail, Postbox
from app.organisation.labels import role_at
from app.organisation.services.invitations import (
    ReadyInvitation,
    note_refused,
    note_sent,
    ready_invitation,
)
from config.settings import Settings
from tenants.context import Network
from tenants.session import Database


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""

    def send_invitation(network: Network, *, invitation_id: int) -> None:
        with database.unit_of_work(network):
            invitation = ready_invitation(invitation_id)
        if invitation is None:
            return
        link = f"{settings.base_url}/uitnodiging/{network.slug}/{invitation.token}"
        note = note_sent
        try:
            postbox.send(invitation_mail(invitation, network.name, link))
        except AddressRefused:
            note = note_refused
        with database.unit_of_work(network):
            note(invitation_id)

    return [Handler("organisation.send_invitation", send_invitation)]


def invitation_mail(invitation: ReadyInvitation, network_name: str, link: str) -> Mail:
    """The mail with the link, in Dutch."""
    with force_locale("nl"):
        inviter = invitation.inviter or _("The team of %(network)s", network=network_name)
        return Mail(
            to=invitation.email,
            subject=_("%(inviter)s invites you to %(network)s", inviter=inviter, network=network_name),
            text="\n\n".join(_paragraphs(invitation, inviter, network_name, link)),
            key=f"invitation-{digest(invitation.token).hex()[:32]}",
        )


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

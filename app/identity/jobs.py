"""Mails about one's login, and forgetting what is of no use any more."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.identity.secrets import digest
from app.identity.services import forget_old_rows, make_password_reset
from app.jobs.queue import Handler
from app.kernel.mail import Mail, Postbox
from config.settings import Settings
from tenants.session import Database


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""

    def send_password_reset(*, identity_id: int) -> None:
        with database.global_unit():
            made = make_password_reset(identity_id)
        if made is None:
            return
        email, token = made
        link = f"{settings.base_url}/wachtwoord/{token}"
        with force_locale("nl"):
            text = _(
                "Somebody asked for a new password for your account at Vreemde Ogen.\n\n"
                "Choose a new password here, within an hour:\n%(link)s\n\n"
                "Was it not you? Then you need not do anything.",
                link=link,
            )
            mail = Mail(
                to=email,
                subject=_("Choose a new password"),
                text=text,
                key=f"password-{digest(token).hex()[:32]}",
            )
        postbox.send(mail)

    def forget_old() -> None:
        with database.global_unit():
            forget_old_rows()

    return [
        Handler("identity.send_password_reset", send_password_reset, in_network=False),
        Handler("identity.forget_old_rows", forget_old, in_network=False, periodic="25 2 * * *"),
    ]

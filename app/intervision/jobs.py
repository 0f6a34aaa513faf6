"""Every mail of this room, and what is followed up by itself."""

from app.intervision.mails.polls import PollMails
from app.intervision.mails.sessions import SessionMails
from app.intervision.services.date_reminders import close_polls, remind_of_polls, remind_of_sessions
from app.jobs.queue import Handler, enqueue_in_networks
from app.kernel.mail import Postbox
from config.settings import Settings
from tenants.context import Network
from tenants.session import Database

BY_DAY = "35 6-18 * * *"
"""Each hour of the day, in UTC: nobody is mailed at night, and a worker that was away makes up for it."""
FOLLOWED_UP = (
    remind_of_sessions,
    remind_of_polls,
    close_polls,
)
"""What is done by itself, each in a unit of its own; done twice it mails nobody twice."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""

    def follow_up(network: Network) -> None:
        for step in FOLLOWED_UP:
            with database.unit_of_work(network):
                step()

    def follow_up_everywhere() -> None:
        with database.global_unit():
            enqueue_in_networks("intervision.follow_up")

    return [
        Handler("intervision.follow_up", follow_up),
        Handler("intervision.follow_up_everywhere", follow_up_everywhere, in_network=False, periodic=BY_DAY),
        *mail_handlers(settings.base_url, database, postbox),
    ]


def mail_handlers(base_url: str, database: Database, postbox: Postbox) -> list[Handler]:
    """The mails, a job for each person."""
    sessions = SessionMails(base_url, database, postbox)
    polls = PollMails(base_url, database, postbox)
    return [
        Handler("intervision.tell_dates", sessions.tell_dates),
        Handler("intervision.tell_planned", sessions.tell_planned),
        Handler("intervision.tell_moved", sessions.tell_moved),
        Handler("intervision.tell_left_out", sessions.tell_left_out),
        Handler("intervision.tell_called_off", sessions.tell_called_off),
        Handler("intervision.tell_leader", sessions.tell_leader),
        Handler("intervision.remind_of_session", sessions.remind),
        Handler("intervision.ask_poll", polls.ask),
        Handler("intervision.remind_of_poll", polls.remind),
        Handler("intervision.tell_poll_complete", polls.tell_complete),
        Handler("intervision.tell_poll_closed", polls.tell_closed),
    ]

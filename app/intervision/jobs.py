"""Forming groups, every mail of this room, and what is followed up by itself."""

from app.intervision.mails.seasons import SeasonMails
from app.intervision.services.divisions import FORMING, divide, keep_division, read_season_work
from app.intervision.services.reminders import remind_before_last_day
from app.jobs.progress import long_work
from app.jobs.queue import Handler, enqueue_in_networks
from app.kernel.mail import Postbox
from config.settings import Settings
from tenants.context import Network
from tenants.session import Database

BY_DAY = "35 6-18 * * *"
"""Each hour of the day, in UTC: nobody is mailed at night, and a worker that was away makes up for it."""

FOLLOWED_UP = (remind_before_last_day,)
"""What is done by itself, each in a unit of its own; done twice it mails nobody twice."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""

    def form_groups(network: Network, *, work_id: int) -> None:
        with long_work(database, network, work_id) as reporter:
            with database.unit_of_work(network):
                work, facts = read_season_work(work_id)
            if work.has_ended:
                return
            result, seconds = divide(facts, reporter.report)
            with database.unit_of_work(network):
                keep_division(work_id, facts, result, seconds)

    def follow_up(network: Network) -> None:
        for step in FOLLOWED_UP:
            with database.unit_of_work(network):
                step()

    def follow_up_everywhere() -> None:
        with database.global_unit():
            enqueue_in_networks("intervision.follow_up")

    return [
        Handler(FORMING, form_groups),
        Handler("intervision.follow_up", follow_up),
        Handler("intervision.follow_up_everywhere", follow_up_everywhere, in_network=False, periodic=BY_DAY),
        *mail_handlers(settings.base_url, database, postbox),
    ]


def mail_handlers(base_url: str, database: Database, postbox: Postbox) -> list[Handler]:
    """The mails, a job for each person."""
    seasons = SeasonMails(base_url, database, postbox)
    return [
        Handler("intervision.remind_to_answer", seasons.remind_to_answer),
        Handler("intervision.tell_group", seasons.tell_group),
        Handler("intervision.tell_left_over", seasons.tell_left_over),
    ]

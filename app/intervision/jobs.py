"""Forming groups, every mail of this room, what is followed up by itself, and forgetting."""

from app.intervision.mails import bookings, intentions, polls, regrouping, safety, seasons, sessions
from app.intervision.retention import forget_expired
from app.intervision.services.date_reminders import close_polls, remind_of_polls, remind_of_sessions
from app.intervision.services.divisions import FORMING, divide, keep_division, read_season_work
from app.intervision.services.follow_up import ask_due_intentions, ask_pulses
from app.intervision.services.goals import ask_what_stayed
from app.intervision.services.lines import follow_lines
from app.intervision.services.reminders import remind_before_last_day
from app.jobs.by_itself import follow_up, forgetting
from app.jobs.progress import long_work
from app.jobs.queue import Handler
from app.kernel.mail import Postbox
from app.organisation.mails import MailDesk, Write
from config.settings import Settings
from tenants.context import Network
from tenants.session import Database

FOLLOWED_UP = (
    remind_before_last_day,
    remind_of_sessions,
    remind_of_polls,
    close_polls,
    follow_lines,
    ask_due_intentions,
    ask_what_stayed,
    ask_pulses,
)
"""What is done by itself, each in a unit of its own."""

LETTERS: dict[str, Write] = {
    "intervision.remind_to_answer": seasons.remind_to_answer,
    "intervision.tell_group": seasons.tell_group,
    "intervision.tell_left_over": seasons.tell_left_over,
    "intervision.tell_other_group": regrouping.tell_other_group,
    "intervision.tell_left_group": regrouping.tell_left_group,
    "intervision.tell_group_changed": regrouping.tell_group_changed,
    "intervision.tell_guest_called_off": regrouping.tell_guest_called_off,
    "intervision.tell_dates": sessions.tell_dates,
    "intervision.tell_planned": sessions.tell_planned,
    "intervision.tell_moved": sessions.tell_moved,
    "intervision.tell_left_out": sessions.tell_left_out,
    "intervision.tell_called_off": sessions.tell_called_off,
    "intervision.tell_leader": sessions.tell_leader,
    "intervision.remind_of_session": sessions.remind_of_session,
    "intervision.ask_poll": polls.ask_poll,
    "intervision.remind_of_poll": polls.remind_of_poll,
    "intervision.tell_poll_complete": polls.tell_poll_complete,
    "intervision.tell_poll_closed": polls.tell_poll_closed,
    "intervision.ask_intention": intentions.ask_intention,
    "intervision.ask_what_stayed": intentions.ask_what_stayed,
    "intervision.ask_pulse": safety.ask_pulse,
    "intervision.tell_booked": bookings.tell_booked,
    "intervision.tell_offer": bookings.tell_offer,
    "intervision.tell_offer_passed": bookings.tell_offer_passed,
}
"""What is written to people, by the name of the job."""


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

    desk = MailDesk(settings.base_url, database, postbox)
    return [
        Handler(FORMING, form_groups),
        forgetting("intervision.forget_expired", forget_expired, settings, database, minute=55),
        *follow_up("intervision.follow_up", FOLLOWED_UP, database, minute=35),
        *(desk.job(name, write) for name, write in LETTERS.items()),
    ]

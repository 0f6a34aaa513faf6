"""The calculation of a proposal, every mail of this room, what is followed up by itself, and forgetting."""

from app.coaching.further import look_further
from app.coaching.mails import answers, measurements, reviews, rounds, talks
from app.coaching.retention import forget_expired
from app.coaching.round_facts import possible_coaches
from app.coaching.services.attempts import TRIAL, keep_effect, read_trial
from app.coaching.services.check_ins import ask_due_check_ins, remind_check_ins
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal, read_work
from app.coaching.services.reminders import remind_before_last_day
from app.coaching.services.retention import ask_due_measurements
from app.coaching.services.silence import nudge_silent
from app.coaching.services.talks import queue_reminders
from app.coaching.what_if import effect_of
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
    nudge_silent,
    queue_reminders,
    ask_due_check_ins,
    remind_check_ins,
    ask_due_measurements,
)
"""What is done by itself, each in a unit of its own."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""

    def calculate_proposal(network: Network, *, work_id: int) -> None:
        with long_work(database, network, work_id) as reporter:
            with database.unit_of_work(network):
                work, facts = read_work(work_id)
                candidates = possible_coaches(facts)
            if work.has_ended:
                return
            reporter.report("reading", 0.0)
            judgement, result, seconds = calculate(facts, reporter.report)
            further = look_further(facts, candidates, judgement, result, reporter.report)
            with database.unit_of_work(network):
                keep_proposal(work_id, facts, judgement, result, seconds)
                keep_further(work_id, further)

    def try_rule(network: Network, *, work_id: int) -> None:
        with long_work(database, network, work_id):
            with database.unit_of_work(network):
                work, trial = read_trial(work_id)
            if work.has_ended:
                return
            effect = effect_of(trial)
            with database.unit_of_work(network):
                keep_effect(work_id, effect)

    return [
        Handler(CALCULATION, calculate_proposal),
        Handler(TRIAL, try_rule),
        forgetting("coaching.forget_expired", forget_expired, settings, database, minute=50),
        *follow_up("coaching.follow_up", FOLLOWED_UP, database, minute=20),
        *mail_handlers(MailDesk(settings.base_url, database, postbox)),
    ]


def mail_handlers(desk: MailDesk) -> list[Handler]:
    """The mails, a job for each person."""
    letters: dict[str, Write] = {
        "coaching.send_reminder": rounds.send_reminder,
        "coaching.tell_coachee": rounds.tell_coachee,
        "coaching.tell_coach": rounds.tell_coach,
        "coaching.tell_unmatched": rounds.tell_unmatched,
        "coaching.nudge": answers.nudge,
        "coaching.tell_start": answers.tell_start,
        "coaching.tell_end": answers.tell_end,
        "coaching.tell_coordinator_of_end": answers.tell_coordinator_of_end,
        "coaching.tell_coach_of_change": answers.tell_coach_of_change,
        "coaching.tell_coachee_of_change": answers.tell_coachee_of_change,
        "coaching.tell_coachee_of_loss": answers.tell_coachee_of_loss,
        "coaching.tell_talk_planned": talks.tell_planned,
        "coaching.tell_talk_moved": talks.tell_moved,
        "coaching.tell_talk_cancelled": talks.tell_cancelled,
        "coaching.remind_of_talk": talks.remind_of_talk,
        "coaching.ask_measurement": measurements.ask_measurement,
        "coaching.ask_check_in": reviews.ask_check_in,
        "coaching.remind_check_in": reviews.remind_check_in,
        "coaching.tell_closure": reviews.tell_closure,
        "coaching.tell_rematch": reviews.tell_rematch,
    }
    return [desk.job(name, write) for name, write in letters.items()]

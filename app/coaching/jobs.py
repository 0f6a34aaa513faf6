"""The calculation of a proposal, every mail of this room, what is followed up by itself, and forgetting."""

from app.coaching.further import look_further
from app.coaching.mails.answers import AnswerMails
from app.coaching.mails.measurements import MeasurementMails
from app.coaching.mails.reviews import ReviewMails
from app.coaching.mails.rounds import RoundMails
from app.coaching.mails.talks import TalkMails
from app.coaching.retention import forget_expired
from app.coaching.round_facts import possible_coaches
from app.coaching.services.check_ins import ask_due_check_ins, remind_check_ins
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal, read_work
from app.coaching.services.reminders import remind_before_last_day
from app.coaching.services.retention import ask_due_measurements
from app.coaching.services.silence import nudge_silent
from app.coaching.services.talks import queue_reminders
from app.jobs.by_itself import follow_up, forgetting
from app.jobs.progress import long_work
from app.jobs.queue import Handler
from app.kernel.mail import Postbox
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

    return [
        Handler(CALCULATION, calculate_proposal),
        forgetting("coaching.forget_expired", forget_expired, settings, database, minute=50),
        *follow_up("coaching.follow_up", FOLLOWED_UP, database, minute=20),
        *mail_handlers(settings.base_url, database, postbox),
    ]


def mail_handlers(base_url: str, database: Database, postbox: Postbox) -> list[Handler]:
    """The mails, a job for each person."""
    rounds = RoundMails(base_url, database, postbox)
    answers = AnswerMails(base_url, database, postbox)
    talks = TalkMails(base_url, database, postbox)
    measurements = MeasurementMails(base_url, database, postbox)
    reviews = ReviewMails(base_url, database, postbox)
    return [
        Handler("coaching.send_reminder", rounds.send_reminder),
        Handler("coaching.tell_coachee", rounds.tell_coachee),
        Handler("coaching.tell_coach", rounds.tell_coach),
        Handler("coaching.tell_unmatched", rounds.tell_unmatched),
        Handler("coaching.nudge", answers.nudge),
        Handler("coaching.tell_start", answers.tell_start),
        Handler("coaching.tell_end", answers.tell_end),
        Handler("coaching.tell_coordinator_of_end", answers.tell_coordinator_of_end),
        Handler("coaching.tell_coach_of_change", answers.tell_coach_of_change),
        Handler("coaching.tell_coachee_of_change", answers.tell_coachee_of_change),
        Handler("coaching.tell_coachee_of_loss", answers.tell_coachee_of_loss),
        Handler("coaching.tell_talk_planned", talks.tell_planned),
        Handler("coaching.tell_talk_moved", talks.tell_moved),
        Handler("coaching.tell_talk_cancelled", talks.tell_cancelled),
        Handler("coaching.remind_of_talk", talks.remind),
        Handler("coaching.ask_measurement", measurements.ask),
        Handler("coaching.ask_check_in", reviews.ask_check_in),
        Handler("coaching.remind_check_in", reviews.remind_check_in),
        Handler("coaching.tell_closure", reviews.tell_closure),
        Handler("coaching.tell_rematch", reviews.tell_rematch),
    ]

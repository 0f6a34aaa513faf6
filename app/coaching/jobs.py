"""The calculation of a proposal, and the mails about what is published."""

from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.answer_mails import AnswerMails
from app.coaching.change_facts import ChangeFacts
from app.coaching.further import look_further
from app.coaching.mailing import Mails
from app.coaching.measurement_mails import measurement_handlers
from app.coaching.round_facts import possible_coaches
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal, read_work
from app.coaching.services.silence import nudge_silent
from app.coaching.talk_mails import talk_handlers
from app.jobs.progress import long_work
from app.jobs.queue import Handler, enqueue_in_networks
from app.kernel.mail import Postbox
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from config.settings import Settings
from tenants.context import Network
from tenants.session import Database

BY_DAY = "20 7-17 * * *"
"""Each hour of the day, in UTC: nobody is mailed at night, and a worker that was away makes up for it."""


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
            # A change of pairs that go on is not about the line of fairness, nor about who could be asked.
            further = (
                None
                if isinstance(facts, ChangeFacts)
                else look_further(facts, candidates, judgement, result, reporter.report)
            )
            with database.unit_of_work(network):
                keep_proposal(work_id, facts, judgement, result, seconds)
                if further:
                    keep_further(work_id, further)

    def nudge(network: Network) -> None:
        with database.unit_of_work(network):
            nudge_silent()

    def nudge_everywhere() -> None:
        with database.global_unit():
            enqueue_in_networks("coaching.nudge_silent")

    mails = RoundMails(settings.base_url, database, postbox)
    return [
        Handler(CALCULATION, calculate_proposal),
        Handler("coaching.tell_coachee", mails.tell_coachee),
        Handler("coaching.tell_coach", mails.tell_coach),
        Handler("coaching.tell_unmatched", mails.tell_unmatched),
        Handler("coaching.nudge_silent", nudge),
        Handler("coaching.nudge_silent_everywhere", nudge_everywhere, in_network=False, periodic=BY_DAY),
        *answer_handlers(AnswerMails(settings.base_url, database, postbox)),
        *talk_handlers(settings, database, postbox),
        *measurement_handlers(settings.base_url, database, postbox),
    ]


def answer_handlers(mails: AnswerMails) -> list[Handler]:
    """The mails that follow from answers, silence and changes."""
    return [
        Handler("coaching.nudge", mails.nudge),
        Handler("coaching.tell_start", mails.tell_start),
        Handler("coaching.tell_end", mails.tell_end),
        Handler("coaching.tell_coordinator_of_end", mails.tell_coordinator_of_end),
        Handler("coaching.tell_coach_of_change", mails.tell_coach_of_change),
        Handler("coaching.tell_coachee_of_change", mails.tell_coachee_of_change),
        Handler("coaching.tell_coachee_of_loss", mails.tell_coachee_of_loss),
    ]


class RoundMails(Mails):
    """The mails about what is published, a job for each person: one that fails does not stop another."""

    def tell_coachee(self, network: Network, *, match_id: int) -> None:
        """Tell an IB'er who her coach is."""
        coachee, coach, link = self._pair(network, match_id)
        with force_locale("nl"):
            self._send(coachee, _mail_to_coachee(coachee, coach, link), f"coachee-{network.id}-{match_id}")

    def tell_coach(self, network: Network, *, match_id: int) -> None:
        """Tell a coach whom she coaches."""
        coachee, coach, link = self._pair(network, match_id)
        with force_locale("nl"):
            self._send(coach, _mail_to_coach(coach, coachee, link), f"coach-{network.id}-{match_id}")

    def tell_unmatched(self, network: Network, *, round_id: int, person_id: int) -> None:
        """Tell an IB'er that there is no coach for her yet."""
        with self._database.unit_of_work(network, read_only=True):
            person = people_by_id({person_id})[person_id]
        with force_locale("nl"):
            self._send(person, _mail_to_unmatched(person), f"unmatched-{network.id}-{round_id}-{person_id}")


def _mail_to_coachee(coachee: Person, coach: Person, link: str) -> tuple[str, str]:
    return _("Your coach is known"), _(
        "Hello %(name)s,\n\nYour coach for this year is %(coach)s: somebody from outside your school and your "
        "board, who looks at your work with a stranger's eyes.\n\nHere you see why the two of you fit, and how "
        "to reach each other:\n%(link)s\n\nTell on that page whether you take part, want to meet first, or would rather "
        "not. Shall you send the first message?",
        name=coachee.first_name,
        coach=coach.name,
        link=link,
    )


def _mail_to_coach(coach: Person, coachee: Person, link: str) -> tuple[str, str]:
    return _("You have been matched with an IB'er"), _(
        "Hello %(name)s,\n\nYou will coach %(coachee)s this year.\n\nHere you see the question, why the two of you "
        "fit, and how to reach each other:\n%(link)s\n\nTell on that page whether you take part, want to meet first, or "
        "would rather not. Nice that you do this.",
        name=coach.first_name,
        coachee=coachee.name,
        link=link,
    )


def _mail_to_unmatched(person: Person) -> tuple[str, str]:
    return _("No coach for you yet"), _(
        "Hello %(name)s,\n\nThe pairs of this round are known, and we have not found a coach for you yet: nobody who "
        "fits your school and your question had a place.\n\nYour network "
        "coordinator knows, and in the next round you go first.",
        name=person.first_name,
    )

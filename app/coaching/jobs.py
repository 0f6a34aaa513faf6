"""The calculation of a proposal, the mails about what is published and about how it goes, and forgetting."""

import structlog
from flask_babel import force_locale
from flask_babel import gettext as _

from app.coaching.queries import match_by_id
from app.coaching.retention import forget_expired
from app.coaching.review_mails import ReviewMails
from app.coaching.services.check_ins import ask_due_check_ins, remind_check_ins
from app.coaching.services.proposals import CALCULATION, calculate, keep_proposal, read_work
from app.jobs.progress import long_work
from app.jobs.queue import Handler, enqueue_in_networks
from app.kernel.mail import AddressRefused, Mail, Postbox
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from config.settings import Settings
from tenants.context import Network
from tenants.provision import all_tenants
from tenants.session import Database

log = structlog.get_logger()

AT_NIGHT = "50 2 * * *"
IN_THE_MORNING = "20 6 * * *"
"""In UTC."""


def handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of this room."""

    def calculate_proposal(network: Network, *, work_id: int) -> None:
        with long_work(database, network, work_id) as reporter:
            with database.unit_of_work(network):
                work, facts = read_work(work_id)
            if work.has_ended:
                return
            reporter.report("reading", 0.0)
            judgement, result, seconds = calculate(facts, reporter.report)
            with database.unit_of_work(network):
                keep_proposal(work_id, facts, judgement, result, seconds)

    mails = RoundMails(settings.base_url, database, postbox)
    return [
        Handler(CALCULATION, calculate_proposal),
        Handler("coaching.tell_coachee", mails.tell_coachee),
        Handler("coaching.tell_coach", mails.tell_coach),
        Handler("coaching.tell_unmatched", mails.tell_unmatched),
        *review_handlers(settings, database, postbox),
    ]


def review_handlers(settings: Settings, database: Database, postbox: Postbox) -> list[Handler]:
    """The jobs of check-ins and closures, and of forgetting what was kept long enough."""
    mails = ReviewMails(settings.base_url, database, postbox)

    def follow_check_ins(network: Network) -> None:
        with database.unit_of_work(network):
            ask_due_check_ins({})
            remind_check_ins()

    def follow_check_ins_everywhere() -> None:
        with database.global_unit():
            enqueue_in_networks("coaching.follow_check_ins")

    def forget_everywhere() -> None:
        """In every network: also in one that pays no more, nothing is kept longer than was said."""
        with database.global_unit(read_only=True):
            networks = [tenant.opened(settings.master_key) for tenant in all_tenants()]
        for network in networks:
            with database.unit_of_work(network):
                forget_expired()

    return [
        Handler("coaching.ask_check_in", mails.ask_check_in),
        Handler("coaching.remind_check_in", mails.remind_check_in),
        Handler("coaching.tell_closure", mails.tell_closure),
        Handler("coaching.tell_rematch", mails.tell_rematch),
        Handler("coaching.follow_check_ins", follow_check_ins),
        Handler(
            "coaching.follow_check_ins_everywhere",
            follow_check_ins_everywhere,
            in_network=False,
            periodic=IN_THE_MORNING,
        ),
        Handler("coaching.forget_expired", forget_everywhere, in_network=False, periodic=AT_NIGHT),
    ]


class RoundMails:
    """The mails about what is published, a job for each person: one that fails does not stop another."""

    def __init__(self, base_url: str, database: Database, postbox: Postbox) -> None:
        self._base_url = base_url
        self._database = database
        self._postbox = postbox

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

    def _pair(self, network: Network, match_id: int) -> tuple[Person, Person, str]:
        with self._database.unit_of_work(network, read_only=True):
            match = match_by_id(match_id)
            people = people_by_id({match.coachee_id, match.coach_id})
        link = f"{self._base_url}/{network.slug}/koppelingen/{match_id}"
        return people[match.coachee_id], people[match.coach_id], link

    def _send(self, person: Person, words: tuple[str, str], key: str) -> None:
        """Send; an address that is refused for good is no reason to try again: the page tells it too."""
        if person.email is None:
            return
        subject, text = words
        try:
            self._postbox.send(Mail(to=person.email, subject=subject, text=text, key=key))
        except AddressRefused:
            log.warning("address refused", person=person.id)


def _mail_to_coachee(coachee: Person, coach: Person, link: str) -> tuple[str, str]:
    return _("Your coach is known"), _(
        "Hello %(name)s,\n\nYour coach for this year is %(coach)s: somebody from outside your school and your "
        "board, who looks at your work with a stranger's eyes.\n\nHere you see why the two of you fit, and how "
        "to reach each other:\n%(link)s\n\nShall you send the first message?",
        name=coachee.first_name,
        coach=coach.name,
        link=link,
    )


def _mail_to_coach(coach: Person, coachee: Person, link: str) -> tuple[str, str]:
    return _("You have been matched with an IB'er"), _(
        "Hello %(name)s,\n\nYou will coach %(coachee)s this year.\n\nHere you see the question, why the two of you "
        "fit, and how to reach each other:\n%(link)s\n\nNice that you do this.",
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

"""Ask who has not been heard of in a round: before its last day by itself, and at once when the coordinator says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from app.coaching.models import DAYS_BETWEEN_REMINDERS, MatchingRound, Occasion, RoundReminder
from app.coaching.participants import silent_in
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import round_state, round_states
from app.coaching.services.rounds import changeable_round, coordinator_names
from app.jobs.queue import BEHIND, enqueue_each
from app.kernel.actor import SYSTEM, Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Conflict
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import current_network_id
from tenants.session import session

DAYS_LEFT = {Occasion.WEEK: range(5, 8), Occasion.DAYS: range(3)}
"""Seven days before the last day and two; a worker that was away makes up for it the days after."""
WAKING_HOURS = range(7, 21)


def remind_at_once(actor: Actor, round_id: int) -> int:
    """Mail everybody who has not been heard of; gives how many. Raises Conflict when that was done just now."""
    actor.require(RUN_ROUNDS)
    matching_round = changeable_round(round_id)
    if not round_state(round_id).takes_requests:
        raise Conflict(_("The requests are closed. Open them again first, then people can still send one."))
    earliest = may_remind_from(round_id)
    if earliest is not None and earliest > today():
        raise Conflict(_("They were reminded just now. Give them a few days."))
    return _remind(actor, matching_round, Occasion.BY_HAND, today())


def may_remind_from(round_id: int) -> date | None:
    """From which day the coordinator can remind again; None when she has not done so."""
    by_hand = (RoundReminder.round_id == round_id, RoundReminder.occasion == Occasion.BY_HAND)
    last = session().scalar(select(func.max(RoundReminder.about_day)).where(*by_hand))
    return last + timedelta(days=DAYS_BETWEEN_REMINDERS) if last else None


def remind_before_last_day() -> None:
    """In every round whose last day comes near. For the job; done twice it mails nobody twice, and never at night."""
    if now().astimezone(AMSTERDAM).hour not in WAKING_HOURS:
        return
    for state in round_states():
        last_day = state.round.requests_until
        if last_day is None or not state.round.reminds or not state.takes_requests:
            continue
        for occasion, days_left in DAYS_LEFT.items():
            if (last_day - today()).days in days_left:
                _remind(SYSTEM, state.round, occasion, last_day)


def _remind(actor: Actor, matching_round: MatchingRound, occasion: Occasion, about_day: date) -> int:
    people = people_by_id(silent_in(matching_round).everybody).values()
    reminder_ids = _mark(matching_round.id, occasion, about_day, [one.id for one in people if one.email])
    if reminder_ids:
        enqueue_each("coaching.send_reminder", "reminder_id", reminder_ids, priority=BEHIND)
        record(actor, "remind silent", "matching_round", matching_round.id)
    return len(reminder_ids)


def _mark(round_id: int, occasion: Occasion, about_day: date, person_ids: Iterable[int]) -> list[int]:
    """Note who is reminded; who was already, for the same occasion or just now by hand, is left out."""
    rows = [
        {
            "tenant_id": current_network_id(),
            "round_id": round_id,
            "person_id": person_id,
            "occasion": occasion.value,
            "about_day": about_day,
        }
        for person_id in sorted(person_ids)
    ]
    if not rows:
        return []
    marking = insert(RoundReminder).values(rows).on_conflict_do_nothing().returning(RoundReminder.id)
    return list(session().scalars(marking))


@dataclass(frozen=True, slots=True)
class ReadyReminder:
    """What a reminder is about, and to whom it goes."""

    person: Person
    round_name: str
    last_day: date | None
    misses_request: bool
    misses_profile: bool
    coordinator: str


def ready_reminder(reminder_id: int) -> ReadyReminder | None:
    """For the job: a reminder that still makes sense; None when she has been heard of, or the round is closed."""
    reminder = session().get(RoundReminder, (current_network_id(), reminder_id))
    state = round_state(reminder.round_id) if reminder else None
    if reminder is None or state is None or not state.takes_requests:
        return None
    silent = silent_in(state.round)
    if reminder.person_id not in silent.everybody:
        return None
    return ReadyReminder(
        person=people_by_id({reminder.person_id})[reminder.person_id],
        round_name=state.round.name,
        last_day=state.round.requests_until,
        misses_request=reminder.person_id in silent.ibs,
        misses_profile=reminder.person_id in silent.coaches,
        coordinator=coordinator_names(),
    )

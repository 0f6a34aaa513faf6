"""Ask who has not answered for a season: a week before the last day by itself, and at once when the coordinator says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.coaching.services.rounds import coordinator_names
from app.intervision.models import ReminderOccasion, Season, SeasonReminder
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import published_at, season_with, seasons_being_answered, silent_in
from app.jobs.queue import BEHIND, enqueue_each
from app.kernel.actor import SYSTEM, Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Conflict
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import current_network_id
from tenants.session import session

DAYS_LEFT = range(5, 8)
"""Seven days before the last day; a worker that was away makes up for it the days after."""
WAKING_HOURS = range(7, 21)


def remind_at_once(actor: Actor, season_id: int) -> int:
    """Mail everybody who has not answered and was not reminded by hand before; gives how many."""
    actor.require(RUN_SEASONS)
    season = season_with(season_id)
    if published_at(season_id) or season.join_until < today():
        raise Conflict(_("The last day to answer has passed. Move it first, then people can still answer."))
    return _remind(actor, season, ReminderOccasion.BY_HAND)


def reminded_by_hand(season: Season) -> set[int]:
    """Who was reminded by the coordinator already, for the last day as it is now."""
    return set(
        session().scalars(
            select(SeasonReminder.person_id).where(
                SeasonReminder.season_id == season.id,
                SeasonReminder.occasion == ReminderOccasion.BY_HAND,
                SeasonReminder.about_day == season.join_until,
            )
        )
    )


def remind_before_last_day() -> None:
    """In every season whose last day to answer comes near. Done twice it mails nobody twice, and never at night."""
    if now().astimezone(AMSTERDAM).hour not in WAKING_HOURS:
        return
    for season in seasons_being_answered():
        if (season.join_until - today()).days in DAYS_LEFT:
            _remind(SYSTEM, season, ReminderOccasion.WEEK)


def _remind(actor: Actor, season: Season, occasion: ReminderOccasion) -> int:
    people = people_by_id(silent_in(season.id)).values()
    reminder_ids = _mark(season, occasion, [one.id for one in people if one.email])
    if reminder_ids:
        enqueue_each("intervision.remind_to_answer", "reminder_id", reminder_ids, priority=BEHIND)
        record(actor, "remind silent", "season", season.id)
    return len(reminder_ids)


def _mark(season: Season, occasion: ReminderOccasion, person_ids: Iterable[int]) -> list[int]:
    """Note who is reminded; who was already for this occasion is left out."""
    rows = [
        {
            "tenant_id": current_network_id(),
            "season_id": season.id,
            "person_id": person_id,
            "occasion": occasion.value,
            "about_day": season.join_until,
        }
        for person_id in sorted(person_ids)
    ]
    if not rows:
        return []
    marking = insert(SeasonReminder).values(rows).on_conflict_do_nothing().returning(SeasonReminder.id)
    return list(session().scalars(marking))


@dataclass(frozen=True, slots=True)
class ReadyReminder:
    """What a reminder is about, and to whom it goes."""

    person: Person
    season_name: str
    last_day: date
    coordinator: str


def ready_reminder(reminder_id: int) -> ReadyReminder | None:
    """For the job: a reminder that still makes sense; None when she has answered, or can't any more."""
    reminder = session().get(SeasonReminder, (current_network_id(), reminder_id))
    if reminder is None or published_at(reminder.season_id):
        return None
    season = season_with(reminder.season_id)
    if season.join_until < today() or reminder.person_id not in silent_in(season.id):
        return None
    person = people_by_id({reminder.person_id})[reminder.person_id]
    return ReadyReminder(person, season.name, season.join_until, coordinator_names())

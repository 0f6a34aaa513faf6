"""Say whether somebody takes part in a season, and with whom she would rather not be in a group."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.services.rounds import coordinator_names
from app.intervision.models import Avoidance, Participation, Season
from app.intervision.policy import JOIN_IN, RUN_SEASONS
from app.intervision.queries import participation_of, published_at, season_with
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now, today
from app.kernel.errors import Conflict, Invalid, NotFound
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids
from tenants.session import session


def save_own_answer(actor: Actor, season_id: int, data: dict[str, Any]) -> None:
    """An IB'er answers, or answers anew, until the last day for it. Raises Conflict after that, with whom to ask."""
    actor.require(JOIN_IN)
    season = _answerable(season_id)
    if season.join_until < today():
        raise Conflict(
            _(
                "The last day to answer was %(day)s. Do you still want to take part? Ask %(coordinator)s.",
                day=f"{season.join_until:%d-%m-%Y}",
                coordinator=coordinator_names(),
            )
        )
    _save(actor, season, actor.person_id, data)
    _replace_avoidances(actor, actor.person_id, data["unwanted"], own=True)


def save_answer_for(actor: Actor, season_id: int, person_id: int, data: dict[str, Any]) -> None:
    """The coordinator answers for an IB'er, and says with whom she is not put together."""
    actor.require(RUN_SEASONS)
    if person_id not in holder_ids(Role.IB):
        raise NotFound
    _save(actor, _answerable(season_id), person_id, data)
    _replace_avoidances(actor, person_id, data["unwanted"], own=False)


def _answerable(season_id: int) -> Season:
    """A season that is not divided into groups for good before this transaction ends. Raises Conflict."""
    season = season_with(season_id)
    session().refresh(season, with_for_update={"read": True})
    if published_at(season_id):
        raise Conflict(
            _("The groups of this season are known already. Your network coordinator can still change them.")
        )
    return season


def _save(actor: Actor, season: Season, person_id: int, data: dict[str, Any]) -> None:
    takes_part = data["takes_part"]
    answer = participation_of(season.id, person_id) or Participation(season_id=season.id, person_id=person_id)
    answer.takes_part = takes_part
    answer.halfdays = sorted(data["halfdays"]) if takes_part else []
    answer.themes = data["themes"] if takes_part else []
    answer.experience = data["experience"] if takes_part else None
    answer.answered_at = now()
    session().add(answer)
    session().flush()
    record(actor, "answer for season", "participation", answer.id)


def _replace_avoidances(actor: Actor, person_id: int, others: Collection[int], *, own: bool) -> None:
    """Keep what stays, take away what was taken back, add what is new. What the coordinator said is not hers to see."""
    if set(others) - holder_ids(Role.IB) or person_id in others:
        raise Invalid({"unwanted": [_("Choose somebody from the list.")]})
    kept = {
        row.other_id: row
        for row in session().scalars(select(Avoidance).where(Avoidance.person_id == person_id))
    }
    for other_id, row in kept.items():
        if other_id not in others and (not own or row.by_id == person_id):
            session().delete(row)
    session().add_all(
        Avoidance(person_id=person_id, other_id=other_id, by_id=actor.person_id)
        for other_id in others
        if other_id not in kept
    )
    session().flush()
    if set(others) != kept.keys():
        record(actor, "say whom to avoid", "person", person_id)

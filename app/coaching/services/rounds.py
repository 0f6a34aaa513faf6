"""Open a round and set its rules."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.models import MatchingRound
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import publication_of, round_with
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import school_year, today
from app.kernel.errors import Conflict, Invalid
from tenants.session import session

SUMMER_DAYS = 60
"""From the beginning of June a new round is for the next school year."""


def create_round(actor: Actor, data: dict[str, Any]) -> int:
    """Open a round; gives its id."""
    actor.require(RUN_ROUNDS)
    if data["name"] in _names():
        raise Invalid({"name": [_("There is a round with this name already.")]})
    matching_round = MatchingRound(**data)
    session().add(matching_round)
    session().flush()
    record(actor, "open round", "matching_round", matching_round.id)
    return matching_round.id


def suggested_round() -> dict[str, Any]:
    """What a new round will probably be: from today to the end of this school year, or the next one in summer."""
    year = school_year(today() + timedelta(days=SUMMER_DAYS))
    while f"{year}–{year + 1}" in _names():
        year += 1
    starts_on = max(today(), date(year, 8, 1))
    return {
        "name": f"{year}–{year + 1}",
        "starts_on": starts_on,
        "ends_on": date(year + 1, 7, 31),
        "repeat_rounds": 2,
    }


def update_sufficiency(actor: Actor, round_id: int, sufficiency: int) -> None:
    """Say from which score (0 to 1000) a pair is good enough: fairness is about those below it."""
    actor.require(RUN_ROUNDS)
    matching_round = changeable_round(round_id)
    matching_round.sufficiency = sufficiency
    record(actor, "set sufficiency", "matching_round", round_id)


def changeable_round(round_id: int, *, alone: bool = False) -> MatchingRound:
    """A round that is not published yet, and won't be before this transaction ends.

    Those who change something share the round's row; `alone` keeps it for oneself, as publishing and locking do.
    Raises Conflict after publication, so that what people were told stays true.
    """
    matching_round = round_with(round_id)
    session().refresh(matching_round, with_for_update={"read": not alone})
    if publication_of(round_id):
        raise Conflict(_("This round has been published. It can't be changed any more."))
    return matching_round


def running_round(round_id: int, *, alone: bool = False) -> MatchingRound:
    """A published round that is not over, in which pairs may change until this transaction ends.

    Those who answer share the round's row; `alone` keeps it for oneself, as carrying out a change does.
    Raises Conflict before the publication and after the last day.
    """
    matching_round = round_with(round_id)
    session().refresh(matching_round, with_for_update={"read": not alone})
    if publication_of(round_id) is None:
        raise Conflict(_("The pairs of this round have not been published yet."))
    if matching_round.ends_on < today():
        raise Conflict(_("This round is over. Nothing can be changed in it any more."))
    return matching_round


def _names() -> set[str]:
    return set(session().scalars(select(MatchingRound.name)))

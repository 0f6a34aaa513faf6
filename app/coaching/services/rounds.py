"""Open a round, plan it and set its rules."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.coaching.labels import listed
from app.coaching.models import MatchingRound
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import publication_of, round_state, round_with
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import school_year, today
from app.kernel.errors import Conflict, Invalid
from app.kernel.permissions import Role
from app.organisation.queries import holders
from tenants.session import session

SUMMER_DAYS = 60
"""From the beginning of June a new round is for the next school year."""
ASKING_TAKES, MATCHING_TAKES = timedelta(weeks=4), timedelta(weeks=2)
"""What a new round suggests: so long requests can be sent, and so long after that the pairs are known."""
PLANNED_DAYS = ("starts_on", "ends_on", "requests_until", "publish_on")


def create_round(actor: Actor, data: dict[str, Any]) -> int:
    """Open a round; gives its id. What the form does not show comes along from the round that was copied."""
    actor.require(RUN_ROUNDS)
    copied_from = data.pop("copied_from", None)
    if data["name"] in _names():
        raise Invalid({"name": [_("There is a round with this name already.")]})
    refuse_last_day_in_the_past(data["requests_until"])
    matching_round = MatchingRound(**data)
    if copied_from:
        matching_round.sufficiency = round_with(copied_from).sufficiency
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
        "requests_until": starts_on + ASKING_TAKES,
        "publish_on": starts_on + ASKING_TAKES + MATCHING_TAKES,
        "reminds": True,
        "repeat_rounds": 2,
    }


def copied_round(round_id: int) -> dict[str, Any]:
    """A round like an earlier one: its settings, and its planning in the school year of the suggestion.

    The network's own themes are there by themselves; who was ruled out with whom stays behind.
    """
    earlier, suggested = round_with(round_id), suggested_round()
    years = max(1, school_year(suggested["ends_on"]) - school_year(earlier.ends_on))
    days = {name: _years_later(getattr(earlier, name), years) for name in PLANNED_DAYS}
    return {
        **suggested,
        **days,
        "reminds": earlier.reminds,
        "repeat_rounds": earlier.repeat_rounds,
        "copied_from": earlier.id,
    }


def plan_round(actor: Actor, round_id: int, data: dict[str, Any]) -> dict[str, Any]:
    """Move the days of a round, and say whether reminders go out; gives what was planned before."""
    actor.require(RUN_ROUNDS)
    matching_round = changeable_round(round_id, alone=True)
    before = {name: getattr(matching_round, name) for name in data}
    for name, value in data.items():
        setattr(matching_round, name, value)
    record(actor, "plan round", "matching_round", round_id)
    return before


def update_sufficiency(actor: Actor, round_id: int, sufficiency: int) -> None:
    """Say from which score (0 to 1000) a pair is good enough: fairness is about those below it."""
    actor.require(RUN_ROUNDS)
    matching_round = changeable_round(round_id)
    matching_round.sufficiency = sufficiency
    record(actor, "set sufficiency", "matching_round", round_id)


def changeable_round(round_id: int, *, alone: bool = False) -> MatchingRound:
    """A round that is not published yet nor put away, and won't be before this transaction ends.

    Those who change something share the round's row; `alone` keeps it for oneself, as publishing and locking do.
    Raises Conflict after publication, so that what people were told stays true.
    """
    matching_round = round_with(round_id)
    session().refresh(matching_round, with_for_update={"read": not alone})
    if publication_of(round_id):
        raise Conflict(_("This round has been published. It can't be changed any more."))
    if round_state(round_id).archived_at:
        raise Conflict(_("This round is in the archive. Take it out first, then it can be changed."))
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


def round_taking_requests(round_id: int) -> MatchingRound:
    """A round in which IB'ers ask for coaching themselves, and still do when this transaction ends.

    Raises Conflict once it is closed, with whom to ask: the coordinator can still enter a request.
    """
    matching_round = changeable_round(round_id)
    if not round_state(round_id).takes_requests:
        raise Conflict(
            _(
                "The requests of round %(round)s are closed. Do you still want to ask or change something? "
                "Ask %(coordinator)s.",
                round=matching_round.name,
                coordinator=coordinator_names(),
            )
        )
    return matching_round


def coordinator_names() -> str:
    """Whom to ask, by name."""
    names = [person.name for person in holders(Role.COORDINATOR)]
    return listed(names, _("or")) if names else _("your network coordinator")


def refuse_last_day_in_the_past(day: date | None) -> None:
    """Raise Invalid for a last day that would close the requests before they begin."""
    if day is not None and day < today():
        raise Invalid({"requests_until": [_("Choose today or a later day.")]})


def _years_later(day: date | None, years: int) -> date | None:
    if day is None:
        return None
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def _names() -> set[str]:
    return set(session().scalars(select(MatchingRound.name)))

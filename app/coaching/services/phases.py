"""Move a round to another phase by hand: close its requests, open them again, put it away, and take it back."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import delete

from app.coaching.models import RoundArchiving, RoundClosing
from app.coaching.policy import RUN_ROUNDS
from app.coaching.queries import round_state, round_with
from app.coaching.services.rounds import changeable_round, refuse_last_day_in_the_past
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import today
from app.kernel.errors import Conflict, Invalid
from tenants.session import session


def close_requests(actor: Actor, round_id: int) -> None:
    """From now on only the coordinator enters requests. Raises Conflict when they are closed already."""
    actor.require(RUN_ROUNDS)
    changeable_round(round_id, alone=True)
    if not round_state(round_id).takes_requests:
        raise Conflict(_("The requests of this round are closed already."))
    session().add(RoundClosing(round_id=round_id, by_id=actor.person_id))
    session().flush()
    record(actor, "close requests", "matching_round", round_id)


def reopen_requests(actor: Actor, round_id: int, until: date | None) -> None:
    """Let IB'ers ask again: what closed the round by hand goes, and a last day that has passed moves to `until`.

    Raises Invalid without a last day that is still to come, or for one after the day of the pairs.
    """
    actor.require(RUN_ROUNDS)
    matching_round = changeable_round(round_id, alone=True)
    last_day = until or matching_round.requests_until
    refuse_last_day_in_the_past(last_day)
    for limit in (matching_round.publish_on, matching_round.ends_on):
        if last_day and limit and last_day > limit:
            raise Invalid({"requests_until": [_("That is after the day of the pairs. Move that day first.")]})
    matching_round.requests_until = last_day
    session().execute(delete(RoundClosing).where(RoundClosing.round_id == round_id))
    record(actor, "reopen requests", "matching_round", round_id)


def archive_round(actor: Actor, round_id: int) -> None:
    """Put a round away: pairs and coaching go on, and the round itself changes no more. Twice is once."""
    actor.require(RUN_ROUNDS)
    matching_round = round_with(round_id)
    session().refresh(matching_round, with_for_update=True)
    if round_state(round_id).archived_at is None:
        session().add(RoundArchiving(round_id=round_id, by_id=actor.person_id))
        record(actor, "archive round", "matching_round", round_id)


def unarchive_round(actor: Actor, round_id: int) -> None:
    """Take a round out of the archive: it is in the phase in which it was."""
    actor.require(RUN_ROUNDS)
    round_with(round_id)
    put_away = RoundArchiving.round_id == round_id
    if session().scalars(delete(RoundArchiving).where(put_away).returning(RoundArchiving.id)).all():
        record(actor, "unarchive round", "matching_round", round_id)


def likely_last_day(planned: date | None, publish_on: date | None) -> date:
    """What opening again suggests: the planned day if it is still to come, otherwise as late as the pairs allow."""
    if planned is not None and planned >= today():
        return planned
    return max(today(), publish_on) if publish_on else today()

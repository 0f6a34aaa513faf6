"""Ask a group when a session can be, answer, and choose the date."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app.intervision.meeting_places import place_as_kept, places_of
from app.intervision.models import (
    Poll,
    PollAnswer,
    PollChoice,
    PollOption,
    PollWord,
    Reminding,
    SessionReminder,
)
from app.intervision.policy import JOIN_IN, PLAN_SESSIONS
from app.intervision.poll_rules import Standing, silent_in, standings
from app.intervision.queries import DatedSession, members_of, session_with
from app.intervision.queries.planning import PollInFull, is_member, poll_of, session_to_plan
from app.intervision.services.changes import change_date, changeable_session
from app.intervision.services.dating import FEWEST, NewDate, absent_at
from app.intervision.services.moments import mind_holidays
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import AMSTERDAM, now, today
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tenants.context import current_network_id
from tenants.session import session

MOMENTS = (2, 8)
"""How many moments a poll asks about."""


def ask_group(actor: Actor, session_id: int, moments: Mapping[str, datetime], data: dict[str, Any]) -> Poll:
    """Ask the group about moments (by the field of their day); an earlier poll about the session makes place for this one.

    Raises Conflict as long as another one is open, Invalid and InHoliday for what does not fit.
    """
    actor.require(PLAN_SESSIONS)
    dated = changeable_session(actor, session_id)
    earlier = poll_of(session_id)
    if earlier is not None and earlier.is_open and earlier.waits_for_choice:
        raise Conflict(_("There is a poll about this session already. Close it first."))
    days = {field: at.astimezone(AMSTERDAM).date() for field, at in moments.items()}
    members = members_of([dated.group.id])[dated.group.id]
    wrong: dict[str, Sequence[str]] = {}
    if data["closes_on"] < today():
        wrong["closes_on"] = [_("Choose a day that is still to come.")]
    elif data["closes_on"] >= min(days.values()):
        wrong["closes_on"] = [_("Choose a day before the first moment.")]
    if data["quorum"] > len(members):
        wrong["quorum"] = [_("The group has %(people)s people.", people=len(members))]
    mind_holidays(dated.season.region, days, data["accepted"], also=wrong)
    if wrong:
        raise Invalid(wrong)
    poll = keep_poll(actor.person_id, dated, sorted(set(moments.values())), data["closes_on"], data["quorum"])
    record(actor, "ask group", "intervision_session", session_id)
    for person_id in members:
        if person_id != actor.person_id:
            enqueue("intervision.ask_poll", session_id=session_id, person_id=person_id, poll_id=poll.id)
    return poll


def keep_poll(
    by_id: int, dated: DatedSession, moments: Sequence[datetime], closes_on: date, quorum: int
) -> Poll:
    """Make a poll in the place of an earlier one, without telling anybody."""
    session().execute(delete(Poll).where(Poll.session_id == dated.id))
    about_poll = (SessionReminder.session_id == dated.id) & (SessionReminder.about == Reminding.POLL)
    session().execute(delete(SessionReminder).where(about_poll))
    poll = Poll(session_id=dated.id, closes_on=closes_on, quorum=quorum, by_id=by_id)
    session().add(poll)
    session().flush()
    session().add_all(
        PollOption(poll_id=poll.id, starts_at=at, ends_at=at + timedelta(minutes=dated.season.minutes))
        for at in moments
    )
    session().flush()
    return poll


def poll_inside(actor: Actor, session_id: int) -> tuple[DatedSession, PollInFull]:
    """The poll about a session, for the group and the coordinator. Raises Forbidden for guests, NotFound without one."""
    dated = session_to_plan(actor, session_id)
    poll = poll_of(session_id)
    if poll is None:
        raise NotFound
    return dated, poll


def poll_to_answer(actor: Actor, session_id: int) -> tuple[DatedSession, PollInFull]:
    """The poll about a session of the actor's own group, held until we are done. Raises Conflict when it is closed."""
    actor.require(JOIN_IN)
    dated = session_with(actor, session_id)
    if not is_member(actor.person_id, dated.group.id):
        raise Forbidden(JOIN_IN.name)
    poll = _held(session_id)
    if not poll.is_open:
        raise Conflict(_("This poll is closed."))
    return dated, poll


def answer_poll(actor: Actor, session_id: int, words: Mapping[int, PollWord]) -> None:
    """Say of each moment whether one can, or say it anew. The last one who answers lets who asked know."""
    dated, poll = poll_to_answer(actor, session_id)
    members = members_of([dated.group.id])[dated.group.id]
    was_silent = actor.person_id not in poll.answers
    keep_answers(actor.person_id, words)
    record(actor, "answer poll", "intervision_session", session_id)
    if was_silent and silent_in(poll.answers, members) == [actor.person_id]:
        for person_id in who_asked(dated, poll.poll):
            enqueue(
                "intervision.tell_poll_complete",
                session_id=session_id,
                person_id=person_id,
                poll_id=poll.poll.id,
            )


def keep_answers(person_id: int, words: Mapping[int, PollWord]) -> None:
    """Keep what somebody says of moments, in the place of what she said before."""
    rows = [
        {
            "tenant_id": current_network_id(),
            "option_id": option_id,
            "person_id": person_id,
            "answer": word.value,
        }
        for option_id, word in sorted(words.items())
    ]
    kept = insert(PollAnswer).values(rows)
    anew = kept.on_conflict_do_update(
        index_elements=["tenant_id", "option_id", "person_id"], set_={"answer": kept.excluded.answer}
    )
    session().execute(anew)


def close_poll(actor: Actor, session_id: int) -> None:
    """Stop asking. What was answered stays, and a date can still be chosen."""
    actor.require(PLAN_SESSIONS)
    session_to_plan(actor, session_id)
    poll = _held(session_id)
    if poll.poll.closed_at is None:
        poll.poll.closed_at = now()
        record(actor, "close poll", "intervision_session", session_id)


def choose_moment(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Plan the session at a moment of its poll. Who refused it is not booked in, and hears that nobody counts on her.

    Below the quorum only with `anyway`. Raises Clash when somebody who would come is elsewhere by now:
    `without_absent` goes on without her. Once is enough: the database keeps one choice.
    """
    actor.require(PLAN_SESSIONS)
    dated = changeable_session(actor, session_id)
    poll = _held(session_id)
    if not poll.waits_for_choice:
        raise Conflict(_("A date was chosen already, by somebody else just now."))
    members = members_of([dated.group.id])[dated.group.id]
    standing = _standing(poll, members, data["option_id"])
    if not data["anyway"] and standing.number < poll.poll.quorum:
        raise Invalid(
            {
                "anyway": [
                    _(
                        "%(number)s can, and you asked for %(quorum)s. Tick that you want it all the same.",
                        number=standing.number,
                        quorum=poll.poll.quorum,
                    )
                ]
            }
        )
    option = standing.option
    place = place_as_kept(places_of(members), data["place"], data["place_text"])
    can = standing.yes | standing.if_needed
    without = set(standing.no)
    if data["without_absent"]:
        without |= absent_at(dated, option.starts_at, option.ends_at, can)
    if len(set(members) - without) < FEWEST:
        raise Invalid({"option_id": [_("Then nobody would be left to meet with. Choose another moment.")]})
    session().add(PollChoice(poll_id=poll.poll.id, option_id=option.id, by_id=actor.person_id))
    poll.poll.closed_at = poll.poll.closed_at or now()
    session().flush()
    new = NewDate(option.starts_at, option.ends_at, place)
    change_date(dated, new, without=without, with_seat=can - without)
    record(actor, "choose moment", "intervision_session", session_id)


def who_asked(dated: DatedSession, poll: Poll) -> list[int]:
    """Who hears what comes of a poll: who asked, and who leads the session."""
    return sorted({poll.by_id, dated.session.facilitator_id or poll.by_id})


def _standing(poll: PollInFull, members: Collection[int], option_id: int) -> Standing:
    found = {one.option.id: one for one in standings(poll.options, poll.answers, members)}
    chosen = found.get(option_id)
    if chosen is None or chosen.option.starts_at <= now():
        raise Invalid({"option_id": [_("Choose a moment that is still to come.")]})
    return chosen


def _held(session_id: int) -> PollInFull:
    """The poll of a session, that nobody else changes until we are done. Raises NotFound."""
    held = select(Poll.id).where(Poll.session_id == session_id)
    session().execute(held.with_for_update(key_share=True))
    poll = poll_of(session_id)
    if poll is None:
        raise NotFound
    session().refresh(poll.poll)
    return poll

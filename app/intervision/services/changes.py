"""Move a session, call it off, and let somebody else lead it: each with notice to who has a seat."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from flask_babel import gettext as _

from app.agenda.services.appointments import cancel_appointment
from app.intervision.meeting_places import place_as_kept, places_of
from app.intervision.models import BookingState, SessionCancellation
from app.intervision.policy import PLAN_SESSIONS
from app.intervision.queries import DatedSession, answer_until, holders_of, members_of, seated_in
from app.intervision.queries.planning import can_be_planned, poll_of, session_to_plan
from app.intervision.services.dating import NewDate, absent_at, redate_session
from app.intervision.services.lines import (
    about,
    bring_into,
    end_lines,
    held_for_us,
    move_up,
    pass_late_offers,
)
from app.intervision.services.moments import mind_holidays, moment_at
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict
from tenants.session import session


def move_session(actor: Actor, session_id: int, data: dict[str, Any]) -> None:
    """Give a session its date, or another day, time, place or link; everybody with a seat hears of it.

    Raises InHoliday, and Clash when somebody is elsewhere then: `without_absent` goes on without her, and she hears so.
    """
    actor.require(PLAN_SESSIONS)
    dated = changeable_session(actor, session_id)
    starts_at = moment_at(data["day"], data["time"])
    mind_holidays(dated.season.region, {"day": data["day"]}, data["accepted"])
    ends_at = starts_at + timedelta(minutes=data["minutes"])
    places = places_of(members_of([dated.group.id])[dated.group.id])
    place = place_as_kept(places, data["place"], data["place_text"])
    without = absent_at(dated, starts_at, ends_at) if data["without_absent"] else set[int]()
    # Who has no seat does not read the link, and so can't mean to take it away.
    if data["link"] or actor.person_id in seated_in([session_id])[session_id]:
        dated.session.link = data["link"]
    change_date(dated, NewDate(starts_at, ends_at, place), without=without)
    record(actor, "move session", "intervision_session", session_id)


def change_date(
    dated: DatedSession, new: NewDate, *, without: Collection[int] = (), with_seat: Collection[int] = ()
) -> None:
    """Give a session its date or another one, and tell who has a seat, and who has none any more.

    Seats that come free are offered to who waits.
    """
    has_date = dated.appointment is not None and not dated.is_cancelled
    expected = seated_in([dated.id])[dated.id] if has_date else members_of([dated.group.id])[dated.group.id]
    appointment = redate_session(dated, new, without=without, with_seat=with_seat)
    seated = seated_in([dated.id])[dated.id]
    for person_id in seated:
        told = {"session_id": dated.id, "person_id": person_id, "revision": appointment.revision}
        if has_date:
            enqueue("intervision.tell_moved", **told)
        else:
            enqueue("intervision.tell_planned", **told)
    for person_id in sorted(set(expected) - set(seated)):
        enqueue(
            "intervision.tell_left_out",
            session_id=dated.id,
            person_id=person_id,
            revision=appointment.revision,
        )
    dated = held_for_us(dated.id)
    pass_late_offers(dated)
    _offer_anew(dated)
    move_up(dated)


def call_off_session(actor: Actor, session_id: int) -> None:
    """A session does not take place: everybody gets her time back and hears of it. The database keeps that it is once."""
    actor.require(PLAN_SESSIONS)
    dated = changeable_session(actor, session_id)
    if dated.is_cancelled:
        raise Conflict(_("This session was called off already."))
    group_id = dated.group.id
    told = seated_in([session_id])[session_id] if dated.appointment else members_of([group_id])[group_id]
    told = [*told, *end_lines([session_id])[session_id]]
    session().add(SessionCancellation(session_id=session_id, by_id=actor.person_id))
    session().flush()
    revision = cancel_appointment(dated.appointment.id).revision if dated.appointment else 0
    poll = poll_of(session_id)
    if poll is not None and poll.poll.closed_at is None:
        poll.poll.closed_at = now()
    record(actor, "call off session", "intervision_session", session_id)
    for person_id in told:
        enqueue("intervision.tell_called_off", session_id=session_id, person_id=person_id, revision=revision)


def let_lead(actor: Actor, session_id: int, person_id: int) -> None:
    """Somebody of the group leads the session from now on: who takes it over herself, or whom it is handed to."""
    actor.require(PLAN_SESSIONS)
    held_for_us(session_id)
    dated = session_to_plan(actor, session_id)
    if dated.is_cancelled or dated.is_over:
        raise Conflict(_("This session is over or was called off."))
    if person_id not in who_can_lead(dated):
        raise Conflict(_("Choose somebody of the group who comes."))
    if dated.session.facilitator_id == person_id:
        return
    dated.session.facilitator_id = person_id
    record(actor, "let lead session", "intervision_session", session_id)
    at = int(now().timestamp())
    for told in seated_in([session_id])[session_id]:
        if told != actor.person_id:
            enqueue("intervision.tell_leader", session_id=session_id, person_id=told, at=at)


def who_can_lead(dated: DatedSession) -> list[int]:
    """Members of the group, and once there is a date those who come."""
    members = members_of([dated.group.id])[dated.group.id]
    if dated.appointment is None:
        return members
    seated = seated_in([dated.id])[dated.id]
    return [person_id for person_id in members if person_id in seated]


def changeable_session(actor: Actor, session_id: int) -> DatedSession:
    """A session that the actor plans and whose time has not come, held until we are done. Raises Conflict."""
    held_for_us(session_id)
    dated = session_to_plan(actor, session_id)
    if dated.appointment is not None:
        session().refresh(dated.appointment)
    if not can_be_planned(dated.group):
        raise Conflict(_("Make the groups known first. After that, dates can be planned."))
    if dated.has_begun and not dated.is_cancelled:
        raise Conflict(_("The time of this session has come: its date does not change any more."))
    return dated


def _offer_anew(dated: DatedSession) -> None:
    """Who is offered a seat hears of another date: she gets her time to answer again."""
    for booking in holders_of(dated.id):
        if booking.state == BookingState.OFFERED and dated.is_coming:
            bring_into(booking, BookingState.OFFERED, seat=booking.seat, until=answer_until(dated, now()))
            enqueue("intervision.tell_offer", **about(booking))

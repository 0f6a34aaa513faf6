"""An IB'er's own intervision: what waits for her answer, her sessions, her group, and where a seat is free."""

from collections.abc import Iterable

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.participants import schools_in
from app.intervision.models import BookingState
from app.intervision.policy import JOIN_IN
from app.intervision.queries import (
    DatedSession,
    group_of,
    known_season,
    latest_season,
    members_of,
    open_sessions,
    participation_of,
    season_to_answer,
    sessions_ahead,
    sessions_of_group,
)
from app.intervision.queries.goals import intention_goals_of
from app.intervision.queries.next_steps import intentions_waiting_for, polls_waiting_for
from app.intervision.schemas import SHOWN, OpenSessionsSchema
from app.intervision.views.blueprint import blueprint
from app.intervision.views.goal_rows import goal_row
from app.intervision.views.seat_part import Seat, seats_for
from app.kernel.actor import Actor
from app.organisation.models import Person
from app.organisation.queries import people_by_id, workplaces
from app.web.forms import read_query
from app.web.guard import acting, requires


@blueprint.get("/intervisie")
@requires(JOIN_IN)
def show_own() -> ResponseReturnValue:
    """What waits for me on top, then my next session, my other seats, my group, and open seats elsewhere."""
    actor, shown = acting(), read_query(OpenSessionsSchema())["aantal"]
    known = known_season()
    season = known or latest_season()
    to_answer = season_to_answer()
    group = group_of(actor.person_id, known.id) if known else None
    going_to, of_group = sessions_ahead(actor), sessions_of_group(group.id) if group else []
    elsewhere = open_sessions(actor, shown + 1)
    seats = _seats(actor, [*going_to, *of_group, *elsewhere[:shown]])
    ahead = [seats[one.id] for one in going_to]
    booked = [seat for seat in ahead if seat.state == BookingState.BOOKED]
    return render_template(
        "intervision/own.html",
        season=season,
        to_answer=to_answer,
        answer=participation_of(to_answer.id, actor.person_id) if to_answer else None,
        polls=polls_waiting_for(actor.person_id),
        intentions=intentions_waiting_for(actor.person_id),
        goals=[goal_row(one) for one in intention_goals_of(actor)],
        is_published=known is not None,
        group=group,
        members=_members(group.id) if group else [],
        of_group=[seats[one.id] for one in of_group],
        offers=[seat for seat in ahead if seat.state == BookingState.OFFERED],
        next_seat=booked[0] if booked else None,
        others=[
            seat
            for seat in ahead
            if seat.is_guest
            and seat.state in (BookingState.BOOKED, BookingState.WAITING)
            and seat not in booked[:1]
        ],
        elsewhere=[seats[one.id] for one in elsewhere[:shown]],
        more=min(shown + SHOWN[0], SHOWN[1]) if len(elsewhere) > shown else None,
    )


def _seats(actor: Actor, sessions: Iterable[DatedSession]) -> dict[int, Seat]:
    """How each of these sessions stands for the actor, also of those that are named twice."""
    each = {dated.id: dated for dated in sessions}
    return {seat.dated.id: seat for seat in seats_for(actor, each.values())}


def _members(group_id: int) -> list[tuple[Person, str]]:
    """Who is in the group, with their schools."""
    ids = members_of([group_id])[group_id]
    people, work = people_by_id(ids), workplaces(ids)
    return [(people[person_id], schools_in(work.get(person_id, []))) for person_id in ids]

"""A session: when and where it is, who comes, who leads, and what can be done."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from app.intervision.policy import RUN_SEASONS, SEE_SESSIONS
from app.intervision.queries import DatedSession, seated_in, session_with
from app.intervision.queries.planning import can_be_planned, is_member, plans_for, poll_of
from app.intervision.services.changes import who_can_lead
from app.intervision.views.blueprint import blueprint
from app.intervision.views.seat_part import seat_part
from app.intervision.views.session_page import session_page
from app.organisation.queries import people_by_id
from app.web.guard import acting, requires


@blueprint.get("/intervisie/bijeenkomsten/<int:session_id>")
@requires(SEE_SESSIONS)
def show_session(session_id: int) -> ResponseReturnValue:
    """When and where, and who comes."""
    dated = session_with(acting(), session_id)
    page = session_page(dated)
    return render_template(
        "intervision/session.html",
        **page,
        **seat_part(dated),
        **_overview(dated, is_inside=page["is_inside"]),
    )


def _overview(dated: DatedSession, *, is_inside: bool) -> dict[str, Any]:
    """Who comes is told by name to who comes too and to who plans; to others how many seats are free."""
    plans = plans_for(acting(), dated.group.id)
    sees_names = plans or is_inside or acting().may(RUN_SEASONS)
    seated = seated_in([dated.id])[dated.id]
    leader_id = dated.session.facilitator_id
    can_lead = who_can_lead(dated) if plans else []
    people = people_by_id({*seated, *can_lead, leader_id or 0})
    poll = poll_of(dated.id) if plans else None
    can_change = plans and can_be_planned(dated.group) and (not dated.has_begun or dated.is_cancelled)
    return {
        "plans": plans,
        "can_change": can_change,
        "sees_names": sees_names,
        "names": [people[one].name for one in seated if one in people],
        "free_seats": max(dated.session.seats - len(seated), 0),
        "leader": people.get(leader_id) if leader_id and sees_names else None,
        "leads": leader_id == acting().person_id,
        "others_who_lead": [
            (one, people[one].name)
            for one in can_lead
            if one in people and one not in {leader_id, acting().person_id}
        ],
        "can_take_over": acting().person_id in can_lead and leader_id != acting().person_id,
        "poll": poll if poll and poll.waits_for_choice else None,
        "must_answer": bool(
            poll
            and poll.is_open
            and poll.waits_for_choice
            and is_member(acting().person_id, dated.group.id)
            and acting().person_id not in poll.answers
        ),
    }

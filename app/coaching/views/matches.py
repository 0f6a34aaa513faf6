"""A published pair, for the two people in it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.models import COACH_SIDE, IB_SIDE, Match
from app.coaching.participants import schools_in
from app.coaching.policy import ANSWER_MATCHES, ASK_COACHING, SEE_REQUESTS
from app.coaching.queries import (
    answers_to,
    match_with,
    profile_of,
    question_readable_by,
    request_with,
    round_with,
    side_of,
    theme_label,
    themes_of,
    trajectory_of,
)
from app.coaching.views.blueprint import blueprint
from app.coaching.views.chips import chips_of, part_rows
from app.kernel.clock import today
from app.organisation.queries import people_by_id, workplaces
from app.web.guard import acting, requires


@blueprint.get("/koppelingen/<int:match_id>")
@requires(SEE_REQUESTS)
def show_match(match_id: int) -> ResponseReturnValue:
    """Who the two are, how they reach each other, why they fit, and what she asks."""
    match = match_with(acting(), match_id)
    both = {match.coachee_id, match.coach_id}
    people, matching_round = people_by_id(both), round_with(match.round_id)
    common = {
        "match": match,
        "round": matching_round,
        "coachee": people[match.coachee_id],
        "coach": people[match.coach_id],
        "trajectory": trajectory_of(match_id),
        "may_reread": match.coachee_id == acting().person_id and acting().may(ASK_COACHING),
    }
    if match.ended_at:
        return render_template("coaching/match_ended.html", **common)
    asked = request_with(acting(), match.request_id)
    work, profile = workplaces(both), profile_of(match.coach_id)
    return render_template(
        "coaching/match.html",
        **common,
        answers=_answers(match),
        is_over=matching_round.ends_on < today(),
        coachee_school=schools_in(work.get(match.coachee_id, [])),
        coach_school=schools_in(work.get(match.coach_id, [])),
        about=profile.about if profile else None,
        themes=[(theme_label(theme), weight) for theme, weight in themes_of(asked.id).items()],
        question=asked.question if question_readable_by(acting(), asked) else None,
        chips_shown=chips_of(match.detail),
        parts=part_rows(match.detail),
    )


def _answers(match: Match) -> dict[str, str | None] | None:
    """Of one of the two her own answer, and the other's: there is no no among them, since that ends the pair."""
    if acting().person_id not in {match.coachee_id, match.coach_id} or not acting().may(ANSWER_MATCHES):
        return None
    given = answers_to(match.id)
    mine = side_of(match, acting().person_id)
    theirs = COACH_SIDE if mine == IB_SIDE else IB_SIDE
    return {"mine": given.get(mine), "theirs": given.get(theirs)}

"""A published pair, for the two people in it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.coaching.participants import schools_in
from app.coaching.policy import ASK_COACHING, SEE_REQUESTS
from app.coaching.queries import (
    match_with,
    profile_of,
    question_readable_by,
    request_with,
    round_with,
    theme_label,
    themes_of,
)
from app.coaching.views.blueprint import blueprint
from app.coaching.views.chips import chips_of, part_rows
from app.organisation.queries import people_by_id, workplaces
from app.web.guard import acting, requires


@blueprint.get("/koppelingen/<int:match_id>")
@requires(SEE_REQUESTS)
def show_match(match_id: int) -> ResponseReturnValue:
    """Who the two are, how they reach each other, why they fit, and what she asks."""
    match = match_with(acting(), match_id)
    asked = request_with(acting(), match.request_id)
    both = {match.coachee_id, match.coach_id}
    people, work = people_by_id(both), workplaces(both)
    profile = profile_of(match.coach_id)
    return render_template(
        "coaching/match.html",
        match=match,
        round=round_with(match.round_id),
        coachee=people[match.coachee_id],
        coach=people[match.coach_id],
        coachee_school=schools_in(work.get(match.coachee_id, [])),
        coach_school=schools_in(work.get(match.coach_id, [])),
        about=profile.about if profile else None,
        themes=[(theme_label(theme), weight) for theme, weight in themes_of(asked.id).items()],
        question=asked.question if question_readable_by(acting(), asked) else None,
        chips_shown=chips_of(match.detail),
        parts=part_rows(match.detail),
        may_reread=match.coachee_id == acting().person_id and acting().may(ASK_COACHING),
    )

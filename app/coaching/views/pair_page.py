"""Why one IB'er has this coach proposed, and who else could be."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.models import CoachingRequest, Proposal
from app.coaching.participants import schools_in
from app.coaching.queries import pair_details, proposed_coach_of
from app.coaching.views.chips import chips_of, part_rows
from app.kernel.errors import NotFound
from app.organisation.queries import people_by_id, workplaces


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another coach for the same IB'er, with what it costs the rest."""

    coach_id: int
    coach: str
    score: int
    text: str
    cost: str


def pair_page(proposal: Proposal, request: CoachingRequest) -> dict[str, Any]:
    """The values of the template. Raises NotFound when the proposal has no coach for this request."""
    detail = pair_details(proposal.id, [request.id]).get(request.id)
    coach_id = proposed_coach_of(proposal.id, request.id)
    if detail is None or "parts" not in detail or coach_id is None:
        raise NotFound
    coach_ids = {facts["coach"] for facts in detail["alternatives"]}
    people, work = people_by_id(coach_ids | {request.person_id, coach_id}), workplaces(coach_ids)
    return {
        "asked": request,
        "person": people[request.person_id],
        "coach_id": coach_id,
        "coach": people[coach_id],
        "parts": part_rows(detail),
        "others": [
            _alternative(facts, people[facts["coach"]].name, schools_in(work.get(facts["coach"], [])))
            for facts in sorted(detail["alternatives"], key=lambda facts: -facts["score"])
        ],
    }


def _alternative(facts: dict[str, Any], name: str, school: str) -> Alternative:
    reasons = [text for text, _kind in chips_of(facts)]
    return Alternative(
        coach_id=facts["coach"],
        coach=name,
        score=facts["score"],
        text=" · ".join([school or _("from outside the schools"), *reasons]),
        cost=cost_in_words(facts["cost"]),
    )


def cost_in_words(cost: dict[str, int] | None) -> str:
    """What choosing another coach would cost the round as a whole."""
    if cost is None:
        return _("All her places are locked.")
    if cost["matched"]:
        return ngettext("Costs %(num)s IB'er her coach", "Costs %(num)s IB'ers their coach", cost["matched"])
    if cost["total"] > 0:
        return _("Costs the others %(points)s points together", points=-(-cost["total"] // 10))
    return _("Costs nobody anything")

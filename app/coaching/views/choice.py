"""The page on which the coordinator chooses among all coaches for one IB'er."""

from dataclasses import dataclass
from typing import Any

from app.coaching.labels import reason_sentences
from app.coaching.matching import Judgement, Reason
from app.coaching.models import CoachingRequest
from app.coaching.participants import schools_in
from app.coaching.queries import exclusions_of, pin_of, proposed_coach, publication_of, round_with
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import shown_pair
from app.coaching.views.chips import chips_of
from app.organisation.queries import people_by_id, workplaces
from app.web.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Choice:
    """A coach as one of all choices."""

    coach_id: int
    name: str
    school: str
    score: int
    chips: list[tuple[str, str]]
    obstacles: list[str]
    """Why it is not possible; empty when it is."""
    is_ruled_out: bool
    """Only because the coordinator ruled the pair out: she can allow it again."""


def choice_page(request: CoachingRequest, filters: dict[str, Any]) -> dict[str, Any]:
    """Every coach for a request, the possible ones first and by score."""
    matching_round = round_with(request.round_id)
    judged = facts_of(matching_round, only_request=request.id).judged()
    coach_ids = {int(coach.id) for coach in judged.coaches}
    people = people_by_id(coach_ids | {request.person_id})
    work = workplaces(coach_ids | {request.person_id})
    ruled_out = exclusions_of(request.id)
    chosen_from = judged.coaches if judged.coachees else ()
    choices = [
        _choice(judged, at, people[int(coach.id)].name, schools_in(work.get(int(coach.id), [])), ruled_out)
        for at, coach in enumerate(chosen_from)
        if int(coach.id) != request.person_id
    ]
    found = [
        choice for choice in choices if filters["q"].casefold() in f"{choice.name} {choice.school}".casefold()
    ]
    found.sort(key=lambda choice: (bool(choice.obstacles), len(choice.obstacles), -choice.score, choice.name))
    page: Page[Choice] = page_of(found, filters["after"])
    return {
        "round": matching_round,
        "asked": request,
        "person": people[request.person_id],
        "school": schools_in(work.get(request.person_id, [])),
        "filters": filters,
        "page": page,
        "possible": sum(1 for choice in choices if not choice.obstacles),
        "total": len(choices),
        "proposed_coach_id": proposed_coach(request),
        "pin": pin_of(request.id),
        "is_published": publication_of(request.round_id) is not None,
    }


def _choice(judged: Judgement, at: int, name: str, school: str, ruled_out: set[int]) -> Choice:
    pair, facts = judged.pair(0, at), shown_pair(judged, 0, at)
    coach_id = int(judged.coaches[at].id)
    return Choice(
        coach_id=coach_id,
        name=name,
        school=school,
        score=pair.parts.total,
        chips=chips_of(facts),
        obstacles=reason_sentences(pair.reasons),
        is_ruled_out=pair.reasons == Reason.EXCLUDED and coach_id in ruled_out,
    )

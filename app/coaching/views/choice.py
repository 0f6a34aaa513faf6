"""The page on which the coordinator chooses among all coaches for one IB'er."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from app.coaching.labels import reason_sentences
from app.coaching.matching import Judgement, Reason
from app.coaching.models import CoachingRequest
from app.coaching.participants import schools_in
from app.coaching.queries import exclusions_of, pin_of, proposed_coaches, publication_of, round_with
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import shown_pair
from app.coaching.views.chips import chips_of
from app.organisation.queries import PersonName, Workplace, names_by_id, workplaces
from app.web.paging import Page, page_of

CHOICES_ON_PAGE = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A coach as one of all choices."""

    coach_id: int
    name: str
    school: str
    places: int
    taken: int
    """Of her places, in the proposal as it is."""
    score: int
    chips: list[tuple[str, str]]
    obstacles: list[str]
    """Why it is not possible; empty when it is."""
    is_ruled_out: bool
    """Only because the coordinator ruled the pair out: she can allow it again."""


class _Coach(NamedTuple):
    """A coach in short: enough to search, sort and count; the rest is worked out for those who are shown."""

    at: int
    """Where the judgement has her."""
    id: int
    name: str
    reasons: int
    """The bits of `Reason`."""
    score: int

    @property
    def order(self) -> tuple[int, int, str]:
        """The possible ones first, then those with the fewest obstacles; the highest score first."""
        return self.reasons.bit_count(), -self.score, self.name


class _Now(NamedTuple):
    """The coaches whom the coordinator ruled out for this request, and how many IB'ers each is proposed for."""

    ruled_out: set[int]
    taken: Counter[int]


def choice_page(request: CoachingRequest, filters: dict[str, Any]) -> dict[str, Any]:
    """Every coach for a request, the possible ones first and by score."""
    matching_round = round_with(request.round_id)
    judged = facts_of(matching_round, only_request=request.id).judged()
    everybody = {int(coach.id) for coach in judged.coaches} | {request.person_id}
    people = names_by_id(everybody)
    coaches = _coaches(judged, people, but=request.person_id)
    found = sorted(_searched(coaches, filters["q"]), key=lambda coach: coach.order)
    page: Page[_Coach] = page_of(found, filters["after"], CHOICES_ON_PAGE)
    work = workplaces({request.person_id} | {coach.id for coach in page.items})
    proposed = proposed_coaches(request.round_id)
    now = _Now(exclusions_of(request.id), Counter(proposed.values()))
    return {
        "round": matching_round,
        "asked": request,
        "person": people[request.person_id],
        "school": schools_in(work.get(request.person_id, [])),
        "filters": filters,
        "page": replace(page, items=[_choice(judged, coach, work, now) for coach in page.items]),
        "possible": sum(not coach.reasons for coach in coaches),
        "total": len(coaches),
        "proposed_coach_id": proposed.get(request.id),
        "pin": pin_of(request.id),
        "is_published": publication_of(request.round_id) is not None,
    }


def _coaches(judged: Judgement, people: Mapping[int, PersonName], *, but: int) -> list[_Coach]:
    if not judged.coachees:
        return []
    ids = [int(coach.id) for coach in judged.coaches]
    pairs = zip(ids, judged.reasons[0].tolist(), judged.scores[0].tolist(), strict=True)
    return [
        _Coach(at, coach, people[coach].name, reasons, score)
        for at, (coach, reasons, score) in enumerate(pairs)
        if coach != but
    ]


def _searched(coaches: list[_Coach], words: str) -> list[_Coach]:
    """Those with these words in their name or school; schools are only read when there are words."""
    if not words:
        return coaches
    work = workplaces({coach.id for coach in coaches})
    return [
        coach
        for coach in coaches
        if words.casefold() in f"{coach.name} {schools_in(work.get(coach.id, []))}".casefold()
    ]


def _choice(judged: Judgement, coach: _Coach, work: Mapping[int, list[Workplace]], now: _Now) -> Choice:
    pair = judged.pair(0, coach.at)
    return Choice(
        coach_id=coach.id,
        name=coach.name,
        school=schools_in(work.get(coach.id, [])),
        places=judged.coaches[coach.at].capacity,
        taken=now.taken[coach.id],
        score=coach.score,
        chips=[] if coach.reasons else chips_of(shown_pair(judged, 0, coach.at)),
        obstacles=reason_sentences(pair),
        is_ruled_out=pair.reasons == Reason.EXCLUDED and coach.id in now.ruled_out,
    )

"""What the page of a proposal shows, in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.coaching.labels import blocked_coaches
from app.coaching.models import CoachProfile, MatchingRound, Proposal
from app.coaching.participants import schools_in
from app.coaching.queries import PairHead, pair_details, profiles, state_of
from app.coaching.services.publication import changed_since, not_calculated
from app.coaching.views.chips import chips_of
from app.coaching.views.fairness import fairness_of
from app.kernel.permissions import Role
from app.organisation.queries import PersonName, Workplace, names_by_id, workplaces
from app.web.paging import Page, page_of

PAIRS_ON_PAGE = 20
NAMES_SHOWN = 2
REASONS_SHOWN = 3
NEARLY = {
    "unknown": _l("No complete profile yet, and otherwise nothing in the way: %(coaches)s."),
    "excluded": _l("Ruled out, and otherwise nothing in the way: %(coaches)s."),
    "unavailable": _l("Not available now, and otherwise nothing in the way: %(coaches)s."),
    "concept": _l("Only the concept stands in the way with: %(coaches)s."),
    "kind": _l("Only the kind of education stands in the way with: %(coaches)s."),
    "recent": _l("Was her coach before, and otherwise nothing in the way: %(coaches)s."),
}
"""What to say of coaches whom one rule alone forbids, the easiest to mend first."""

BIG_STEP = 10
"""Minutes by which a travel limit is offered to grow: up to the next ten."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """An IB'er without a coach: why, and the way out."""

    id: int
    coachee: str
    school: str
    reason: str
    nearest: str
    longer_travel: tuple[str, str] | None
    """Label and link of the offer to travel further, where that alone would help."""
    locked_with: tuple[int, str] | None


@dataclass(frozen=True, slots=True)
class Pair:
    """An IB'er with the coach proposed."""

    id: int
    coachee: str
    school: str
    coach_id: int
    coach: str
    coach_text: str
    score: int
    reasons: list[tuple[str, str]]
    locked: bool
    chosen_instead: str | None
    """The coach whom the coordinator locked since, when that is another than the one proposed."""
    is_ruled_out: bool = field(default=False)


def proposal_page(
    matching_round: MatchingRound, proposal: Proposal, filters: dict[str, Any]
) -> dict[str, Any]:
    """The values of the template."""
    return _ProposalPage(matching_round, proposal).values(filters)


class _ProposalPage:
    """Reads once what every row needs: people only of the rows that are shown, or searched."""

    def __init__(self, matching_round: MatchingRound, proposal: Proposal) -> None:
        self._round = matching_round
        self._proposal = proposal
        self._state = state_of(proposal)
        self._heads, self._pins = self._state.heads, self._state.pinned
        self._load = Counter(head.coach_id for head in self._heads if head.coach_id is not None)
        self._people: dict[int, PersonName] = {}
        self._work: dict[int, list[Workplace]] = {}
        self._profiles: dict[int, CoachProfile] = {}

    def values(self, filters: dict[str, Any]) -> dict[str, Any]:
        """Unmatched on top, then the pairs that were asked for, a part at a time."""
        unmatched = sorted(
            (head for head in self._heads if head.coach_id is None),
            key=lambda head: head.sort_name,
        )
        if filters["q"]:
            self._meet_everybody()
        page: Page[PairHead] = page_of(self._chosen(filters), filters["after"], PAIRS_ON_PAGE)
        shown = [*unmatched, *page.items]
        details = pair_details(self._proposal.id, [head.request_id for head in shown])
        self._meet(shown, details.values())
        return {
            "proposal": self._proposal,
            "stats": self._stats(),
            "unmatched": [self._unmatched(head, details[head.request_id]) for head in unmatched],
            "pairs": [self._pair(head, details[head.request_id]) for head in page.items],
            "page": page,
            "filters": filters,
            "sufficient_from": self._proposal.sufficiency,
            "changed": changed_since(self._proposal),
            "pending": not_calculated(self._round, self._state),
            "fairness": fairness_of(self._proposal, self._heads),
        }

    def _meet_everybody(self) -> None:
        """The names and schools in which is searched."""
        coachees = {head.person_id for head in self._heads}
        self._people = names_by_id(coachees | self._load.keys())
        self._work = workplaces(coachees)

    def _meet(self, shown: list[PairHead], details: Iterable[dict[str, Any]]) -> None:
        """The people of the rows, the coaches who are named beside them, and where all of them work."""
        coachees = {head.person_id for head in shown}
        coaches = {head.coach_id for head in shown if head.coach_id is not None}
        coaches |= {one["coach"] for detail in details for one in _named_in(detail)}
        self._people |= names_by_id(coachees | coaches | set(self._pins.values()))
        self._profiles = profiles(coaches)
        self._work |= workplaces(coachees | coaches)

    def _chosen(self, filters: dict[str, Any]) -> list[PairHead]:
        words = filters["q"].casefold()
        kept = {
            "all": lambda _head: True,
            "locked": lambda head: head.request_id in self._pins,
            "free": lambda head: head.request_id not in self._pins,
            "low": lambda head: head.score < self._proposal.sufficiency,
        }[filters["status"]]
        found = [
            head
            for head in self._heads
            if head.coach_id is not None and kept(head) and (not words or words in self._text(head))
        ]
        order = {
            "low": lambda head: (head.score, head.sort_name),
            "high": lambda head: (-head.score, head.sort_name),
            "name": lambda head: head.sort_name,
        }[filters["sort"]]
        return sorted(found, key=order)

    def _text(self, head: PairHead) -> str:
        coach = self._people[head.coach_id].name if head.coach_id else ""
        return f"{self._people[head.person_id].name} {self._school(head.person_id)} {coach}".casefold()

    def _stats(self) -> list[dict[str, Any]]:
        scores = [head.score for head in self._heads if head.coach_id is not None]
        without = len(self._heads) - len(scores)
        low = sum(score < self._proposal.sufficiency for score in scores)
        return [
            {"value": len(self._heads), "label": _("IB'ers")},
            {"value": without, "label": _("without a coach"), "kind": "bad" if without else None},
            {
                "value": len(self._pins.keys() & {head.request_id for head in self._heads}),
                "label": _("locked"),
            },
            {"value": round(sum(scores) / len(scores) / 10) if scores else "–", "label": _("mean score")},
            {"value": round(min(scores) / 10) if scores else "–", "label": _("lowest score")},
            {"value": low, "label": _("below the line"), "kind": "warn" if low else None},
        ]

    def _pair(self, head: PairHead, detail: dict[str, Any]) -> Pair:
        coach_id = head.coach_id or 0
        pinned = self._pins.get(head.request_id)
        return Pair(
            id=head.request_id,
            coachee=self._people[head.person_id].name,
            school=self._school(head.person_id),
            coach_id=coach_id,
            coach=self._people[coach_id].name,
            coach_text=self._coach_text(coach_id),
            score=head.score,
            reasons=chips_of(detail),
            locked=pinned == coach_id,
            chosen_instead=self._people[pinned].name if pinned and pinned != coach_id else None,
            is_ruled_out=coach_id in self._state.ruled_out.get(head.request_id, set()),
        )

    def _unmatched(self, head: PairHead, detail: dict[str, Any]) -> Unmatched:
        pinned = self._pins.get(head.request_id)
        return Unmatched(
            id=head.request_id,
            coachee=self._people[head.person_id].name,
            school=self._school(head.person_id),
            reason=why(detail),
            nearest=self._nearest(detail),
            longer_travel=self._longer_travel(head, detail),
            locked_with=(pinned, self._people[pinned].name) if pinned else None,
        )

    def _nearest(self, detail: dict[str, Any]) -> str:
        """What comes nearest to a coach: somebody whom one rule alone forbids, or whose places are taken."""
        only = detail.get("only", {})
        if "travel" in only:
            nearest = only["travel"][0]
            coach = self._people[nearest["coach"]].name
            return _(
                "Nearest: %(coach)s, about %(minutes)s minutes.", coach=coach, minutes=nearest["minutes"]
            )
        for reason, sentence in NEARLY.items():
            if reason in only:
                return str(sentence) % {"coaches": self._names(only[reason])}
        if detail["alternatives"]:
            best = sorted(detail["alternatives"], key=lambda one: -one["score"])[:NAMES_SHOWN]
            return _("Would fit, but all places are taken: %(coaches)s.", coaches=self._names(best))
        return ""

    def _names(self, coaches: list[dict[str, Any]]) -> str:
        return ", ".join(self._people[one["coach"]].name for one in coaches)

    def _longer_travel(self, head: PairHead, detail: dict[str, Any]) -> tuple[str, str] | None:
        """Only where her own limit is what stands in the way: a coach's limit is the coach's to change."""
        for one in detail.get("only", {}).get("travel", []):
            minutes = -(-one["minutes"] // BIG_STEP) * BIG_STEP
            if head.travel_limit < one["minutes"] <= self._travels_to(one["coach"]):
                url = url_for(
                    "coaching.edit_request_for",
                    round_id=self._round.id,
                    person_id=head.person_id,
                    travel_limit=minutes,
                )
                return _("Travel up to %(minutes)s min", minutes=minutes), url
        return None

    def _travels_to(self, coach_id: int) -> int:
        profile = self._profiles.get(coach_id)
        return profile.travel_limit if profile else 0

    def _coach_text(self, coach_id: int) -> str:
        school = schools_in(self._work.get(coach_id, [])) or _("from outside the schools")
        profile = self._profiles.get(coach_id)
        capacity = profile.capacity if profile else 0
        taken = _("%(taken)s of %(places)s places", taken=self._load[coach_id], places=capacity)
        return f"{school} · {taken}"

    def _school(self, person_id: int) -> str:
        return schools_in(self._work.get(person_id, []), Role.IB)


def _named_in(detail: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The coaches who come near to somebody without a coach."""
    if "reason" in detail:
        yield from detail["alternatives"]
        yield from chain.from_iterable(detail.get("only", {}).values())


def why(detail: dict[str, Any]) -> str:
    """Why a calculation found no coach for somebody."""
    if detail["reason"] == "competition":
        ibs = ngettext("%(num)s IB'er competes", "%(num)s IB'ers compete", detail["competing"])
        places = ngettext("%(num)s place", "%(num)s places", detail["places"])
        coaches = ngettext("%(num)s coach", "%(num)s coaches", len(detail["coaches"]))
        return _("%(ibs)s for %(places)s with %(coaches)s.", ibs=ibs, places=places, coaches=coaches)
    if detail["reason"] == "two_way":
        return _("The only coach who is left is somebody whom she coaches herself.")
    others = {reason: count for reason, count in detail.get("blocked_by", {}).items() if reason != "self"}
    blocked = sorted(others.items(), key=lambda item: -item[1])[:REASONS_SHOWN]
    counts = "; ".join(blocked_coaches(reason, count) for reason, count in blocked)
    if not counts:
        return _("No coach is possible.")
    return _("No coach is possible. Of the coaches, %(counts)s.", counts=counts)

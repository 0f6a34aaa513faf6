"""Two proposals of a round side by side: the numbers, and each pair that changed with why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.figures import figures_of
from app.coaching.models import MatchingRound, Proposal
from app.coaching.queries import PairHead, coach_prices, pair_heads, profiles, proposals_in
from app.coaching.views.figure_rows import figure_rows
from app.kernel.audit import subjects_between
from app.organisation.queries import names_by_id
from app.web.language import moment


@dataclass(frozen=True, slots=True)
class ChangedPair:
    """An IB'er who has another coach in the later proposal, with why."""

    coachee: str
    before: str
    after: str
    why: str
    is_direct: bool
    """Whether something was done to this pair itself; otherwise it follows from others."""


class Decisions(NamedTuple):
    """What the coordinator had decided when a proposal was calculated: pairs of request and coach."""

    pinned: set[tuple[int, int]]
    ruled_out: set[tuple[int, int]]


def comparison_page(matching_round: MatchingRound, asked: dict[str, int]) -> dict[str, Any]:
    """The two proposals that were asked for, or the latest two; nothing to compare with fewer than two."""
    known = proposals_in(matching_round.id)
    by_id = {proposal.id: proposal for proposal in known}
    page: dict[str, Any] = {
        "choices": [(proposal.id, _name(proposal)) for proposal in known],
        "before": None,
        "after": None,
    }
    if len(known) < 2:
        return page
    chosen = {by_id.get(asked["a"], known[1]).id, by_id.get(asked["b"], known[0]).id}
    before, after = by_id[min(chosen)], by_id[max(chosen)]
    return page | {"before": before, "after": after, **_Comparison(before, after).values()}


def _name(proposal: Proposal) -> str:
    return f"{moment(proposal.calculated_at)} ({proposal.sufficiency // 10})"


def decisions_of(proposal: Proposal) -> Decisions:
    """The decisions that a proposal was calculated with."""
    kept = proposal.decisions
    return Decisions(_pairs(kept["pinned"]), _pairs(kept["ruled_out"]))


def _pairs(kept: Iterable[Iterable[str]]) -> set[tuple[int, int]]:
    return {(int(request), int(coach)) for request, coach in kept}


class _Comparison:
    """Reads once what the two proposals say and what was saved between them."""

    def __init__(self, before: Proposal, after: Proposal) -> None:
        self._before, self._after = before, after
        self._old = {head.request_id: head for head in pair_heads(before.id)}
        self._new = {head.request_id: head for head in pair_heads(after.id)}
        self._decided_before, self._decided_after = decisions_of(before), decisions_of(after)
        self._places_before = {price.coach_id: price.places for price in coach_prices(before.id)}
        self._places_after = {price.coach_id: price.places for price in coach_prices(after.id)}
        self._changed_requests = self._saved("save request")
        saved_profiles = self._saved("save profile")
        self._changed_coaches = {
            person_id for person_id, profile in profiles().items() if profile.id in saved_profiles
        }
        heads = [*self._old.values(), *self._new.values()]
        people = {head.person_id for head in heads} | {head.coach_id for head in heads if head.coach_id}
        self._names = {person: name.name for person, name in names_by_id(people).items()}

    def values(self) -> dict[str, Any]:
        """Figures, the pairs that changed, and what holds for all of them."""
        changed = [head for head in self._new.values() if self._old_coach(head) != head.coach_id]
        pairs = [self._changed(head) for head in sorted(changed, key=lambda head: head.sort_name)]
        return {
            "labels": (_name(self._before), _name(self._after)),
            "figures": figure_rows(self._figures(self._old), self._figures(self._new)),
            "direct": [pair for pair in pairs if pair.is_direct],
            "indirect": [pair for pair in pairs if not pair.is_direct],
            "unchanged": len(self._new) - len(changed),
            "causes": self._causes(),
        }

    def _saved(self, action: str) -> set[int]:
        return subjects_between(action, self._before.calculated_at, self._after.calculated_at)

    def _figures(self, heads: dict[int, PairHead]) -> Any:
        scores = [head.score for head in heads.values() if head.coach_id is not None]
        return figures_of(scores, asked=len(heads), line=self._after.sufficiency)

    def _old_coach(self, head: PairHead) -> int | None:
        old = self._old.get(head.request_id)
        return old.coach_id if old else None

    def _causes(self) -> list[str]:
        """What may have moved any pair."""
        causes: list[str] = []
        if self._before.sufficiency != self._after.sufficiency:
            causes.append(
                _(
                    "The line of fairness went from %(before)s to %(after)s.",
                    before=self._before.sufficiency // 10,
                    after=self._after.sufficiency // 10,
                )
            )
        if self._before.engine_version != self._after.engine_version:
            causes.append(_("The rules of the calculation itself were changed in between."))
        return causes

    def _changed(self, head: PairHead) -> ChangedPair:
        old = self._old_coach(head)
        direct = self._direct(head, old)
        return ChangedPair(
            coachee=self._names[head.person_id],
            before=self._coach(old) if head.request_id in self._old else _("no request yet"),
            after=self._coach(head.coach_id),
            why=" ".join(direct) or self._indirect(head, old),
            is_direct=bool(direct),
        )

    def _coach(self, coach_id: int | None) -> str:
        return self._names[coach_id] if coach_id else _("nobody")

    def _direct(self, head: PairHead, old: int | None) -> list[str]:
        """What was done to this pair itself."""
        request = head.request_id
        was, now = (request, old or 0), (request, head.coach_id or 0)
        before, after = self._decided_before, self._decided_after
        told = {
            _("You locked this pair."): now in after.pinned - before.pinned,
            _("You unlocked the earlier pair."): was in before.pinned - after.pinned,
            _("You ruled out the earlier pair."): was in after.ruled_out - before.ruled_out,
            _("You allowed this pair again."): now in before.ruled_out - after.ruled_out,
            _("The request is new."): request not in self._old,
            _("The request was changed."): request in self._old and request in self._changed_requests,
        }
        coaches = [coach for coach in (old, head.coach_id) if coach]
        return [
            *(sentence for sentence, holds in told.items() if holds),
            *(sentence for coach in coaches for sentence in self._of_coach(coach)),
        ]

    def _of_coach(self, coach: int) -> list[str]:
        before, after, name = (
            self._places_before.get(coach),
            self._places_after.get(coach),
            self._names[coach],
        )
        if before is not None and after is not None and before != after:
            places = ngettext("%(num)s place", "%(num)s places", after)
            return [
                _("%(name)s has %(places)s instead of %(before)s.", name=name, places=places, before=before)
            ]
        if before is None and after is not None:
            return [_("%(name)s has become a coach.", name=name)]
        if before is not None and after is None:
            return [_("%(name)s is no coach any more.", name=name)]
        return (
            [_("The profile of %(name)s was changed.", name=name)] if coach in self._changed_coaches else []
        )

    def _indirect(self, head: PairHead, old: int | None) -> str:
        """Nothing was done to this pair: it follows from another, which is named where that can be seen."""
        if old is not None:
            for other in self._new.values():
                if other.coach_id == old and self._old_coach(other) != old:
                    return _(
                        "The place with %(coach)s goes to %(other)s.",
                        coach=self._names[old],
                        other=self._names[other.person_id],
                    )
        if head.coach_id is not None:
            for other in self._old.values():
                gone = self._new.get(other.request_id)
                if other.coach_id == head.coach_id and (gone is None or gone.coach_id != head.coach_id):
                    return _(
                        "With %(coach)s the place of %(other)s came free.",
                        coach=self._names[head.coach_id],
                        other=self._names[other.person_id],
                    )
        return _("For the round as a whole this is better.")

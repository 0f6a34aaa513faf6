"""What the page of a change shows: exactly which pairs change, from whom to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.coaching.labels import listed
from app.coaching.models import Proposal
from app.coaching.participants import schools_in
from app.coaching.queries import PairHead, pair_details, pair_heads
from app.coaching.views.chips import chips_of
from app.coaching.views.proposal_page import why
from app.kernel.permissions import Role
from app.organisation.queries import PersonName, Workplace, names_by_id, workplaces

OBSTACLES = {
    "no_role": _l("%(coach)s is no coach any more."),
    "unavailable": _l("%(coach)s is not available now."),
    "no_place": _l("%(coach)s has no place any more."),
    "same_school": _l("%(coach)s works at the same school now."),
    "same_board": _l("%(coach)s has the same school board now."),
    "excluded": _l("This pair has been ruled out."),
}
"""Why a pair can't stay as it is, the plainest first; every other rule is told as not fitting any more."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An IB'er for whom something changes, or who still has no coach."""

    request_id: int
    coachee: str
    school: str
    before: str | None
    after: str | None
    after_school: str
    reason: str
    chips: list[tuple[str, str]]


def change_page(proposal: Proposal) -> dict[str, Any]:
    """The values of the template."""
    heads = sorted(pair_heads(proposal.id), key=lambda head: head.sort_name)
    had = {int(request): int(coach) for request, coach in proposal.decisions["previous"]}
    shown = [head for head in heads if head.coach_id is None or had.get(head.request_id) != head.coach_id]
    rows = _Rows(proposal, shown, had).all()
    changed = [row for row in rows if row.before]
    gaining = [row for row in rows if not row.before and row.after]
    return {
        "proposal": proposal,
        "title": _title(len(changed), len(gaining)),
        "changed": changed,
        "gaining": gaining,
        "without": [row for row in rows if not row.before and not row.after],
        "kept": len(heads) - len(shown),
    }


def _title(changed: int, gaining: int) -> str:
    parts: list[str] = []
    if changed:
        parts.append(ngettext("%(num)s pair changes", "%(num)s pairs change", changed))
    if gaining:
        parts.append(ngettext("%(num)s IB'er gets a coach", "%(num)s IB'ers get a coach", gaining))
    return listed(parts) or _("Nothing changes")


class _Rows:
    """Reads once what every row needs."""

    def __init__(self, proposal: Proposal, heads: list[PairHead], had: Mapping[int, int]) -> None:
        self._heads = heads
        self._had = had
        self._details = pair_details(proposal.id, [head.request_id for head in heads])
        coachees = {head.person_id for head in heads}
        coaches = {head.coach_id for head in heads if head.coach_id is not None}
        before = {had[head.request_id] for head in heads if head.request_id in had}
        self._people: dict[int, PersonName] = names_by_id(coachees | coaches | before)
        self._work: dict[int, list[Workplace]] = workplaces(coachees | coaches)

    def all(self) -> list[Changed]:
        """A row for each of the heads."""
        return [self._row(head, self._details[head.request_id]) for head in self._heads]

    def _row(self, head: PairHead, detail: dict[str, Any]) -> Changed:
        before = self._had.get(head.request_id)
        after = head.coach_id
        return Changed(
            request_id=head.request_id,
            coachee=self._people[head.person_id].name,
            school=schools_in(self._work.get(head.person_id, []), Role.IB),
            before=self._people[before].name if before else None,
            after=self._people[after].name if after else None,
            after_school=(schools_in(self._work.get(after, [])) or _("from outside the schools"))
            if after
            else "",
            reason=self._reason(before, detail),
            chips=chips_of(detail) if after else [],
        )

    def _reason(self, before: int | None, detail: dict[str, Any]) -> str:
        """Why the pair that she has can't stay, or why she has none."""
        sentences: list[str] = []
        if before:
            sentences.append(_obstacle(detail["before"]["obstacles"], self._people[before].name))
        if "reason" in detail:
            sentences.append(why(detail))
        return " ".join(sentences)


def _obstacle(obstacles: Iterable[str], coach: str) -> str:
    found = set(obstacles)
    for name, sentence in OBSTACLES.items():
        if name in found:
            return str(sentence) % {"coach": coach}
    if found:
        return _("%(coach)s does not fit any more.", coach=coach)
    return _("Makes room, so that more IB'ers have a coach.")

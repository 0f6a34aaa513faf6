"""What the page of a running round shows, in a fixed number of queries. Process only: nothing that anybody wrote."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.coaching.models import CoachProfile, MatchingRound, Publication
from app.coaching.participants import schools_in
from app.coaching.queries import (
    WAITING,
    PairState,
    RequestProgress,
    application_of,
    latest_change,
    profiles,
    progress_of,
    publication_of,
    round_with,
)
from app.coaching.views.proposal import calculation_under_way
from app.coaching.views.round_tabs import round_tabs
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from app.organisation.queries import PersonName, Workplace, holder_ids, names_by_id, workplaces
from app.web.paging import Page, page_of

STATES = {
    PairState.WITHOUT: (_l("No coach"), "bad"),
    PairState.WAITS_FOR_BOTH: (_l("Waits for both"), "plain"),
    PairState.WAITS_FOR_COACHEE: (_l("Waits for the IB'er"), "plain"),
    PairState.WAITS_FOR_COACH: (_l("Waits for the coach"), "plain"),
    PairState.TALKS: (_l("Meeting first"), "plain"),
    PairState.RUNS: (_l("Running"), "good"),
    PairState.STOPPED: (_l("Stopped early"), "plain"),
    PairState.COMPLETED: (_l("Completed"), "good"),
}
"""The words of each state, and how they are shown."""

GOES_ON = frozenset({*WAITING, PairState.TALKS, PairState.RUNS})
ENDED = frozenset({PairState.STOPPED, PairState.COMPLETED})


@dataclass(frozen=True, slots=True)
class Row:
    """A request as the page shows it."""

    id: int
    coachee: str
    school: str
    coach: str
    coach_school: str
    state: tuple[str, str]
    days: int | None
    """For how many days it has been quiet, where that says something."""
    attention: str
    """Why somebody should look at it; empty when all is well."""
    url: str | None


def published_round(round_id: int) -> tuple[MatchingRound, Publication]:
    """A round whose pairs are known. Raises NotFound for others."""
    matching_round, publication = round_with(round_id), publication_of(round_id)
    if publication is None:
        raise NotFound
    return matching_round, publication


def running_page(matching_round: MatchingRound, publication: Publication) -> dict[str, Any]:
    """The values that the pages of a running round share."""
    change = latest_change(matching_round.id)
    return {
        "round": matching_round,
        "publication": publication,
        "tabs": round_tabs(matching_round),
        "is_over": matching_round.ends_on < today(),
        "calculation": calculation_under_way(matching_round.id),
        "change": change if change and not application_of(change.id) else None,
    }


def progress_page(publication: Publication, filters: dict[str, Any]) -> dict[str, Any]:
    """The values of the page that shows how every pair is doing."""
    return _ProgressPage(publication).values(filters)


class _ProgressPage:
    """Reads everybody's name once, and schools only of the rows that are shown, or searched."""

    def __init__(self, publication: Publication) -> None:
        self._round_id = publication.round_id
        self._progress = progress_of(publication)
        self._coaches: set[int] = holder_ids(Role.COACH)
        self._profiles: Mapping[int, CoachProfile] = profiles(
            {one.match.coach_id for one in self._progress if one.match and one.state in GOES_ON}
        )
        everybody = {one.person_id for one in self._progress} | {
            one.match.coach_id for one in self._progress if one.match
        }
        self._people: dict[int, PersonName] = names_by_id(everybody)
        self._work: dict[int, list[Workplace]] = {}
        self._attention = {one.request_id: self._why_look(one) for one in self._progress}

    def values(self, filters: dict[str, Any]) -> dict[str, Any]:
        """Those who need a person first, then by name, a part at a time."""
        if filters["q"]:
            self._work = workplaces({one.person_id for one in self._progress})
        chosen = sorted((one for one in self._progress if self._is_chosen(one, filters)), key=self._order)
        page: Page[RequestProgress] = page_of(chosen, filters["after"])
        shown = {one.person_id for one in page.items} | {
            one.match.coach_id for one in page.items if one.match
        }
        self._work |= workplaces(shown)
        return {
            "stats": self._stats(),
            "filters": filters,
            "page": replace(page, items=[self._row(one) for one in page.items]),
            "is_empty": not self._progress,
        }

    def _why_look(self, one: RequestProgress) -> str:
        if one.state == PairState.WITHOUT:
            if one.had_pair:
                return _("The pair does not go on.")
            return _("Asked after the publication.") if one.was_late else _("No coach was found.")
        if one.state in GOES_ON and (away := self._why_away(one)):
            return away
        if one.is_silent:
            return ngettext("Silent for %(num)s day.", "Silent for %(num)s days.", one.silent_days)
        return ""

    def _why_away(self, one: RequestProgress) -> str:
        coach_id = one.match.coach_id if one.match else 0
        profile = self._profiles.get(coach_id)
        if coach_id not in self._coaches:
            return _("The coach is no coach any more.")
        if profile and profile.is_away_on(today()):
            return _("The coach is not available at the moment.")
        if profile and not profile.capacity and one.state != PairState.RUNS:
            return _("The coach offers no places any more.")
        return ""

    def _is_chosen(self, one: RequestProgress, filters: dict[str, Any]) -> bool:
        kept: dict[str, Callable[[RequestProgress], bool]] = {
            "all": lambda _one: True,
            "attention": lambda one: bool(self._attention[one.request_id]),
            "without": lambda one: one.state == PairState.WITHOUT,
            "waits": lambda one: one.state in WAITING,
            "talks": lambda one: one.state == PairState.TALKS,
            "runs": lambda one: one.state == PairState.RUNS,
            "stopped": lambda one: one.state in ENDED,
        }
        words = filters["q"].casefold()
        return kept[filters["state"]](one) and (not words or words in self._text(one))

    def _text(self, one: RequestProgress) -> str:
        coach = self._people[one.match.coach_id].name if one.match else ""
        return f"{self._people[one.person_id].name} {self._school(one.person_id)} {coach}".casefold()

    def _order(self, one: RequestProgress) -> tuple[bool, bool, int, str, int]:
        """Who needs a person first: without a coach, then what has been silent longest."""
        needs = bool(self._attention[one.request_id])
        silent = -one.silent_days if needs else 0
        name = self._people[one.person_id].sort_name
        return not needs, needs and one.state != PairState.WITHOUT, silent, name, one.request_id

    def _stats(self) -> list[dict[str, Any]]:
        count = Counter(one.state for one in self._progress)
        without, attention = count[PairState.WITHOUT], sum(map(bool, self._attention.values()))
        return [
            {"value": len(self._progress), "label": _("IB'ers")},
            self._stat(attention, _("need you"), "attention", "warn"),
            self._stat(without, _("without a coach"), "without", "bad"),
            {"value": sum(count[state] for state in WAITING), "label": _("wait for an answer")},
            {"value": count[PairState.TALKS], "label": _("meet first")},
            {"value": count[PairState.RUNS], "label": _("running")},
        ]

    def _stat(self, value: int, label: str, state: str, kind: str) -> dict[str, Any]:
        """A number with the list behind it."""
        url = url_for("coaching.show_progress", published_id=self._round_id, state=state)
        return {"value": value, "label": label, **({"kind": kind, "url": url} if value else {})}

    def _row(self, one: RequestProgress) -> Row:
        label, kind = STATES[one.state]
        coach_id = one.match.coach_id if one.match else 0
        outside = _("from outside the schools")
        return Row(
            id=one.request_id,
            coachee=self._people[one.person_id].name,
            school=self._school(one.person_id),
            coach=self._people[coach_id].name if one.match else "",
            coach_school=(schools_in(self._work.get(coach_id, [])) or outside) if one.match else "",
            state=(str(label), "warn" if kind == "plain" and self._attention[one.request_id] else kind),
            days=one.silent_days if one.since else None,
            attention=self._attention[one.request_id],
            url=self._url(one),
        )

    @staticmethod
    def _url(one: RequestProgress) -> str | None:
        if one.trajectory_id:
            return url_for("coaching.show_trajectory", trajectory_id=one.trajectory_id)
        return url_for("coaching.show_match", match_id=one.match.id) if one.match else None

    def _school(self, person_id: int) -> str:
        return schools_in(self._work.get(person_id, []), Role.IB)

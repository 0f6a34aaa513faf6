"""What the waiting list of a round shows: who has no coach now, who goes first, and why there is none."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.models import MatchingRound, Publication
from app.coaching.participants import schools_in
from app.coaching.queries import (
    PairState,
    RequestProgress,
    last_calculation,
    progress_of,
    rounds_waited,
    unmatched_details,
)
from app.coaching.views.proposal_page import why
from app.kernel.permissions import Role
from app.organisation.queries import names_by_id, workplaces
from app.web.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits for a coach."""

    number: int
    """Her place in the list, from 1."""
    request_id: int
    person_id: int
    coachee: str
    school: str
    waited: str
    """For how many rounds before this one she asked and got nobody; empty for none."""
    sent_at: datetime
    reason: str


def waiting_page(
    matching_round: MatchingRound, publication: Publication, filters: dict[str, Any]
) -> dict[str, Any]:
    """Everybody without a coach: those who waited longest first, then who asked first."""
    waited = rounds_waited(matching_round)
    everybody = sorted(
        (one for one in progress_of(publication) if one.state == PairState.WITHOUT),
        key=lambda one: (-waited.get(one.request_id, 0), one.sent_at, one.request_id),
    )
    people = names_by_id({one.person_id for one in everybody})
    work = workplaces({one.person_id for one in everybody})
    reasons = unmatched_details(last_calculation(matching_round.id))
    rows = [
        Waiting(
            number=number,
            request_id=one.request_id,
            person_id=one.person_id,
            coachee=people[one.person_id].name,
            school=schools_in(work.get(one.person_id, []), Role.IB),
            waited=_rounds(waited.get(one.request_id, 0)),
            sent_at=one.sent_at,
            reason=_reason(one, reasons.get(one.request_id)),
        )
        for number, one in enumerate(everybody, start=1)
    ]
    words = filters["q"].casefold()
    found = [row for row in rows if words in f"{row.coachee} {row.school}".casefold()]
    page: Page[Waiting] = page_of(found, filters["after"])
    return {"page": replace(page, items=list(page.items)), "filters": filters, "total": len(rows)}


def _rounds(count: int) -> str:
    return ngettext("%(num)s round before", "%(num)s rounds before", count) if count else ""


def _reason(one: RequestProgress, detail: dict[str, Any] | None) -> str:
    """What happened, and what the last calculation found."""
    sentences: list[str] = []
    if one.had_pair:
        sentences.append(_("The pair does not go on."))
    elif one.was_late:
        sentences.append(_("Asked after the publication."))
    if detail:
        sentences.append(why(detail))
    return " ".join(sentences)

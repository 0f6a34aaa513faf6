"""The proof sheet of a published pair, for the two in it: from what was kept when it was published, and nothing since.

So it can't tell that one of the two has ruled the other out afterwards, or that a coach has gone away for a while.
"""

from typing import Any

from flask_babel import gettext as _

from app.coaching.labels import listed
from app.coaching.matching import Reason, Verdict
from app.coaching.models import Match, MatchingRound
from app.coaching.queries import affiliations_of, rounds_looked_back_at
from app.coaching.views.proof_page import RULES, SWAPPED, proof_row
from app.organisation.queries import people_by_id, school_names_by_code
from app.web.language import long_date

SCHOOL = "school:"
IB_SIDE, COACH_SIDE = 1, 2


def published_proof(matching_round: MatchingRound, match: Match) -> dict[str, Any]:
    """Every rule as it was tested before publication: a pair that breaks one can't have been published."""
    people = people_by_id({match.coachee_id, match.coach_id})
    names = {"coachee": people[match.coachee_id].name, "coach": people[match.coach_id].name}
    evidence = _evidence(matching_round, match, names)
    rows = [proof_row(rule, Verdict.PASSED, *evidence[rule]) for rule in RULES]
    return {"rows": rows, "names": names, "request_id": match.request_id}


def _evidence(
    matching_round: MatchingRound, match: Match, names: dict[str, str]
) -> dict[Reason | str, tuple[str, str]]:
    looked_at = listed(rounds_looked_back_at(matching_round))
    start, end = long_date(matching_round.starts_on), long_date(matching_round.ends_on)
    told = _("The coach told this herself.")
    return {
        Reason.SELF: (_("%(coachee)s asks, %(coach)s coaches.", **names), ""),
        Reason.SAME_SCHOOL: (
            _schools(match, names),
            _("Work at a school outside this network is not visible to us."),
        ),
        Reason.SAME_BOARD: (
            _("The boards of both were compared, and those that the coach named."),
            _("Work outside this network is not visible to us."),
        ),
        SWAPPED: (_("In this round %(coachee)s does not coach %(coach)s.", **names), ""),
        Reason.RECENT: (
            _("Looked at: %(rounds)s.", rounds=looked_at)
            if looked_at
            else _("There is no earlier round to look at."),
            _("Coaching that was arranged outside the rounds is not visible to us."),
        ),
        Reason.EXCLUDED: (_("Tested before publication. What somebody would rather not stays hers."), ""),
        Reason.KIND: (_("The coach knows every kind of education that the school gives."), told),
        Reason.CONCEPT: (_("The coach knows the concept, or the school has none in particular."), told),
        Reason.PERIOD: (
            _("Both take part in the whole round: %(start)s to %(end)s.", start=start, end=end),
            "",
        ),
        Reason.TRAVEL: _travel(match),
        Reason.UNAVAILABLE: (_("Tested before publication."), ""),
        Reason.UNKNOWN: (_("Tested before publication."), ""),
    }


def _schools(match: Match, names: dict[str, str]) -> str:
    """Where both worked when they were matched."""
    codes: dict[int, list[str]] = {IB_SIDE: [], COACH_SIDE: []}
    for row in affiliations_of(match.id):
        if row.affiliation.startswith(SCHOOL):
            codes[row.side].append(row.affiliation.removeprefix(SCHOOL))
    labels = school_names_by_code([code for side in codes.values() for code in side])
    hers, theirs = ("; ".join(labels.get(code, code) for code in side) for side in codes.values())
    return _(
        "%(coachee)s: %(hers)s. %(coach)s: %(theirs)s.",
        **names,
        hers=hers or _("none"),
        theirs=theirs or _("no school in this network"),
    )


def _travel(match: Match) -> tuple[str, str]:
    minutes = match.detail.get("minutes")
    within = _("That is within what you both told, or you both want to meet online.")
    if minutes is None:
        return within, ""
    return (
        _("About %(minutes)s minutes.", minutes=minutes) + f" {within}",
        _(
            "Estimated: the straight line times 1.3 at 50 kilometres an hour, and 5 minutes. Not a route planner."
        ),
    )

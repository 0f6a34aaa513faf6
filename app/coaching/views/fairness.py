"""What stands beside the slider of fairness: what other lines would do, and what the last calculation changed."""

from typing import Any, NamedTuple

from flask_babel import gettext as _

from app.coaching.figures import USUAL_LINE, figures_of
from app.coaching.models import Proposal
from app.coaching.queries import PairHead, pair_heads, proposals_in
from app.coaching.views.figure_rows import signed


class Line(NamedTuple):
    """The round with one line of fairness."""

    line: int
    worst: str
    mean: str
    below: int
    is_current: bool


def fairness_of(proposal: Proposal, heads: list[PairHead]) -> dict[str, Any]:
    """The lines that were worked out beside the proposal, and the difference with the one before it."""
    return {
        "now": [
            Line(
                line=kept["line"] // 10,
                worst=_points(kept["worst"]),
                mean=_points(kept["mean"]),
                below=kept["below"],
                is_current=kept["line"] == proposal.sufficiency,
            )
            for kept in proposal.other_lines
        ],
        "counted_by": (proposal.sufficiency or USUAL_LINE) // 10,
        "since": _since(proposal, heads),
    }


def _since(proposal: Proposal, heads: list[PairHead]) -> str:
    """The difference with the calculation before this one; nothing when there was none."""
    earlier = next((one for one in proposals_in(proposal.round_id) if one.id < proposal.id), None)
    if earlier is None:
        return ""
    before, after = _figures(pair_heads(earlier.id), proposal), _figures(heads, proposal)
    if before.worst is None or after.worst is None or before.mean is None or after.mean is None:
        return ""
    return _(
        "Beside the calculation before this one (line at %(line)s): lowest score %(worst)s, mean score %(mean)s, "
        "below the line %(below)s.",
        line=earlier.sufficiency // 10,
        worst=signed(_rounded(after.worst) - _rounded(before.worst)),
        mean=signed(_rounded(after.mean) - _rounded(before.mean)),
        below=signed(after.below - before.below),
    )


def _figures(heads: list[PairHead], proposal: Proposal) -> Any:
    scores = [head.score for head in heads if head.coach_id is not None]
    return figures_of(scores, asked=len(heads), line=proposal.sufficiency)


def _rounded(score: int) -> int:
    return (score + 5) // 10


def _points(score: int | None) -> str:
    return "–" if score is None else str(_rounded(score))

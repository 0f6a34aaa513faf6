"""The parts of a round, as tabs above each of its pages."""

from typing import NamedTuple

from flask import request, url_for
from flask_babel import gettext as _

from app.coaching.models import MatchingRound


class Tab(NamedTuple):
    """A part of a round."""

    label: str
    url: str
    is_current: bool


def round_tabs(matching_round: MatchingRound) -> list[Tab]:
    """Proposal, requests, coaches, planning."""
    parts = (
        (_("Pairs"), "coaching.show_proposal"),
        (_("Requests"), "coaching.index_requests"),
        (_("Coaches"), "coaching.index_coaches"),
        (_("Planning"), "coaching.show_planning"),
    )
    return [
        Tab(label, url_for(endpoint, round_id=matching_round.id), endpoint == request.endpoint)
        for label, endpoint in parts
    ]

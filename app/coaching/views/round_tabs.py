"""The parts of a round, as tabs above each of its pages."""

from flask import request, url_for
from flask_babel import gettext as _

from app.coaching.models import MatchingRound
from app.coaching.queries import publication_of
from app.web.navigation import Tab


def round_tabs(matching_round: MatchingRound) -> list[Tab]:
    """Proposal, requests, coaches, where it gets stuck, planning; once published first how the pairs are doing."""
    round_id = matching_round.id
    parts = [
        (label, endpoint, url_for(endpoint, round_id=round_id))
        for label, endpoint in (
            (_("Pairs"), "coaching.show_proposal"),
            (_("Requests"), "coaching.index_requests"),
            (_("Coaches"), "coaching.index_coaches"),
            (_("Bottlenecks"), "coaching.show_bottlenecks"),
            (_("Planning"), "coaching.show_planning"),
        )
    ]
    if publication_of(round_id):
        progress = url_for("coaching.show_progress", published_id=round_id)
        waiting = url_for("coaching.index_waiting", published_id=round_id)
        parts = [
            (_("Progress"), "coaching.show_progress", progress),
            (_("Waiting list"), "coaching.index_waiting", waiting),
            *parts,
        ]
    return [Tab(label, url, endpoint == request.endpoint) for label, endpoint, url in parts]

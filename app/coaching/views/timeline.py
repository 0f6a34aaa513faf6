"""The phases of a round with their days, as every page of the round shows them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.coaching.labels import PHASES
from app.coaching.phases import Phase, RoundState
from app.coaching.queries import round_state
from app.kernel.clock import AMSTERDAM
from app.web.language import long_date
from app.web.timeline import Step

IN_ORDER = list(Phase)


def timeline_of(round_id: int) -> list[Step]:
    """Every phase of a round, in order."""
    state = round_state(round_id)
    reached = IN_ORDER.index(replace(state, archived_at=None).phase)
    return [
        Step(
            label=str(PHASES[phase]),
            when=_when(state, phase),
            is_past=at < reached or (at == reached and phase is not state.phase),
            is_current=phase is state.phase,
        )
        for at, phase in enumerate(IN_ORDER)
    ]


def _when(state: RoundState, phase: Phase) -> str:
    planned, publication = state.round, state.publication
    closing = planned.requests_until + timedelta(days=1) if planned.requests_until else None
    calculated_at = None if state.takes_requests else state.calculated_at
    published_on = _dutch_day(publication.at) if publication else planned.publish_on
    words, day = {
        Phase.OPEN: (_("until %(day)s"), None if state.closed_at else planned.requests_until),
        Phase.CLOSED: (_("on %(day)s"), state.closed_at) if state.closed_at else (_("from %(day)s"), closing),
        Phase.PROPOSAL: (_("on %(day)s"), calculated_at),
        Phase.PUBLISHED: (_("on %(day)s") if publication else _("planned: %(day)s"), published_on),
        Phase.RUNNING: (
            _("from %(day)s"),
            max(planned.starts_on, published_on) if published_on else planned.starts_on,
        ),
        Phase.ARCHIVED: (
            (_("on %(day)s"), state.archived_at)
            if state.archived_at
            else (_("after %(day)s"), planned.ends_on)
        ),
    }[phase]
    return words % {"day": long_date(_dutch_day(day))} if day else ""


def _dutch_day(day: date) -> date:
    return day.astimezone(AMSTERDAM).date() if isinstance(day, datetime) else day

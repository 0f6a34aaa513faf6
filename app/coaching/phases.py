"""How far a round is: told by its dates and by what was done by hand, in this one place."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.coaching.models import MatchingRound, Publication
from app.kernel.clock import today


class Phase(StrEnum):
    """The phases of a round, in their order."""

    OPEN = "open"
    """Coaching can be asked."""
    CLOSED = "closed"
    """Requests are in; only the coordinator still enters or changes one."""
    PROPOSAL = "proposal"
    """Closed, and a proposal has been calculated."""
    PUBLISHED = "published"
    """The pairs are known."""
    RUNNING = "running"
    """The pairs are known, and the first day is there."""
    ARCHIVED = "archived"
    """Put away."""


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with what was done to it by hand."""

    round: MatchingRound
    closed_at: datetime | None = None
    calculated_at: datetime | None = None
    publication: Publication | None = None
    archived_at: datetime | None = None

    def phase_on(self, day: date) -> Phase:
        """The phase on a day. A round without dates is open until it is published."""
        if self.archived_at:
            return Phase.ARCHIVED
        if self.publication:
            return Phase.RUNNING if day >= self.round.starts_on else Phase.PUBLISHED
        last_day = self.round.requests_until
        if self.closed_at or (last_day is not None and day > last_day):
            return Phase.PROPOSAL if self.calculated_at else Phase.CLOSED
        return Phase.OPEN

    @property
    def phase(self) -> Phase:
        """The phase today."""
        return self.phase_on(today())

    @property
    def takes_requests(self) -> bool:
        """Whether IB'ers can ask for coaching themselves."""
        return self.phase is Phase.OPEN

    @property
    def waits_for_pairs(self) -> bool:
        """Whether the pairs still have to be made and published."""
        return self.phase in {Phase.OPEN, Phase.CLOSED, Phase.PROPOSAL}

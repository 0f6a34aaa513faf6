"""What a row means for one role at one place: a new role, another period, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.organisation.importing.facts import KnownRole
from app.organisation.importing.judgement import Fault


class Period(NamedTuple):
    """From a first day until and with a last one; None while it goes on."""

    since: date
    until: date | None

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return self.since <= (other.until or date.max) and other.since <= (self.until or date.max)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The period that a role gets; `known` is None when it is given anew."""

    known: KnownRole | None
    period: Period

    @property
    def ends_role(self) -> bool:
        """Whether a role that went on, or went on for longer, gets this last day."""
        last, before = self.period.until, self.known.until if self.known else None
        return self.known is not None and last is not None and (before is None or last < before)

    @property
    def changes_role(self) -> bool:
        """Whether the period of a role becomes another."""
        return self.known is not None and self.period != (self.known.since, self.known.until)


def outcome_of(
    since: date | None, until: date | None, held: Sequence[KnownRole], today: date
) -> Outcome | Fault | None:
    """What a row with these days means beside the same role as it is `held`; None when the role is over already.

    A day that the file does not tell stays as it is. A new role without first day begins today. Whoever has left is
    not taken in: of people who are gone, nothing needs to be known.
    """
    known = _meant(since, until, held, today)
    if isinstance(known, Fault):
        return known
    if known is None:
        is_over = until is not None and until < today
        return None if is_over else Outcome(None, Period(since or today, until))
    period = Period(since or known.since, until or known.until)
    if period.until and period.until < period.since:
        return Fault("until", "ends_before_it_begins", {"since": period.since.isoformat()})
    if any(period.overlaps(_period(role)) for role in held if role is not known):
        return Fault("since", "several_periods")
    return Outcome(known, period)


def _meant(
    since: date | None, until: date | None, held: Sequence[KnownRole], today: date
) -> KnownRole | Fault | None:
    """Which of the periods in which the role was held the row is about."""
    if since is None:
        return _nearest(until, held, today)
    asked = Period(since, until)
    exact = [role for role in held if role.since == since]
    touched = exact or [role for role in held if asked.overlaps(_period(role))]
    if len(touched) > 1:
        return Fault("since", "several_periods")
    return touched[0] if touched else None


def _nearest(until: date | None, held: Sequence[KnownRole], today: date) -> KnownRole | None:
    """Without a first day: the role of now; what was over long before the last day is another one."""
    from_day = min(until, today) if until else today
    lasting = [role for role in held if role.until is None or role.until >= from_day]
    begun = [role for role in lasting if until is None or role.since <= until]
    return min(begun, key=lambda role: role.since, default=None)


def _period(role: KnownRole) -> Period:
    return Period(role.since, role.until)

"""What the answers to a poll come to: how many can at each moment, and which one is best. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.intervision.models import PollOption, PollWord

SMALLEST_QUORUM = 2
Answers = Mapping[int, Mapping[int, PollWord]]
"""What each person said of each moment: by the person's id, then the moment's."""


def usual_quorum(people: int) -> int:
    """More than half of a group, and two at least."""
    return max(SMALLEST_QUORUM, people // 2 + 1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a moment of a poll stands."""

    option: PollOption
    yes: frozenset[int]
    if_needed: frozenset[int]
    no: frozenset[int]

    @property
    def number(self) -> int:
        """How many can."""
        return len(self.yes) + len(self.if_needed)


def standings(options: Sequence[PollOption], answers: Answers, members: Collection[int]) -> list[Standing]:
    """Every moment, the best first: at which most can, then at which it suits most, then the first.

    Only who is in the group now counts.
    """

    def who(option_id: int, word: PollWord) -> frozenset[int]:
        return frozenset(one for one in members if answers.get(one, {}).get(option_id) == word)

    found = [Standing(option, *(who(option.id, word) for word in PollWord)) for option in options]
    return sorted(found, key=lambda one: (-one.number, -len(one.yes), one.option.starts_at))


def best_of(found: Sequence[Standing], quorum: int, after: datetime) -> Standing | None:
    """The moment to propose: the best one that is still to come and reaches the quorum."""
    return next((one for one in found if one.number >= quorum and one.option.starts_at > after), None)


def silent_in(answers: Answers, members: Collection[int]) -> list[int]:
    """Who has not answered, in the order of the group."""
    return [one for one in members if one not in answers]

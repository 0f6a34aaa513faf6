"""Who takes part in a round: IB'ers with and without a request, coaches with and without a profile."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.coaching.models import CoachingRequest, CoachProfile, MatchingRound
from app.coaching.queries import matches_in, profiles
from app.kernel.permissions import Role
from app.organisation.models import Person
from app.organisation.queries import Workplace, holder_ids, holders, workplaces
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part, or could."""

    person: Person
    school: str
    """Her schools, or empty for a coach from outside."""
    has_answered: bool
    places: int | None = None
    """Of a coach with a profile: how many IB'ers she takes; once published, as it was then."""
    matched: int = 0

    def fits(self, words: str) -> bool:
        """Whether the words stand in her name or school."""
        return words.casefold() in f"{self.person.name} {self.school}".casefold()


def asking(matching_round: MatchingRound) -> list[Participant]:
    """Every IB'er, by name, with whether she asked in this round."""
    people = holders(Role.IB)
    work = workplaces({person.id for person in people})
    asked = _asked_in(matching_round)
    return [
        Participant(person, schools_in(work.get(person.id, []), Role.IB), person.id in asked)
        for person in people
    ]


def offering(matching_round: MatchingRound) -> list[Participant]:
    """Every coach, by name, with her profile if she has one."""
    people = holders(Role.COACH)
    work = workplaces({person.id for person in people})
    places = {profile.person_id: profile.capacity for profile in profiles().values()}
    matches = matches_in(matching_round.id)
    as_published = {match.coach_id: match.capacity for match in matches}
    matched = Counter(match.coach_id for match in matches)
    return [
        Participant(
            person,
            schools_in(work.get(person.id, [])),
            person.id in places,
            places=as_published.get(person.id, places.get(person.id)),
            matched=matched[person.id],
        )
        for person in people
    ]


@dataclass(frozen=True, slots=True)
class Silent:
    """Who has not been heard of: IB'ers without a request, coaches without a profile. Somebody can be both."""

    ibs: set[int]
    coaches: set[int]

    @property
    def everybody(self) -> set[int]:
        """Each of them once."""
        return self.ibs | self.coaches


def silent_in(matching_round: MatchingRound) -> Silent:
    """Who has not been heard of in a round."""
    asked, with_profile = _asked_in(matching_round), _with_profile()
    return Silent(holder_ids(Role.IB) - asked, holder_ids(Role.COACH) - with_profile)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many take part in a round, and how many have not answered."""

    asked: int
    not_asked: int
    coaches: int
    without_profile: int


def turnout(matching_round: MatchingRound) -> Turnout:
    """The numbers of a round, without the names."""
    asked, with_profile = _asked_in(matching_round), _with_profile()
    ibs, coaches = holder_ids(Role.IB), holder_ids(Role.COACH)
    return Turnout(len(asked), len(ibs - asked), len(coaches), len(coaches - with_profile))


def _asked_in(matching_round: MatchingRound) -> set[int]:
    asked = select(CoachingRequest.person_id).where(CoachingRequest.round_id == matching_round.id)
    return set(session().scalars(asked))


def _with_profile() -> set[int]:
    return set(session().scalars(select(CoachProfile.person_id)))


def schools_in(work: list[Workplace], role: Role | None = None) -> str:
    """The schools where somebody works, in a role or in any."""
    names = {
        f"{place.school_name}, {place.city}"
        for place in work
        if place.school_name and (role is None or place.role == role)
    }
    return "; ".join(sorted(names))


def narrowed(everyone: list[Participant], filters: dict[str, Any]) -> list[Participant]:
    """Those whom a search shows."""
    return [
        one
        for one in everyone
        if one.fits(filters["q"]) and (filters["show"] == "all" or not one.has_answered)
    ]

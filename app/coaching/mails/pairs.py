"""Who a mail about a match or a trajectory is to, and whom it names."""

from typing import NamedTuple

from app.coaching.models import IB_SIDE
from app.coaching.queries import match_by_id, trajectory_by_id
from app.organisation.models import Person
from app.organisation.queries import people_by_id


class Pair(NamedTuple):
    """The two of a match, and the address of its page."""

    coachee: Person
    coach: Person
    page: str

    def seen_from(self, side: int) -> tuple[Person, Person]:
        """Who stands on a side, and who on the other."""
        return (self.coachee, self.coach) if side == IB_SIDE else (self.coach, self.coachee)


def pair_of(network_url: str, match_id: int) -> Pair:
    """The pair of a match."""
    match = match_by_id(match_id)
    people = people_by_id({match.coachee_id, match.coach_id})
    return Pair(people[match.coachee_id], people[match.coach_id], f"{network_url}/koppelingen/{match_id}")


def two_of(trajectory_id: int, person_id: int) -> tuple[Person, Person]:
    """Somebody in a trajectory, and the other."""
    other_id = trajectory_by_id(trajectory_id).other_than(person_id)
    people = people_by_id({person_id, other_id})
    return people[person_id], people[other_id]

"""What stands on one's own pages: what is ticked for each item, what grew old, and how others see it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select

from app.expertise.models import ExpertiseRecord, Reachability, RecordKind, RecordProposal
from app.expertise.queries.records import opened_to, stale_since
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.queries import workplaces
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Ticks:
    """What somebody says of an item, apart from courses; level 0 is none."""

    level: int = 0
    interest: bool = False
    ambition: bool = False

    @property
    def code(self) -> str:
        """The three as three digits: how a form remembers what it showed."""
        return f"{self.level}{self.interest:d}{self.ambition:d}"


class Workschool(NamedTuple):
    """A school where somebody works today."""

    id: int
    name: str


def ticks_in(records: Sequence[ExpertiseRecord]) -> dict[int, Ticks]:
    """What these records of one person say, by item."""
    kinds: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for one in records:
        kinds[one.item_id][one.kind] = one.level or 0
    return {
        item_id: Ticks(
            said.get(RecordKind.EXPERTISE, 0), RecordKind.INTEREST in said, RecordKind.AMBITION in said
        )
        for item_id, said in kinds.items()
    }


def grown_old(records: Sequence[ExpertiseRecord]) -> list[ExpertiseRecord]:
    """Those that were not confirmed for a long time, the oldest first."""
    line = stale_since()
    return sorted(
        (one for one in records if one.confirmed_on < line), key=lambda one: (one.confirmed_on, one.id)
    )


def seen_by(viewer: Actor, owner: Actor) -> Sequence[ExpertiseRecord]:
    """The records of somebody as another sees them."""
    hers = ExpertiseRecord.person_id == owner.person_id
    return (
        session()
        .scalars(select(ExpertiseRecord).where(hers, opened_to(viewer)).order_by(ExpertiseRecord.id))
        .all()
    )


def somebody_at(school_id: int | None, role: Role) -> Actor:
    """Nobody in particular with a role at a school, or at schools that do not count here."""
    schools = frozenset({school_id}) if school_id is not None else frozenset[int]()
    return Actor(0, "", frozenset({role}), schools)


def workschools(actor: Actor) -> list[Workschool]:
    """Where the actor works today, by name; each school once."""
    places = workplaces([actor.person_id]).get(actor.person_id, [])
    found = {
        place.school_id: Workschool(place.school_id, place.school_name or "")
        for place in places
        if place.role in AT_SCHOOL and place.school_id is not None
    }
    return list(found.values())


def reachability_of(person_id: int) -> Reachability | None:
    """When and how somebody can be asked; None when she never said so."""
    return session().scalar(select(Reachability).where(Reachability.person_id == person_id))


def own_proposal(actor: Actor, proposal_id: int) -> RecordProposal:
    """What was proposed to the actor, also when she declined it. Raises NotFound."""
    found = session().scalar(
        select(RecordProposal).where(
            RecordProposal.id == proposal_id, RecordProposal.person_id == actor.person_id
        )
    )
    if found is None:
        raise NotFound
    return found

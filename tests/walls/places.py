"""A network in which resources are made, and the registry that tells how: the modules beside this one fill it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.kernel.permissions import Role
from tenants.context import Network
from tenants.session import session
from tests.world import Cast, Member, add_person, add_role

NOWHERE = 987_654_321
"""An id that no row has."""


@dataclass
class Place:
    """A network in which resources are made, each once; `member` belongs to it."""

    network: Network
    member: Member
    cast: Cast
    made: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """A resource by its name in the registry, made when it is asked for first."""
        if name not in self.made:
            self.made[name] = RESOURCES[name].make(self)
        return self.made[name]

    def somebody(self, key: str, role: Role, school: str | None = None) -> int:
        """A person with a role: of the cast in our network, made in the other."""
        if self.network.id == self.cast.network.id:
            return self.cast[key].person_id
        person_id = add_person("Iemand", key).id
        add_role(person_id, role, self.get(school) if school else None)
        return person_id


@dataclass(frozen=True)
class Resource:
    """A parameter of a URL: how to make what it names, and a value that names nothing."""

    make: Callable[[Place], Any]
    missing: Any = NOWHERE
    is_owned: bool = True
    """Whether it belongs to a network or to somebody; otherwise its value is the same for all."""


RESOURCES: dict[str, Resource] = {}
"""By `room.parameter` where a name means something else in another room, otherwise by `parameter`."""


def kept(row: Any) -> int:
    """Add a row; gives its id."""
    session().add(row)
    session().flush()
    return row.id

"""Who acts. Every service and query takes the actor as its first argument."""

from dataclasses import dataclass, field

from app.kernel.errors import Forbidden
from app.kernel.permissions import Permission, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in the network that was entered, with today's roles; or the system itself."""

    person_id: int
    name: str
    roles: frozenset[Role]
    schools: frozenset[int] = field(default_factory=frozenset[int])
    """Schools at which one of the roles is held."""

    def may(self, permission: Permission) -> bool:
        """Whether one of the actor's roles has the permission."""
        return not self.roles.isdisjoint(permission.roles)

    def require(self, permission: Permission) -> None:
        """Raise Forbidden unless `may`."""
        if not self.may(permission):
            raise Forbidden(permission.name)

    def has(self, role: Role) -> bool:
        """Whether the actor holds the role anywhere in the network."""
        return role in self.roles


SYSTEM = Actor(person_id=0, name="system", roles=frozenset(Role))
"""The worker and the command line."""

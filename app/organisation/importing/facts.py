"""What a network knows already: the side against which the rows of a file are judged."""

from dataclasses import dataclass, field
from datetime import date

from app.kernel.permissions import Role
from app.organisation.importing.names import spoken_name


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """A school of the network; `code` is BRIN and location number."""

    id: int
    code: str
    name: str
    city: str


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that somebody holds, held or will hold; `until` is its last day, None while it goes on."""

    id: int
    role: Role
    school_id: int | None
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the network with all her roles."""

    id: int
    first_name: str
    infix: str | None
    last_name: str
    email: str | None
    roles: tuple[KnownRole, ...] = ()

    @property
    def name(self) -> str:
        """The name as it is spoken."""
        return spoken_name(self.first_name, self.infix, self.last_name)


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """The network on a day."""

    today: date
    schools: tuple[KnownSchool, ...] = ()
    people: tuple[KnownPerson, ...] = field(default=())

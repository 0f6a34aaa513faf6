"""Whom a visitor of the demo can be: one click for each role of each network."""

from dataclasses import dataclass
from functools import cache

from app.demo.plan import SHARED_COACH, PlannedPerson, address_of, demo_codes, plan_of
from app.kernel.permissions import Role
from app.organisation.register import RegisteredNetwork, network, schools_of


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody whom a visitor can be."""

    role: Role
    name: str
    school: str | None
    address: str


@dataclass(frozen=True, slots=True)
class NetworkDoors:
    """The people of one network whom a visitor can be."""

    network: RegisteredNetwork
    doors: tuple[Door, ...]


@cache
def doors() -> tuple[NetworkDoors, ...]:
    """The doors of each network, the smallest network first."""
    return tuple(NetworkDoors(network(code), tuple(_doors(code))) for code in demo_codes())


@cache
def addresses() -> frozenset[str]:
    """Everybody for whom no password is asked."""
    return frozenset(door.address for of_network in doors() for door in of_network.doors) | {
        SHARED_COACH.email
    }


def _doors(code: str) -> list[Door]:
    people = {person.who.email: person for person in plan_of(code).people}
    return [_door(role, people[address_of(code, role)], code) for role in Role]


def _door(role: Role, person: PlannedPerson, code: str) -> Door:
    school = next((s.name for s in schools_of(code) if s.code in person.schools), None)
    return Door(role, person.who.name, school, person.who.email)

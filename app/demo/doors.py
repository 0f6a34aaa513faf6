"""Whom a visitor of the demo can be: one click for each role of each network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.demo.names import OPERATOR_ADDRESS
from app.demo.plan import SHARED_COACH, PlannedPerson, address_of, plan_of
from app.kernel.permissions import Role
from app.organisation.register import RegisteredNetwork, network, networks, schools_of


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
def doors_of(code: str) -> NetworkDoors:
    """The doors of a network: a role each. The nation has the same as the demo of three."""
    people = {person.who.email: person for person in plan_of(code).people}
    return NetworkDoors(
        network(code), tuple(_door(role, people[address_of(code, role)], code) for role in Role)
    )


@cache
def addresses() -> frozenset[str]:
    """Everybody for whom no password is asked, as far as the demo has her network."""
    return frozenset(address_of(network.code, role) for network in networks() for role in Role) | {
        SHARED_COACH.email,
        OPERATOR_ADDRESS,
    }


def networks_like(codes: Sequence[str], words: str) -> list[RegisteredNetwork]:
    """The networks of the demo, by code, in which each word is found: in code, name, province or a municipality."""
    return [
        network
        for network in networks()
        if network.code in codes and _mentions(network, words.lower().split())
    ]


def _mentions(network: RegisteredNetwork, words: Sequence[str]) -> bool:
    told = " ".join((network.code, network.name, network.province, *network.municipalities)).lower()
    return all(word in told for word in words)


def _door(role: Role, person: PlannedPerson, code: str) -> Door:
    school = next((s.name for s in schools_of(code) if s.code in person.schools), None)
    return Door(role, person.who.name, school, person.who.email)

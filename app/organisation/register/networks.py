"""The 76 networks of the country, and which schools each has."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from app.organisation.register.schools import RegisteredSchool, schools

_FILE = Path(__file__).with_name("networks.csv")
_Entry = TypeVar("_Entry")


class UnknownNetwork(KeyError):
    """The register has no network with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"No network {self.code!r} in the register."


@dataclass(frozen=True, slots=True)
class RegisteredNetwork:
    """A samenwerkingsverband for primary education as the national register has it."""

    code: str
    """Such as PO2601."""
    name: str
    """Its own name where it is known, otherwise its code with the municipality that has most pupils."""
    province: str
    """Where most of its pupils are."""
    centre: tuple[float, float]
    """Latitude and longitude of the middle of its schools."""
    school_count: int
    board_count: int
    pupils: int
    municipalities: tuple[str, ...]
    """Those with a school of the network, most pupils first."""


@cache
def networks() -> tuple[RegisteredNetwork, ...]:
    """Every network of the country, by code."""
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_network(row) for row in csv.DictReader(lines))


def network(code: str) -> RegisteredNetwork:
    """The network with this code. Raises UnknownNetwork."""
    return _found(_networks_by_code(), code)


def schools_of(code: str) -> tuple[RegisteredSchool, ...]:
    """The schools of a network, by code. Raises UnknownNetwork."""
    return _found(_schools_by_network(), code)


def boards(code: str | None = None) -> tuple[str, ...]:
    """The numbers of the boards of a network, or of the country, in order. Raises UnknownNetwork."""
    members = schools() if code is None else schools_of(code)
    return tuple(sorted({school.board_number for school in members}))


def _found(by_code: dict[str, _Entry], code: str) -> _Entry:
    try:
        return by_code[code]
    except KeyError:
        raise UnknownNetwork(code) from None


@cache
def _networks_by_code() -> dict[str, RegisteredNetwork]:
    return {network.code: network for network in networks()}


@cache
def _schools_by_network() -> dict[str, tuple[RegisteredSchool, ...]]:
    members: defaultdict[str, list[RegisteredSchool]] = defaultdict(list)
    for school in schools():
        members[school.network_code].append(school)
    return {code: tuple(found) for code, found in members.items()}


def _network(row: dict[str, str]) -> RegisteredNetwork:
    return RegisteredNetwork(
        code=row["code"],
        name=row["name"],
        province=row["province"],
        centre=(float(row["latitude"]), float(row["longitude"])),
        school_count=int(row["schools"]),
        board_count=int(row["boards"]),
        pupils=int(row["pupils"]),
        municipalities=tuple(row["municipalities"].split("|")),
    )

"""One edition of the register: the one that came with the software, or a later one of the operator."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from app.organisation.register.schools import RegisteredSchool, packed, schools, unpacked

_SOURCE = Path(__file__).with_name("source.toml")


@dataclass(frozen=True)
class Register:
    """The schools of the country as they were on a day."""

    dated_on: date
    schools: tuple[RegisteredSchool, ...] = field(repr=False)
    digest: str
    """Of the schools: two editions with the same are equal, whatever their date."""

    @classmethod
    def of(cls, dated_on: date, content: bytes) -> "Register":
        """The edition that was packed."""
        return cls(dated_on, unpacked(content), digest_of(content))

    @cached_property
    def by_code(self) -> Mapping[str, RegisteredSchool]:
        """The schools by BRIN and location."""
        return {school.code: school for school in self.schools}

    @cached_property
    def _by_network(self) -> Mapping[str, tuple[RegisteredSchool, ...]]:
        members: defaultdict[str, list[RegisteredSchool]] = defaultdict(list)
        for school in self.schools:
            members[school.network_code].append(school)
        return {code: tuple(found) for code, found in members.items()}

    def schools_of(self, network_code: str) -> tuple[RegisteredSchool, ...]:
        """The schools of a network, by code; none of a network that it does not know."""
        return self._by_network.get(network_code, ())

    def boards_of(self, network_code: str) -> tuple[str, ...]:
        """The numbers of the boards of a network, in order."""
        return tuple(sorted({school.board_number for school in self.schools_of(network_code)}))


def digest_of(content: bytes) -> str:
    """SHA-256 of packed schools, or of a file, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


@cache
def shipped() -> Register:
    """The edition that comes with the software."""
    source = tomllib.loads(_SOURCE.read_text(encoding="utf-8"))
    return Register(source["date"], schools(), digest_of(packed(schools())))

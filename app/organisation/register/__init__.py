"""All primary and special schools of the country, and the network to which each belongs.

A coordinator picks her samenwerkingsverband and finds its schools and boards already there: name, address,
kind, concept where the register tells it, number of pupils, and the place on the map. Nobody types a list.

Bron: DUO (open data, 4 August 2026; pupils of 2025). Coördinaten: BAG / EduGIS. Which postcode belongs to which
network is law (BWBR0032324). `source.toml` tells how the files were made, and what to know of them.
"""

from app.organisation.register.changes import Change, ChangeKind, by_network, changes_between
from app.organisation.register.edition import Register, shipped
from app.organisation.register.networks import (
    RegisteredNetwork,
    UnknownNetwork,
    boards,
    network,
    networks,
    schools_of,
)
from app.organisation.register.schools import CONCEPTS, RegisteredSchool, schools

__all__ = [
    "CONCEPTS",
    "Change",
    "ChangeKind",
    "Register",
    "RegisteredNetwork",
    "RegisteredSchool",
    "UnknownNetwork",
    "boards",
    "by_network",
    "changes_between",
    "network",
    "networks",
    "schools",
    "schools_of",
    "shipped",
]

"""Rights as data: a permission names the roles that have it; a room's `policy` lists its permissions."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a network. One person can hold several, at several schools."""

    COORDINATOR = "coordinator"
    IB = "ib"
    COACH = "coach"
    LEADER = "leader"
    TEACHER = "teacher"
    BILLING = "billing"


EVERYBODY = frozenset(Role)
AT_SCHOOL = frozenset({Role.IB, Role.LEADER, Role.TEACHER})
"""Roles that are held at a school; the others are held in the network as a whole."""


@dataclass(frozen=True, slots=True)
class Permission:
    """The right to do one kind of thing. Which rows it reaches is the room's `visible_to`."""

    name: str
    roles: frozenset[Role]


def permission(name: str, *roles: Role) -> Permission:
    """Declare a permission for the given roles."""
    return Permission(name, frozenset(roles))

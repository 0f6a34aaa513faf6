"""What every step of filling a network is given."""

from dataclasses import dataclass, field
from random import Random

from app.demo.plan import NetworkPlan, seed_of

IN_ONE_GO = {"render_nulls": True}
"""For bulk inserts: otherwise rows with and without a value go in turns, each turn as a statement of its own."""


@dataclass(frozen=True, slots=True)
class Seeding:
    """A network while it is being filled."""

    plan: NetworkPlan
    people: dict[str, int] = field(default_factory=dict)
    """The id of each person by address, from the step on that adds the people."""

    def chance(self, room: str) -> Random:
        """Draws of a room's own: what it invents changes nothing of another room, nor of another network."""
        return Random(f"{room} {seed_of(self.plan.code)}")  # noqa: S311 - nothing of this is secret

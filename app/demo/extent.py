"""How much of the country a demo has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.demo.plan import NetworkPlan


@dataclass(frozen=True, slots=True)
class Extent:
    """Three networks for a quick start, or the nation. What it knows is read when asked: a second start needs none."""

    is_nation: bool = False
    only: tuple[str, ...] = ()
    """The nation of a test has just these networks."""

    @property
    def builders(self) -> int:
        """How many processes make networks at the same time; 0 means in this one."""
        return 2 if self.is_nation else 0

    @property
    def codes(self) -> tuple[str, ...]:
        """Its networks, in the order in which they are made."""
        from app.demo import nation, plan  # noqa: PLC0415 - only who builds needs them

        return self.only or (nation.nation_codes() if self.is_nation else plan.demo_codes())

    def plan_of(self, code: str) -> NetworkPlan:
        """Who works in one of its networks."""
        from app.demo import nation, plan  # noqa: PLC0415 - only who builds needs them

        return nation.nation_plan_of(code) if self.is_nation else plan.plan_of(code)

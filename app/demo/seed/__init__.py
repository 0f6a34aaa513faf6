"""Fills the networks of the demo: each room adds its part.

`network.seed_network` makes one network in one transaction: boards and schools from the register, then every step of
`network.STEPS` in turn. A step writes what one room keeps of a plan; it is given the `Seeding` (the plan, and the ids
of the people by address) and runs in the unit of work of the network, with identities.

A room that comes later adds its part here:

1. `app/demo/seed/<room>.py` with its steps, each a function of a `Seeding`; bulk inserts, nothing row by row.
2. The steps in `STEPS`, after those whose rows they need.
3. Whatever is invented follows from `Seeding.chance("<room>")` alone: draws of its own, so that the people and
   requests of the other rooms stay who and what they are. What people of the plan are *like* belongs in `PlannedPerson`
   (`app/demo/plan.py`), what only the nation has in `app/demo/nation.py`.
4. What must be the same each time goes into `digest.digest_of_network`.
"""

from app.demo.seed.digest import digest_of_network
from app.demo.seed.network import Report, seed_network

__all__ = ["Report", "digest_of_network", "seed_network"]

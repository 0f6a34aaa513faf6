"""Who may do what with coaching. Which rows a permission reaches is told by `visible_to` in `queries`."""

from app.kernel.permissions import Role, permission

RUN_ROUNDS = permission("coaching.run_rounds", Role.COORDINATOR)
SEE_REQUESTS = permission("coaching.see_requests", Role.COORDINATOR, Role.IB, Role.COACH)
ASK_COACHING = permission("coaching.ask_coaching", Role.IB)
OFFER_COACHING = permission("coaching.offer_coaching", Role.COACH)
ANSWER_MATCHES = permission("coaching.answer_matches", Role.IB, Role.COACH)
"""To say yes or no to a pair of one's own."""
SEE_TRAJECTORIES = permission("coaching.see_trajectories", Role.COORDINATOR, Role.IB, Role.COACH)
TAKE_PART = permission("coaching.take_part", Role.IB, Role.COACH)
"""To do something in a trajectory of one's own."""
SEE_RELEASED = permission("coaching.see_released", Role.LEADER)
"""What IB'ers of one's own school released of their coaching."""

"""Who may do what with intervision. Which rows a permission reaches is told by `visible_to` in `queries`."""

from app.kernel.permissions import Role, permission

RUN_SEASONS = permission("intervision.run_seasons", Role.COORDINATOR)
"""To plan seasons, form groups, and see that sessions take place; never what they are about."""
SEE_SESSIONS = permission("intervision.see_sessions", Role.COORDINATOR, Role.IB)
JOIN_IN = permission("intervision.join_in", Role.IB)
"""To take part: answer, book, lead, bring a case. Which sessions it reaches is told by `session_inside`."""
PLAN_SESSIONS = permission("intervision.plan_sessions", Role.COORDINATOR, Role.IB)
"""To find dates, move and call off: the coordinator for every group, an IB'er for her own. See `session_to_plan`."""

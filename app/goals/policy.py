"""Who may do what with goals. Which goals a permission reaches is told by the room that uses them."""

from app.kernel.permissions import Role, permission

SET_GOALS = permission("goals.set_goals", Role.IB, Role.COACH, Role.TEACHER)

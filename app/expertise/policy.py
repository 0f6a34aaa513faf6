"""Who may do what with expertise. Which records a permission reaches is told by `visible_to` in `queries`."""

from app.kernel.permissions import Role, permission

KEEP_RECORDS = permission("expertise.keep_records", Role.TEACHER, Role.IB, Role.LEADER)
"""To keep records of one's own: what one knows, likes, learns and wants."""
SEE_TEAM = permission("expertise.see_team", Role.IB, Role.LEADER)
"""To see what the team of one's school opened to the school, and to propose records to it."""
SEE_MAP = permission("expertise.see_map", Role.IB, Role.LEADER, Role.COORDINATOR)
"""To see which school can do what: one's own by what it may know, others by what was opened to the network."""
SET_NEEDS = permission("expertise.set_needs", Role.LEADER)
"""To say how many people one's school wants for an item."""
FIND_COLLEAGUES = permission(
    "expertise.find_colleagues", Role.TEACHER, Role.IB, Role.LEADER, Role.COORDINATOR
)
"""To look up who knows something."""
CONSULT = permission("expertise.consult", Role.TEACHER, Role.IB, Role.LEADER)
"""To ask a colleague, and to be asked."""
RUN_TAXONOMY = permission("expertise.run_taxonomy", Role.COORDINATOR)
"""To add, rename, retire and merge domains and items."""

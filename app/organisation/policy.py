"""Who may see and change schools and people.

Schools are known to everybody in the network. Names of the people at a school are for those who work there and
for the coordinator; everything else of a person (address, login, roles elsewhere) is for the coordinator.
"""

from app.kernel.actor import Actor
from app.kernel.permissions import EVERYBODY, Permission, Role, permission

SEE_SCHOOLS = Permission("organisation.see_schools", EVERYBODY)
SEE_PEOPLE = permission("organisation.see_people", Role.COORDINATOR)
MANAGE_PEOPLE = permission("organisation.manage_people", Role.COORDINATOR)
MANAGE_SCHOOLS = permission("organisation.manage_schools", Role.COORDINATOR)
MANAGE_SETTINGS = permission("organisation.manage_settings", Role.COORDINATOR)


def sees_staff(actor: Actor, school_id: int) -> bool:
    """Whether the actor may know who works at a school."""
    return actor.may(SEE_PEOPLE) or school_id in actor.schools

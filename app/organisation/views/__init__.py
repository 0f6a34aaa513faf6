"""The doors of the organisation: schools, people, roles, and the invitation that lets somebody in."""

from flask_babel import lazy_gettext as _l

from app.organisation.policy import SEE_SCHOOLS
from app.organisation.schemas import CONFLICTS
from app.organisation.views import (
    acceptance,
    access,
    boards,
    imports,
    invitations,
    people,
    register,
    roles,
    schools,
    settings,
)
from app.organisation.views.blueprint import blueprint, invitation_blueprint
from app.web.navigation import MenuItem

MENU = [MenuItem(_l("Schools and people"), "organisation.index_schools", SEE_SCHOOLS, order=40)]

__all__ = [
    "CONFLICTS",
    "MENU",
    "acceptance",
    "access",
    "blueprint",
    "boards",
    "imports",
    "invitation_blueprint",
    "invitations",
    "people",
    "register",
    "roles",
    "schools",
    "settings",
]

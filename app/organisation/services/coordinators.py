"""A network never loses its last coordinator: nobody could let her back in."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import and_, select

from app.kernel.errors import Conflict
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Person
from tenants.session import session
from tenants.turns import take_turn


def keep_a_coordinator(person_id: int, from_day: date) -> None:
    """Raise Conflict unless somebody else who can sign in is coordinator from this day on, without an end.

    One at a time, so that two coordinators who remove each other at the same moment do not both succeed.
    """
    take_turn("coordinators")
    others = (
        select(Assignment.id)
        .join(Person, and_(Person.tenant_id == Assignment.tenant_id, Person.id == Assignment.person_id))
        .where(Assignment.role == Role.COORDINATOR, Assignment.until.is_(None), Assignment.since <= from_day)
        .where(Person.id != person_id, Person.identity_id.is_not(None))
    )
    if session().scalar(others.limit(1)) is None:
        raise Conflict(
            _(
                "A network can't be without a coordinator who can sign in. Make somebody else network coordinator"
                " first, and wait until she has accepted the invitation."
            )
        )

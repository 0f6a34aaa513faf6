"""How the rows around a session hang together: what to join, and on what; in one place, for all queries of this room."""

from typing import Any

from sqlalchemy import ColumnElement, and_

from app.agenda.models import Appointment
from app.intervision.models import IntervisionGroup, IntervisionSession, Season, SessionCancellation

Join = tuple[type[Any], ColumnElement[bool]]
"""For `join` and `outerjoin`."""


def session_of(row: type[Any]) -> Join:
    """The session to which something belongs."""
    return IntervisionSession, and_(
        IntervisionSession.tenant_id == row.tenant_id, IntervisionSession.id == row.session_id
    )


def group_of_session() -> Join:
    """The group that meets."""
    return IntervisionGroup, and_(
        IntervisionGroup.tenant_id == IntervisionSession.tenant_id,
        IntervisionGroup.id == IntervisionSession.group_id,
    )


def season_of_session() -> Join:
    """The season in which it is."""
    return Season, and_(
        Season.tenant_id == IntervisionSession.tenant_id, Season.id == IntervisionSession.season_id
    )


def appointment_of_session() -> Join:
    """When and where it is; an outer join where it may have no date."""
    return Appointment, and_(
        Appointment.tenant_id == IntervisionSession.tenant_id,
        Appointment.id == IntervisionSession.appointment_id,
    )


def cancellation_of_session() -> Join:
    """That it was called off; an outer join finds those that were not."""
    return SessionCancellation, and_(
        SessionCancellation.tenant_id == IntervisionSession.tenant_id,
        SessionCancellation.session_id == IntervisionSession.id,
    )

"""About how long somebody travels to a session: from her school to the school where it is held."""

from collections.abc import Iterable

from sqlalchemy import select

from app.coaching.matching.travel import UNKNOWN_MINUTES, travel_minutes
from app.intervision.queries.sessions import DatedSession
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from app.organisation.models import School
from app.organisation.queries import workplaces
from tenants.session import session


def travel_to(actor: Actor, sessions: Iterable[DatedSession]) -> dict[int, int]:
    """Minutes to each of these sessions; those whose place is no school that we know are left out."""
    places = {dated.id: dated.appointment.place for dated in sessions if dated.appointment}
    starts = [
        (place.latitude, place.longitude)
        for place in workplaces({actor.person_id}).get(actor.person_id, [])
        if place.role == Role.IB and place.latitude is not None and place.longitude is not None
    ]
    known = _locations({place for place in places.values() if place})
    there = [(session_id, known[place]) for session_id, place in places.items() if place in known]
    if not (starts and there):
        return {}
    minutes = travel_minutes(starts, [location for _, location in there])
    found = {
        session_id: min(int(row[column]) for row in minutes) for column, (session_id, _) in enumerate(there)
    }
    return {session_id: number for session_id, number in found.items() if number != UNKNOWN_MINUTES}


def _locations(places: set[str]) -> dict[str, tuple[float, float]]:
    """Where the schools are that these places name, as `De Linde, Purmerend`."""
    label = School.name + ", " + School.city
    rows = session().execute(
        select(label, School.latitude, School.longitude).where(
            label.in_(places), School.latitude.is_not(None)
        )
    )
    return {place: (latitude, longitude) for place, latitude, longitude in rows if latitude and longitude}

"""The schools of the network as somebody sees them from her own: how far, and of which kind."""

from dataclasses import dataclass

from sqlalchemy import select

from app.kernel.actor import Actor
from app.organisation.distance import Place, kilometres_to_nearest
from app.organisation.models import School
from app.organisation.queries.schools import is_open
from tenants.session import session


@dataclass(frozen=True, slots=True)
class NearSchool:
    """A school, with its distance from the nearest school of the actor."""

    id: int
    name: str
    city: str
    kinds: frozenset[str]
    km: float | None
    """None where a place is not known, and for who works at no school."""
    is_own: bool

    @property
    def order(self) -> int:
        """Own schools first, then by whole kilometres, then those of which nobody knows."""
        if self.is_own:
            return -1
        return _FAR if self.km is None else round(self.km)


_FAR = 100_000


def schools_around(actor: Actor) -> dict[int, NearSchool]:
    """Every school that is open, by id."""
    columns = (School.id, School.name, School.city, School.kinds, School.latitude, School.longitude)
    rows = session().execute(select(*columns).where(is_open())).all()
    places: dict[int, Place] = {
        row.id: (row.latitude, row.longitude)
        for row in rows
        if row.latitude is not None and row.longitude is not None
    }
    own = [places[school_id] for school_id in actor.schools if school_id in places]
    return {
        row.id: NearSchool(
            row.id,
            row.name,
            row.city,
            frozenset(row.kinds),
            kilometres_to_nearest(own, places.get(row.id)),
            row.id in actor.schools,
        )
        for row in rows
    }

"""Who was asked whether her records still hold."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.expertise.models import ConfirmationRequest, ExpertiseRecord
from app.expertise.queries.records import stale_since
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.context import current_network_id
from tenants.session import session


@dataclass(frozen=True, slots=True)
class StandingRequest:
    """To whom it goes, and how many records grew old."""

    person: Person
    count: int


def request_that_stands(request_id: int) -> StandingRequest | None:
    """A request that still makes sense; None when nothing is old any more."""
    request = session().get(ConfirmationRequest, (current_network_id(), request_id))
    if request is None:
        return None
    old = select(func.count()).where(
        ExpertiseRecord.person_id == request.person_id, ExpertiseRecord.confirmed_on < stale_since()
    )
    count = session().scalar(old) or 0
    person = people_by_id({request.person_id}).get(request.person_id)
    return StandingRequest(person, count) if person and count else None

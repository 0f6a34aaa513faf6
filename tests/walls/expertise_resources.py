"""How to make what the URLs of expertise name."""

from app.expertise.models import SchoolNeed
from app.kernel.permissions import Role
from tests.expertise.records import a_consultation, a_proposal, a_record, item_called
from tests.walls.places import Place, Resource, kept


def _consultation(place: Place) -> int:
    """A question of the teacher to the IB'er of her school."""
    school_id = place.get("expertise.school_id")
    asked = {place.get("expertise.ib"): school_id}
    return a_consultation(place.get("expertise.teacher"), school_id, asked).id


def _school(place: Place) -> int:
    """The school where IB'er, leader and teacher work."""
    if place.network.id == place.cast.network.id:
        return place.cast.schools["wilgen"]
    return place.get("school_id")


def _wanted_item(place: Place) -> int:
    """An item that the school wants in its team."""
    item_id = item_called("dyslexia")
    kept(SchoolNeed(school_id=place.get("expertise.school_id"), item_id=item_id, at_least=2, by_id=0))
    return item_id


EXPERTISE: dict[str, Resource] = {
    "expertise.school_id": Resource(_school),
    "expertise.teacher": Resource(
        lambda place: place.somebody("teacher", Role.TEACHER, "expertise.school_id")
    ),
    "expertise.ib": Resource(lambda place: place.somebody("ib", Role.IB, "expertise.school_id")),
    "item_id": Resource(_wanted_item),
    "record_id": Resource(lambda place: a_record(place.get("expertise.teacher")).id),
    "expertise.proposal_id": Resource(
        lambda place: a_proposal(place.get("expertise.teacher"), place.get("expertise.school_id")).id
    ),
    "consultation_id": Resource(_consultation),
}

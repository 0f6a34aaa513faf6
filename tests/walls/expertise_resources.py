"""How to make what the URLs of expertise name."""

from app.expertise.models import Visibility
from app.kernel.permissions import Role
from tests.expertise.records import a_consultation, a_proposal, a_record, item_called
from tests.walls.places import Place, Resource


def _consultation(place: Place) -> int:
    """A question of the teacher to the IB'er of her school."""
    school_id = place.get("expertise.school_id")
    asked = {place.get("expertise.ib"): school_id}
    return a_consultation(place.get("expertise.teacher"), school_id, asked).id


def _colleague(place: Place) -> int:
    """A teacher who opened to the network that she may be asked."""
    person_id = place.get("expertise.teacher")
    a_record(person_id, "vocabulary", visibility=Visibility.NETWORK, willing=True)
    return person_id


def _school(place: Place) -> int:
    """The school where IB'er, leader and teacher work."""
    if place.network.id == place.cast.network.id:
        return place.cast.schools["wilgen"]
    return place.get("school_id")


EXPERTISE: dict[str, Resource] = {
    "expertise.school_id": Resource(_school),
    "expertise.teacher": Resource(
        lambda place: place.somebody("teacher", Role.TEACHER, "expertise.school_id")
    ),
    "expertise.ib": Resource(lambda place: place.somebody("ib", Role.IB, "expertise.school_id")),
    "item_id": Resource(lambda _place: item_called("dyslexia")),
    "record_id": Resource(lambda place: a_record(place.get("expertise.teacher")).id),
    "expertise.proposal_id": Resource(
        lambda place: a_proposal(place.get("expertise.teacher"), place.get("expertise.school_id")).id
    ),
    "expertise.person_id": Resource(_colleague),
    "expertise.wie": Resource(lambda place: place.get("expertise.person_id")),
    "consultation_id": Resource(_consultation),
}

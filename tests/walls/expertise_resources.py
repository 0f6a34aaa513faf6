"""How to make what the URLs of expertise name."""

from app.expertise.models import SchoolNeed, Visibility
from app.expertise.services.record_imports import start_import
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from app.kernel.tables import Row, Table
from app.organisation.models import Person
from tenants.session import session
from tests.expertise.records import a_consultation, a_proposal, a_record, domain_of, item_called
from tests.walls.places import Place, Resource, kept


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


def _record_import(place: Place) -> int:
    """A list that was sent at the school, with a row that is new and one that is wrong."""
    actor = Actor(
        place.get("expertise.ib"), "", frozenset({Role.IB}), frozenset({place.get("expertise.school_id")})
    )
    email = session().get_one(Person, (place.network.id, actor.person_id)).email
    rows = (Row(2, (email or "Iemand ib", "Spelling", "ambitie")), Row(3, ("Niemand", "Spelling", "ambitie")))
    table = Table(("Naam", "Onderwerp", "Soort"), rows, "csv")
    return start_import(actor, place.get("expertise.school_id"), "muur.csv", table)


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
    "domain_id": Resource(lambda _place: domain_of(item_called("dyslexia"))),
    "item_id": Resource(_wanted_item),
    "record_id": Resource(lambda place: a_record(place.get("expertise.teacher")).id),
    "expertise.proposal_id": Resource(
        lambda place: a_proposal(place.get("expertise.teacher"), place.get("expertise.school_id")).id
    ),
    "expertise.import_id": Resource(_record_import),
    "into_id": Resource(lambda _place: item_called("spelling")),
    "expertise.person_id": Resource(_colleague),
    "expertise.wie": Resource(lambda place: place.get("expertise.person_id")),
    "consultation_id": Resource(_consultation),
}

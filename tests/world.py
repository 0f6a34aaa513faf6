"""The cast: a small fixed world that everybody who writes a test knows.

Two networks. In *Waterland* (schools De Wilgen and De Linde of one board, Het Kompas of another) work a
coordinator, an IB'er, her outside coach, a colleague who has nothing to do with them, two leaders, a teacher
and somebody who pays the invoices. In *Heuvelrug* works the stranger. The operator runs the platform and is in no network.
"""

from dataclasses import dataclass, field
from datetime import date

from app.expertise.services.shipping import ship_taxonomy
from app.identity.models import Login
from app.identity.services import add_membership, add_operator
from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.models import Assignment, Board, Person, School
from config.settings import MasterKey
from tenants.context import Network
from tenants.provision import create_network
from tenants.session import Database, session

NO_PASSWORD = "!"
SINCE = date(2020, 8, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the cast."""

    key: str
    person_id: int
    identity_id: int
    email: str
    network: Network


@dataclass(slots=True)
class Cast:
    """Everybody, by what they are."""

    network: Network
    other_network: Network
    schools: dict[str, int] = field(default_factory=dict)
    people: dict[str, Member] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Member:
        return self.people[key]


PEOPLE = (
    # key, first name, last name, roles with the school they are held at
    ("coordinator", "Linda", "Postma", ((Role.COORDINATOR, None),)),
    ("ib", "Fatima", "el Amrani", ((Role.IB, "wilgen"),)),
    ("coach", "Joost", "van Leeuwen", ((Role.COACH, None), (Role.IB, "kompas"))),
    ("colleague", "Marloes", "Dijkstra", ((Role.IB, "linde"),)),
    ("leader", "Tim", "Verhoeven", ((Role.LEADER, "wilgen"),)),
    ("other_leader", "Noor", "Janssen", ((Role.LEADER, "kompas"),)),
    ("teacher", "Bram", "Willems", ((Role.TEACHER, "wilgen"),)),
    ("billing", "Karin", "Mulder", ((Role.BILLING, None),)),
)
SCHOOLS = (
    # key, code, name, board, kinds, concept, coordinate
    ("wilgen", "01AA00", "OBS De Wilgen", "11111", ["bo"], None, (52.50, 5.05)),
    ("linde", "01AB00", "De Linde", "11111", ["bo"], "dalton", (52.51, 5.06)),
    ("kompas", "01AC00", "Het Kompas", "22222", ["bo"], None, (52.52, 5.07)),
)


def build_world(database: Database, master_key: MasterKey) -> Cast:
    """Make the cast and commit it."""
    cast = Cast(
        _network(database, master_key, "waterland", "PO2708"),
        _network(database, master_key, "heuvelrug", "PO2602"),
    )
    with database.unit_of_work(cast.network, with_identities=True):
        ship_taxonomy()
        _add_schools(cast)
        for key, first_name, last_name, roles in PEOPLE:
            cast.people[key] = add_member(cast.network, key, first_name, last_name)
            for role, school in roles:
                add_role(cast.people[key].person_id, role, cast.schools[school] if school else None)
    with database.unit_of_work(cast.other_network, with_identities=True):
        ship_taxonomy()
        cast.people["stranger"] = add_member(cast.other_network, "stranger", "Yusuf", "Demir")
        for role in Role:
            if role not in AT_SCHOOL:
                add_role(cast["stranger"].person_id, role, None)
    with database.global_unit():
        cast.people["operator"] = _operator(cast.network)
    return cast


def _operator(network: Network) -> Member:
    """Who runs the platform, and is nobody in any network; the network is only named because a member has one."""
    login = Login(email="operator@platform.example", password_hash=NO_PASSWORD)
    session().add(login)
    session().flush()
    add_operator(login.email)
    return Member("operator", 0, login.id, login.email, network)


def add_role(person_id: int, role: Role, school_id: int | None) -> None:
    """Give somebody a role that goes on."""
    session().add(Assignment(person_id=person_id, role=role, school_id=school_id, since=SINCE))


def add_person(first_name: str, last_name: str) -> Person:
    """Somebody beside the cast, without a login."""
    person = Person(first_name=first_name, last_name=last_name, email=None)
    session().add(person)
    session().flush()
    return person


def _network(database: Database, master_key: MasterKey, slug: str, code: str) -> Network:
    name = f"Netwerk {slug.title()}"
    return create_network(database, master_key, slug=slug, code=code, name=name).opened(master_key)


def _add_schools(cast: Cast) -> None:
    boards = {number: Board(number=number) for number in ("11111", "22222")}
    session().add_all(boards.values())
    session().flush()
    for key, code, name, board, kinds, concept, (latitude, longitude) in SCHOOLS:
        school = School(
            board_id=boards[board].id, code=code, name=name, kinds=kinds, concept=concept,
            city="Purmerend", latitude=latitude, longitude=longitude,
        )  # fmt: skip
        session().add(school)
        session().flush()
        cast.schools[key] = school.id


def add_member(network: Network, key: str, first_name: str, last_name: str) -> Member:
    """Somebody with a login. In a unit that sees identities too."""
    email = f"{key}@{network.slug}.example"
    login = Login(email=email, password_hash=NO_PASSWORD)
    session().add(login)
    session().flush()
    add_membership(login.id, network.id)
    person = Person(first_name=first_name, last_name=last_name, email=email, identity_id=login.id)
    session().add(person)
    session().flush()
    return Member(key, person.id, login.id, email, network)

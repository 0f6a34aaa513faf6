"""A coordinator sees what the register has otherwise, takes over what she wants, and can take that back."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.kernel.actor import SYSTEM
from app.kernel.audit import AuditEntry
from app.kernel.errors import Conflict, Forbidden, Invalid
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Board, RegisterUse, School, SchoolClosure
from app.organisation.networks import add_registered_schools
from app.organisation.queries import school_names
from app.organisation.queries.imports import network_facts
from app.organisation.queries.register import current_register
from app.organisation.queries.roles import actor_of
from app.organisation.queries.school_changes import closed_schools_with_roles, school_changes
from app.organisation.register import ChangeKind, Register, shipped
from app.organisation.register.duo import Taken
from app.organisation.register.schools import packed
from app.organisation.services.register import Consent, keep_edition, take_into_use
from app.organisation.services.roles import add_role
from app.organisation.services.school_changes import apply_changes, undo_changes
from app.organisation.services.schools import edit_school
from tenants.provision import create_network
from tenants.session import session
from tests.conftest import MASTER_KEY
from tests.world import SINCE, add_person

CODE = "PO3103"
DAY = date(2026, 11, 3)


@pytest.fixture
def network(app):
    """The smallest network of the country, as the shipped register has it."""
    tenant = create_network(app.database, MASTER_KEY, slug="po3103", code=CODE, name="PO3103").opened(
        MASTER_KEY
    )
    with app.database.unit_of_work(tenant):
        add_registered_schools(CODE)
    return tenant


@pytest.fixture
def use(app):
    """Take an edition into use in which schools are other than in the shipped one; None takes one away."""

    def use(changes, added=(), day=DAY):
        schools = [changes.get(school.code, school) for school in shipped().schools]
        content = packed([*(school for school in schools if school), *added])
        with app.database.global_unit():
            edition_id = keep_edition(None, Taken(Register.of(day, content), content, ()), b"")
            take_into_use(None, edition_id, Consent(older=True))

    return use


@pytest.fixture
def unit_there(app, network):
    return lambda **options: app.database.unit_of_work(network, **options)


@pytest.fixture
def five(network):
    """Five schools of the network."""
    return shipped().schools_of(CODE)[:5]


@pytest.fixture
def news(use, five):
    """An edition with one of each: renamed, moved, another board, closed, left, and a new one. Gives their codes."""
    renamed, moved, board, closed, left = five
    use(
        {
            renamed.code: replace(renamed, name="De Nieuwe Naam"),
            moved.code: replace(moved, street="Nieuwstraat", house_number="1", latitude=51.5, longitude=5.5),
            board.code: replace(board, board_number="99999"),
            closed.code: None,
            left.code: replace(left, network_code="PO2601", city="Utrecht"),
        },
        [replace(renamed, code="99ZZ00", name="De Geheel Nieuwe", pupils=None)],
    )
    return [school.code for school in five]


def school(code):
    return session().scalars(select(School).where(School.code == code)).one()


def apply(wanted=lambda _change: True, actor=SYSTEM):
    changes = school_changes(actor)
    keys = [change.key for change in changes.rows if wanted(change)]
    return apply_changes(actor, changes.register.digest, keys), changes.register.digest


def state():
    """Everything that an update could change."""
    schools = session().execute(select(School.__table__).order_by(School.code)).all()
    closures = session().execute(select(SchoolClosure.school_id, SchoolClosure.closed_on)).all()
    return [tuple(row) for row in schools], sorted(closures)


def test_network_made_from_the_register_differs_in_nothing(unit_there):
    with unit_there():
        assert school_changes(SYSTEM).rows == ()


def test_each_kind_of_change_is_found(unit_there, news):
    with unit_there():
        found = [(change.kind, change.school.code) for change in school_changes(SYSTEM).rows]
    renamed, moved, board, closed, left = news
    assert found == [
        (ChangeKind.NEW, "99ZZ00"), (ChangeKind.RENAMED, renamed), (ChangeKind.MOVED, moved),
        (ChangeKind.BOARD, board), (ChangeKind.CLOSED, closed), (ChangeKind.LEFT, left),
    ]  # fmt: skip


def test_all_is_taken_over_and_nothing_is_left(unit_there, news):
    renamed, moved, board, closed, left = news
    with unit_there():
        before = school(closed)
        assert apply()[0] == 6
        assert school(renamed).name == "De Nieuwe Naam"
        assert (school(moved).street, school(moved).latitude) == ("Nieuwstraat", 51.5)
        assert session().get_one(Board, (school(board).tenant_id, school(board).board_id)).number == "99999"
        assert school("99ZZ00").name == "De Geheel Nieuwe"
        closures = {row.school_id: row for row in session().scalars(select(SchoolClosure))}
        assert closures[before.id].closed_on == DAY
        assert closures[before.id].to_network is None
        assert closures[school(left).id].to_network == "PO2601"
        assert school_changes(SYSTEM).rows == ()
        assert session().query(AuditEntry).filter_by(action="apply register").count() == 6


def test_what_is_not_ticked_stays_and_is_not_news_any_more(unit_there, news):
    with unit_there():
        assert not school_changes(SYSTEM).is_reviewed
        apply(lambda change: change.kind is not ChangeKind.RENAMED)
        left = school_changes(SYSTEM)
    assert [change.kind for change in left.rows] == [ChangeKind.RENAMED]
    assert left.is_reviewed


def test_later_edition_is_news_again(unit_there, news, use, five):
    with unit_there():
        apply(lambda _: False)
        assert school_changes(SYSTEM).is_reviewed
    use({five[0].code: replace(five[0], name="De Derde Naam")}, day=date(2026, 11, 20))
    with unit_there():
        assert not school_changes(SYSTEM).is_reviewed


def test_undo_puts_everything_back(unit_there, news):
    with unit_there():
        before = state()
        _, digest = apply()
        assert state() != before
        undo_changes(SYSTEM, digest)
        session().expire_all()
        assert state() == before
        with pytest.raises(Conflict):
            undo_changes(SYSTEM, digest)


def test_undo_stops_where_somebody_works_at_a_new_school(unit_there, news):
    with unit_there():
        _, digest = apply()
        person_id = add_person("Noor", "Bos").id
        add_role(SYSTEM, person_id, {"role": Role.IB, "school_id": school("99ZZ00").id, "since": SINCE})
        with pytest.raises(Conflict):
            undo_changes(SYSTEM, digest)


def test_name_that_the_network_chose_is_shown_and_left_unticked(unit_there, news):
    with unit_there():
        edit_school(SYSTEM, school(news[0]).id, {"name": "Onze Naam", "concept": "dalton"})
        (change,) = [row for row in school_changes(SYSTEM).rows if row.kind is ChangeKind.RENAMED]
        assert change.is_own
        apply()
        assert school(news[0]).concept == "dalton"


def test_name_that_the_register_gave_is_not_the_networks_own(unit_there, news, use, five):
    with unit_there():
        apply()
    use({five[0].code: replace(five[0], name="De Derde Naam")}, day=date(2026, 11, 20))
    with unit_there():
        (change,) = [row for row in school_changes(SYSTEM).rows if row.kind is ChangeKind.RENAMED]
        assert not change.is_own


def test_closed_school_keeps_its_people_and_can_not_be_chosen(unit_there, news):
    closed = news[3]
    with unit_there():
        school_id = school(closed).id
        person_id = add_person("Noor", "Bos").id
        add_role(SYSTEM, person_id, {"role": Role.IB, "school_id": school_id, "since": SINCE})
        (change,) = [row for row in school_changes(SYSTEM).rows if row.kind is ChangeKind.CLOSED]
        assert change.people == 1
        apply()
        assert session().query(Assignment).filter_by(school_id=school_id).count() == 1
        assert [(one.school_id, one.people) for one in closed_schools_with_roles(SYSTEM)] == [(school_id, 1)]
        assert school_id not in dict(school_names())
        assert school_id not in {one.id for one in network_facts().schools}
        with pytest.raises(Invalid):
            add_role(SYSTEM, person_id, {"role": Role.LEADER, "school_id": school_id, "since": SINCE})


def test_later_edition_reopens_a_closed_school(unit_there, news, use):
    with unit_there():
        apply()
    use({}, day=date(2026, 11, 20))
    with unit_there():
        before = state()
        kinds = [change.kind for change in school_changes(SYSTEM).rows if change.school.code == news[3]]
        assert kinds == [ChangeKind.REOPENED]
        _, digest = apply()
        closed = session().scalars(select(SchoolClosure.school_id)).all()
        assert closed == [school("99ZZ00").id], "only what came with the edition in between is closed now"
        undo_changes(SYSTEM, digest)
        session().expire_all()
        assert state() == before


def test_new_network_begins_with_the_edition_in_use(app, news):
    tenant = create_network(app.database, MASTER_KEY, slug="utrecht", code="PO2601", name="U").opened(
        MASTER_KEY
    )
    with app.database.unit_of_work(tenant):
        add_registered_schools("PO2601")
        assert school(news[4]).city == "Utrecht"


def test_page_that_is_overtaken_by_another_edition_applies_nothing(unit_there, news, use):
    with unit_there():
        before = state()
        digest = current_register().digest
    use({}, day=date(2026, 11, 20))
    with pytest.raises(Conflict), unit_there():
        apply_changes(SYSTEM, digest, [f"{ChangeKind.CLOSED}-{news[3]}"])
    with unit_there():
        assert state() == before


def test_only_a_coordinator_may(app, cast):
    with app.database.unit_of_work(cast.network):
        for key in ("ib", "leader", "teacher"):
            with pytest.raises(Forbidden):
                school_changes(actor_of(cast[key].identity_id))


def test_a_school_in_two_editions_of_the_same_day_is_not_mixed_up(app, use, five):
    use({five[0].code: replace(five[0], name="Eerste")})
    use({five[0].code: replace(five[0], name="Tweede")})
    with app.database.global_unit(read_only=True):
        assert current_register().by_code[five[0].code].name == "Tweede"


def test_of_two_operators_at_the_same_moment_one_is_too_late(app, use, five):
    use({five[0].code: replace(five[0], name="Eerste")})
    with pytest.raises(IntegrityError, match="pk_register_use"), app.database.global_unit() as unit:
        unit.add(RegisterUse(id=1))


class TestThePage:
    """What the coordinator of the cast sees: her three schools are not in the register, and those of PO2708 are new."""

    @pytest.fixture
    def client(self, as_, cast):
        return as_(cast["coordinator"])

    def test_news_stands_above_the_schools_until_it_was_looked_at(self, client):
        page = client.get("/waterland/scholen").text
        assert "/waterland/scholen/register" in page
        assert "3 " in page
        digest = re.search(r'name="digest" value="(\w+)"', client.get("/waterland/scholen/register").text)[1]
        client.post("/waterland/scholen/register", data={"digest": digest})
        client.get("/waterland/scholen")  # which says what was done
        assert "notice--info" not in client.get("/waterland/scholen").text

    def test_everything_is_ticked_and_taken_over_as_one(self, client, cast, app):
        page = client.get("/waterland/scholen/register").text
        keys = re.findall(r'name="wijziging"\s+value="([^"]+)" checked', page)
        digest = re.search(r'name="digest" value="(\w+)"', page)[1]
        assert len(keys) == len(shipped().schools_of("PO2708")) + 3
        answer = client.post("/waterland/scholen/register", data={"digest": digest, "wijziging": keys})
        assert answer.status_code == 302
        after = client.get("/waterland/scholen/register").text
        assert 'name="wijziging"' not in after
        assert "/waterland/scholen/register/terugdraaiing" in after
        client.post("/waterland/scholen/register/terugdraaiing", data={"digest": digest})
        with app.database.unit_of_work(cast.network):
            assert session().query(School).count() == 3

    def test_closed_school_says_so_and_names_what_is_to_do(self, client, cast):
        page = client.get("/waterland/scholen/register").text
        digest = re.search(r'name="digest" value="(\w+)"', page)[1]
        keys = [
            key for key in re.findall(r'name="wijziging"\s+value="([^"]+)"', page) if key.startswith("closed")
        ]
        client.post("/waterland/scholen/register", data={"digest": digest, "wijziging": keys})
        school_page = client.get(f"/waterland/scholen/{cast.schools['wilgen']}").text
        assert "4 augustus 2026" in school_page
        assert "notice--warn" in school_page
        assert "notice--warn" in client.get("/waterland/scholen").text
        assert f'<option value="{cast.schools["wilgen"]}"' not in client.get("/waterland/mensen/nieuw").text

    def test_others_see_no_news(self, as_, cast):
        assert "/scholen/register" not in as_(cast["leader"]).get("/waterland/scholen").text

"""The taxonomy of the network: who may change it, names, order, what is retired, counts, and many lines at once."""

import pytest

from app.expertise.models import Visibility
from app.expertise.pasted import LineState
from app.expertise.queries import forget_taxonomy, taxonomy
from app.expertise.queries.usage import use_of_items
from app.expertise.services import taxonomy as services
from app.expertise.services.pasting import MOST_AT_ONCE, preview_of
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from app.kernel.permissions import Role
from tests.expertise.records import a_record, item_called
from tests.world import add_person, add_role

URL = "/waterland/expertise-indeling"


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def runs_it(actor):
    return actor("coordinator")


def names(domain_id):
    return [item.name for item in services.domain_in_use(domain_id).items]


def test_only_a_coordinator_changes_it(unit, actor):
    domain = taxonomy().domains[0]
    for who in ("ib", "leader", "teacher", "billing"):
        with pytest.raises(Forbidden):
            services.add_item(actor(who), domain.id, "Gebaren")
        with pytest.raises(Forbidden):
            use_of_items(actor(who), [])


def test_an_item_that_is_added_is_the_last_and_can_be_placed_renamed_and_moved(unit, runs_it):
    first, second = taxonomy().domains[:2]
    item_id = services.add_item(runs_it, first.id, "Gebaren")
    assert names(first.id)[-1] == "Gebaren"
    services.place_item(runs_it, item_id, "up")
    assert names(first.id)[-2] == "Gebaren"
    services.change_item(runs_it, item_id, "Gebarentaal", second.id)
    assert "Gebaren" not in names(first.id)
    assert names(second.id)[-1] == "Gebarentaal"


def test_a_shipped_name_that_is_given_back_follows_the_language_again(unit, runs_it, cast):
    item = taxonomy().item(item_called("dyslexia"))
    services.change_item(runs_it, item.id, "Leesproblemen", item.domain_id)
    services.change_item(runs_it, item.id, item.name, item.domain_id)
    assert services.locked_item(item.id).name is None


@pytest.mark.parametrize("name", ["Dyslexie", "dYSLEXIE"])
def test_a_name_that_there_is_is_refused(unit, runs_it, name):
    with pytest.raises(Invalid):
        services.add_item(runs_it, taxonomy().domains[3].id, name)


def test_what_is_retired_keeps_its_records_and_comes_back(unit, runs_it, cast):
    item_id = item_called("dyslexia")
    kept = a_record(cast["teacher"].person_id)
    services.retire_item(runs_it, item_id)
    assert taxonomy().item(item_id).is_retired
    assert kept.item_id == item_id
    services.restore_item(runs_it, item_id)
    assert not taxonomy().item(item_id).is_retired


def test_a_domain_takes_its_items_with_it_and_brings_back_only_those(unit, runs_it):
    domain = taxonomy().domains[0]
    earlier = domain.items[0]
    services.retire_item(runs_it, earlier.id)
    services.retire_domain(runs_it, domain.id)
    assert domain.id not in {one.id for one in taxonomy().domains}
    assert all(taxonomy().item(item.id).is_retired for item in domain.items)
    with pytest.raises(Conflict):
        services.restore_item(runs_it, earlier.id)
    services.restore_domain(runs_it, domain.id)
    assert names(domain.id) == [item.name for item in domain.items[1:]]


def test_what_comes_back_under_a_name_that_is_taken_is_refused(unit, runs_it):
    item = taxonomy().item(item_called("dyslexia"))
    services.retire_item(runs_it, item.id)
    services.add_item(runs_it, taxonomy().domains[1].id, item.name)
    with pytest.raises(Conflict):
        services.restore_item(runs_it, item.id)


def test_domains_have_an_order(unit, runs_it):
    before = [domain.id for domain in taxonomy().domains]
    services.place_domain(runs_it, before[0], "down")
    services.place_domain(runs_it, before[-1], "down")
    assert [domain.id for domain in taxonomy().domains] == [before[1], before[0], *before[2:]]
    with pytest.raises(NotFound):
        services.place_domain(runs_it, 987_654, "up")


def test_people_are_counted_as_far_as_she_may_know(unit, runs_it, cast):
    item_id = item_called("dyslexia")

    def count(visibility, people):
        for number in range(people):
            person = add_person("Iemand", f"{visibility}{number}")
            add_role(person.id, Role.TEACHER, cast.schools["linde"])
            a_record(person.id, visibility=visibility)
        use = use_of_items(runs_it, [item_id]).get(item_id)
        return (use.seen, use.others) if use else None

    assert count(Visibility.PRIVATE, 7) is None
    assert count(Visibility.NETWORK, 2) == (2, 0)
    assert count(Visibility.SCHOOL, 4) == (2, 0)
    assert count(Visibility.SCHOOL, 1) == (2, 5)
    gone = add_person("Iemand", "Weg")
    a_record(gone.id, visibility=Visibility.NETWORK)
    assert use_of_items(runs_it, [item_id])[item_id].seen == 2


def test_lines_are_told_before_they_are_added(unit, runs_it):
    first = taxonomy().domains[0]
    services.retire_item(runs_it, item_called("spelling"))
    text = (
        "Gebaren\n\nGroen doen; Schooltuin\ngroen doen\tBijen\nDyslexie\ngebaren\nSpelling\nA;B;C\n"
        + "x" * 81
    )
    assert [line.state for line in preview_of(runs_it, text, first.id)] == [
        LineState.NEW, LineState.NEW, LineState.NEW, LineState.KNOWN, LineState.TWICE, LineState.NOT_IN_USE,
        LineState.UNCLEAR, LineState.TOO_LONG,
    ]  # fmt: skip
    assert [line.state for line in preview_of(runs_it, "Gebaren", None)] == [LineState.NO_DOMAIN]


def test_lines_are_all_added_or_none(app, cast, coordinator):
    def in_network():
        with app.database.unit_of_work(cast.network):
            forget_taxonomy()
            return {item.name for item in taxonomy().items.values()}

    before = in_network()
    wrong = {"lines": "Groen doen; Schooltuin\nLos", "seen": "1"}
    assert coordinator.post(f"{URL}/plakken", data=wrong).status_code == 422
    preview = coordinator.post(f"{URL}/plakken", data={"lines": "Groen doen; Schooltuin\nTaal; Dyslexie"})
    assert preview.status_code == 200
    assert "Nieuwe domeinen: Groen doen." in preview.text
    assert in_network() == before
    sent = {"lines": "Groen doen; Schooltuin\nTaal; Dyslexie", "domain_id": "", "seen": "1"}
    assert coordinator.post(f"{URL}/plakken", data=sent).status_code == 302
    assert in_network() == before | {"Schooltuin"}


def test_three_hundred_domains_at_once_get_a_clear_message(coordinator):
    lines = "\n".join(f"Domein {number}; Onderwerp {number}" for number in range(300))
    answer = coordinator.post(f"{URL}/plakken", data={"lines": lines, "seen": "1"})
    assert answer.status_code == 422
    assert "Dit zijn 300 regels. Er kunnen er hoogstens 60 tegelijk bij" in answer.text


def test_there_are_not_more_domains_or_items_than_people_can_overlook(unit, runs_it, monkeypatch):
    many = "\n".join(f"Domein {number}; Onderwerp {number}" for number in range(MOST_AT_ONCE))
    with pytest.raises(Invalid) as told:
        preview_of(runs_it, many, None)
    assert "hoogstens 30 domeinen" in told.value.fields["lines"][0]
    monkeypatch.setattr("app.expertise.services.pasting.MOST_ITEMS", services.count_items())
    monkeypatch.setattr(services, "MOST_ITEMS", services.count_items())
    with pytest.raises(Invalid):
        services.add_item(runs_it, taxonomy().domains[0].id, "Een te veel")
    with pytest.raises(Invalid):
        preview_of(runs_it, "Een te veel", taxonomy().domains[0].id)


def test_renamed_while_a_form_is_open_it_is_the_same_item(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        item = taxonomy().item(item_called("dyslexia"))
    page = f"{URL}/onderwerpen/{item.id}"
    changed = {"name": "Leesproblemen", "domain_id": item.domain_id}
    assert coordinator.post(page, data=changed).status_code == 302
    assert "Leesproblemen" in coordinator.get(page).text
    assert coordinator.post(page, data={"name": "", "domain_id": item.domain_id}).status_code == 422
    assert coordinator.post(page, data={"name": "x" * 81, "domain_id": item.domain_id}).status_code == 422
    assert coordinator.post(page, data={"name": "Goed", "domain_id": 987_654}).status_code == 422

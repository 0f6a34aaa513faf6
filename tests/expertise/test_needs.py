"""What a leader wants in her team: hers to say, of her own school."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.expertise.models import ExpertiseItem, SchoolNeed
from app.kernel.clock import now
from app.kernel.permissions import Role
from tests.expertise.records import item_called
from tests.world import add_role


@pytest.fixture
def url(cast):
    return f"/waterland/expertisekaart/behoeften/{cast.schools['wilgen']}"


@pytest.fixture
def item_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return item_called("second-language")


def wanted(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        return [(need.item_id, need.at_least) for need in unit.scalars(select(SchoolNeed))]


def test_a_leader_wants_more_and_changes_her_mind(app, cast, as_, url, item_id):
    leader = as_(cast["leader"])
    leader.post(url, data={"item_id": item_id, "at_least": 2})
    assert wanted(app, cast) == [(item_id, 2)]
    leader.post(url, data={"item_id": item_id, "at_least": 3})
    assert wanted(app, cast) == [(item_id, 3)]
    assert "Nog 3 te gaan" in leader.get("/waterland/expertisekaart/aandacht?lijst=behoeften").text
    leader.post(f"{url}/{item_id}/verwijdering")
    assert wanted(app, cast) == []
    assert leader.post(f"{url}/{item_id}/verwijdering").status_code == 404


@pytest.mark.parametrize(("key", "status"), [("other_leader", 404), ("ib", 403), ("coordinator", 403)])
def test_nobody_else_says_what_the_school_wants(app, cast, as_, url, item_id, key, status):
    assert as_(cast[key]).get(url).status_code == status
    assert as_(cast[key]).post(url, data={"item_id": item_id, "at_least": 2}).status_code == status
    assert wanted(app, cast) == []


def test_who_leads_one_school_and_teaches_at_another_speaks_for_the_first(app, cast, as_, item_id):
    with app.database.unit_of_work(cast.network):
        add_role(cast["leader"].person_id, Role.TEACHER, cast.schools["linde"])
    other = f"/waterland/expertisekaart/behoeften/{cast.schools['linde']}"
    assert as_(cast["leader"]).post(other, data={"item_id": item_id, "at_least": 2}).status_code == 404


@pytest.mark.parametrize("at_least", ["", "0", "21", "-1", "twee", "99999999999999999999"])
def test_a_number_that_makes_no_sense_comes_back(app, cast, as_, url, item_id, at_least):
    answer = as_(cast["leader"]).post(url, data={"item_id": item_id, "at_least": at_least})
    assert answer.status_code == 422
    assert "van 1 tot en met 20" in answer.text
    assert wanted(app, cast) == []


def test_an_item_that_was_merged_counts_as_what_it_was_merged_into(app, cast, as_, url, item_id):
    with app.database.unit_of_work(cast.network) as unit:
        into = item_called("multilingual-class")
        merged = unit.get(ExpertiseItem, (cast.network.id, item_id))
        merged.retired_at, merged.merged_into_id = now(), into
    as_(cast["leader"]).post(url, data={"item_id": item_id, "at_least": 2})
    assert wanted(app, cast) == [(into, 2)]


def test_an_item_that_was_retired_or_never_was_is_refused(app, cast, as_, url, item_id):
    with app.database.unit_of_work(cast.network) as unit:
        unit.get(ExpertiseItem, (cast.network.id, item_id)).retired_at = now()
    leader = as_(cast["leader"])
    assert leader.post(url, data={"item_id": item_id, "at_least": 2}).status_code == 422
    assert leader.post(url, data={"item_id": 987_654_321, "at_least": 2}).status_code == 404
    assert leader.post(url, data={"item_id": 2**80, "at_least": 2}).status_code == 404
    assert wanted(app, cast) == []


@pytest.mark.parametrize("at_least", [0, 21])
def test_the_database_keeps_the_bounds(unit, cast, at_least):
    need = SchoolNeed(
        school_id=cast.schools["wilgen"], item_id=item_called("dyslexia"), at_least=at_least, by_id=0
    )
    with pytest.raises(IntegrityError, match="ck_school_need_at_least"), unit.begin_nested():
        unit.add(need)

"""Merging two items: no record is lost, none is opened wider, and of two coordinators at once one is told."""

from threading import Barrier, Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from app.expertise.models import (
    ExpertiseItem,
    ExpertiseRecord,
    RecordKind,
    RecordProposal,
    SchoolNeed,
    Visibility,
)
from app.expertise.queries import taxonomy
from app.expertise.services.merging import merge_item
from app.expertise.services.records import add_record
from app.kernel.actor import SYSTEM
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from app.organisation.queries import actor_of
from tests.expertise.records import a_proposal, a_record, item_called

URL = "/waterland/expertise-indeling/onderwerpen"
OLD, NEW = "dyslexia", "spelling"
WHO = ("teacher", "ib", "leader")
one_record = st.tuples(
    st.sampled_from(WHO),
    st.sampled_from((OLD, NEW)),
    st.sampled_from(tuple(RecordKind)),
    st.sampled_from(("Lezen", "lezen", "Schrijven")),
    st.sampled_from(tuple(Visibility)),
)


def add(cast, who, item, kind, title, visibility):
    course = {"course_title": title, "course_state": "running"} if kind == RecordKind.COURSE else {}
    return a_record(cast[who].person_id, item, kind=kind, visibility=visibility, **course)


def same(who, item, kind, title):
    return who, item, kind, title.lower() if kind == RecordKind.COURSE else ""


@settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(one_record, max_size=14))
def test_no_record_is_lost_and_none_is_opened_wider(unit, cast, drawn):
    old, new = item_called(OLD), item_called(NEW)
    unit.execute(delete(ExpertiseRecord))
    unit.execute(update(ExpertiseItem).values(retired_at=None, merged_into_id=None))
    unit.expire_all()
    made = {}
    for who, item, kind, title, visibility in drawn:
        if same(who, item, kind, title) not in made:
            made[same(who, item, kind, title)] = add(cast, who, item, kind, title, visibility).id
    before = {row.id: content(row) for row in unit.scalars(select(ExpertiseRecord))}
    merge_item(SYSTEM, old, new)
    unit.expire_all()
    rows = unit.scalars(select(ExpertiseRecord)).all()
    assert {row.id: content(row) for row in rows} == before
    for (who, item, kind, title), record_id in made.items():
        stays = item == OLD and (who, NEW, kind, title) in made
        assert next(row for row in rows if row.id == record_id).item_id == (old if stays else new)


def content(row):
    """All of a record but its item."""
    return row.person_id, row.kind, row.level, row.course_title, row.visibility, row.since, row.confirmed_on


def test_what_was_proposed_and_what_schools_want_follow(unit, cast):
    school_id, teacher = cast.schools["wilgen"], cast["teacher"].person_id
    proposal = a_proposal(teacher, school_id, OLD)
    old, new = item_called(OLD), item_called(NEW)
    unit.add(SchoolNeed(school_id=school_id, item_id=old, at_least=2, by_id=0))
    unit.flush()
    merge_item(SYSTEM, old, new)
    unit.expire_all()
    assert unit.get_one(RecordProposal, (cast.network.id, proposal.id)).item_id == new
    assert unit.scalars(select(SchoolNeed.item_id)).all() == [new]
    assert taxonomy().current(old).id == new


def test_an_item_can_not_go_up_in_itself_in_nothing_or_in_what_is_retired(unit, actor):
    old, new = item_called(OLD), item_called(NEW)
    with pytest.raises(Invalid):
        merge_item(actor("coordinator"), old, old)
    with pytest.raises(Invalid):
        merge_item(actor("coordinator"), old, 987_654)
    with pytest.raises(NotFound):
        merge_item(actor("coordinator"), 987_654, old)
    with pytest.raises(Forbidden):
        merge_item(actor("leader"), old, new)
    merge_item(actor("coordinator"), new, item_called("writing"))
    with pytest.raises(Conflict):
        merge_item(actor("coordinator"), old, new)
    with pytest.raises(Conflict, match="Schrijven"):
        merge_item(actor("coordinator"), new, old)


def test_the_page_tells_what_it_means_and_no_number_of_a_few(as_, app, cast):
    with app.database.unit_of_work(cast.network):
        a_record(cast["teacher"].person_id, OLD)
        a_record(cast["ib"].person_id, OLD, visibility=Visibility.NETWORK)
        old, new = item_called(OLD), item_called(NEW)
    coordinator = as_(cast["coordinator"])
    page = coordinator.get(f"{URL}/{old}/samenvoeging?met={new}").text
    assert "Dit kun je niet ongedaan maken" in page
    assert "1 collega zichtbaar voor het netwerk" in page
    assert "Kies een onderwerp." in coordinator.get(f"{URL}/{old}/samenvoeging?met=").text
    assert "alleen op de eigen school" not in page
    assert coordinator.post(f"{URL}/{old}/samenvoeging", data={"into_id": new}).status_code == 302
    assert coordinator.post(f"{URL}/{old}/samenvoeging", data={"into_id": new}).status_code == 409
    assert f'"{URL}/{old}/archivering/opheffing"' not in coordinator.get("/waterland/expertise-indeling").text


@pytest.mark.parametrize("targets", [(NEW, NEW), (NEW, "writing")])
def test_of_two_coordinators_who_merge_the_same_item_at_once_one_is_told(committed, targets):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        for who in WHO:
            a_record(cast[who].person_id, OLD)
        old, ids = item_called(OLD), [item_called(target) for target in targets]
    results = at_once(app, cast, [(old, target) for target in ids])
    assert sorted(results) == ["conflict", "merged"]
    with app.database.unit_of_work(cast.network) as unit:
        merged = unit.get_one(ExpertiseItem, (cast.network.id, old))
        found = set(unit.scalars(select(ExpertiseRecord.item_id)))
        assert found == {merged.merged_into_id}


def test_two_who_merge_crosswise_do_not_wait_for_ever(committed):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        a_record(cast["teacher"].person_id, OLD)
        one, other = item_called(OLD), item_called(NEW)
    assert sorted(at_once(app, cast, [(one, other), (other, one)])) == ["conflict", "merged"]


def test_what_is_said_while_items_merge_ends_under_the_one_that_stays(committed):
    app, cast = committed
    with app.app_context(), app.database.unit_of_work(cast.network):
        old, new = item_called(OLD), item_called(NEW)
        teacher = actor_of(cast["teacher"].person_id)
    merging, said = Event(), []

    def say():
        with app.app_context(), app.database.unit_of_work(cast.network):
            assert not taxonomy().item(old).is_retired
            merging.set()
            said.append(add_record(teacher, {"item_id": old, "kind": RecordKind.INTEREST}).item_id)

    speaker = Thread(target=say)
    with app.app_context(), app.database.unit_of_work(cast.network):
        merge_item(SYSTEM, old, new)
        speaker.start()
        merging.wait()
    speaker.join()
    assert said == [new]


def at_once(app, cast, merges):
    start, results = Barrier(len(merges)), []

    def merge(item_id, into_id):
        start.wait()
        try:
            with app.database.unit_of_work(cast.network):
                merge_item(SYSTEM, item_id, into_id)
            results.append("merged")
        except Conflict:
            results.append("conflict")

    def run(pair):
        with app.app_context():
            merge(*pair)

    threads = [Thread(target=run, args=(pair,)) for pair in merges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results

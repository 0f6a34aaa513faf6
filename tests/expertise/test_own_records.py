"""What a teacher does with her own records: tick many, say more of one, take away and put back, take along."""

import io
import re

import pytest
from openpyxl import load_workbook

from app.expertise.models import ExpertiseDomain, ExpertiseItem, ExpertiseRecord, RecordKind, Visibility
from app.expertise.services.shipping import ship_taxonomy
from app.kernel.clock import now
from tests.expertise.records import a_record, domain_of, item_called

OWN = "/waterland/expertise"


@pytest.fixture
def teacher(as_, cast):
    return as_(cast["teacher"])


@pytest.fixture
def in_network(app, cast):
    """Do something in the network of the cast; gives what it gives."""

    def do(work):
        with app.database.unit_of_work(cast.network) as unit:
            return work(unit)

    return do


@pytest.fixture
def kept(in_network, cast):
    """The teacher's records as item code, kind, level, by code."""

    def read():
        def work(unit):
            rows = unit.query(ExpertiseRecord, ExpertiseItem.code).join(
                ExpertiseItem, ExpertiseItem.id == ExpertiseRecord.item_id
            )
            mine = rows.filter(ExpertiseRecord.person_id == cast["teacher"].person_id)
            return {(code, one.kind): (one.level, one.visibility, one.willing) for one, code in mine}

        return in_network(work)

    return read


@pytest.fixture
def ids(in_network):
    def of(*codes):
        return in_network(lambda _unit: [item_called(code) for code in codes])

    return of


def undo_in(page):
    """What the undo button of a page posts."""
    found = re.search(r'action="([^"]+terugzetting)".*?name="removed"\s+value="([^"]*)"', page, re.DOTALL)
    assert found
    return found[1], {"removed": found[2].replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")}


def test_a_domain_is_filled_in_at_once(teacher, kept, ids, in_network):
    dyslexia, spelling = ids("dyslexia", "spelling")
    domain_id = in_network(lambda _unit: domain_of(dyslexia))
    form = {
        f"level-{dyslexia}": 3, f"was-{dyslexia}": "000", f"seen-{dyslexia}": "Dyslexie",
        f"interest-{spelling}": 1, f"ambition-{spelling}": 1, f"level-{spelling}": 0,
        "visibility": "network", "willing": "1",
    }  # fmt: skip
    answer = teacher.post(f"{OWN}/domeinen/{domain_id}", data=form, follow_redirects=True)
    assert "3 dingen zijn opgeslagen" in answer.text
    assert kept() == {
        ("dyslexia", "expertise"): (3, "network", True),
        ("spelling", "interest"): (None, "network", False),
        ("spelling", "ambition"): (None, "network", False),
    }


def test_an_older_form_takes_nothing_away_that_it_did_not_show(teacher, kept, ids, in_network, cast):
    """Two windows: in the other one she added something meanwhile."""
    dyslexia = ids("dyslexia")[0]
    in_network(lambda _unit: a_record(cast["teacher"].person_id))
    form = {f"level-{dyslexia}": 0, f"was-{dyslexia}": "000", f"interest-{dyslexia}": 1}
    assert teacher.post(f"{OWN}/onderwerpen", data=form).status_code == 302
    assert set(kept()) == {("dyslexia", "expertise"), ("dyslexia", "interest")}


def test_what_is_taken_away_comes_back_whole(teacher, kept, ids, in_network, cast):
    words = "=1+1 'en' \"zo\" & <b>"
    record_id = in_network(
        lambda _unit: (
            a_record(cast["teacher"].person_id, own_words=words, willing=True, visibility="private").id
        )
    )
    before = kept()
    page = teacher.post(f"{OWN}/{record_id}/verwijdering", follow_redirects=True).text
    assert kept() == {}
    url, fields = undo_in(page.replace("&lt;", "<").replace("&gt;", ">"))
    teacher.post(url, data=fields)
    assert kept() == before
    assert in_network(lambda unit: unit.query(ExpertiseRecord).one().own_words) == words
    teacher.post(url, data=fields)
    assert kept() == before, "done twice it changes nothing"


@pytest.mark.parametrize(
    "removed",
    [
        "",
        "geen json",
        "[1]",
        "[" * 5000,
        '[{"item_id": 1, "kind": "course", "visibility": "school", "since": "2026-01-01", "confirmed_on": "2026-01-01"}]',
        '[{"item_id": 1, "kind": "interest", "level": 2, "visibility": "all"}]',
    ],
)
def test_what_was_never_a_record_is_not_put_back(teacher, kept, removed):
    assert teacher.post(f"{OWN}/terugzetting", data={"removed": removed}).status_code == 422
    assert kept() == {}


def test_what_is_said_of_a_merged_item_stands_with_what_it_became(teacher, kept, ids, in_network):
    spelling, writing = ids("spelling", "writing")

    def merge(unit):
        item = unit.query(ExpertiseItem).filter_by(id=spelling).one()
        item.retired_at, item.merged_into_id = now(), writing

    in_network(merge)
    form = {f"level-{spelling}": 2, f"was-{spelling}": "000", f"seen-{spelling}": "Spelling"}
    answer = teacher.post(f"{OWN}/onderwerpen", data=form, follow_redirects=True)
    assert "‘Spelling’ heet nu ‘Schrijven’" in answer.text
    assert set(kept()) == {("writing", "expertise")}


def test_a_name_that_changed_meanwhile_is_told(teacher, kept, ids, in_network):
    spelling = ids("spelling")[0]
    in_network(
        lambda unit: unit.query(ExpertiseItem).filter_by(id=spelling).update({"name": "Goed schrijven"})
    )
    form = {f"level-{spelling}": 1, f"seen-{spelling}": "Spelling"}
    answer = teacher.post(f"{OWN}/onderwerpen", data=form, follow_redirects=True)
    assert "‘Spelling’ heet nu ‘Goed schrijven’" in answer.text
    assert set(kept()) == {("spelling", "expertise")}


def test_nothing_is_saved_on_an_item_that_was_retired_and_she_is_told(teacher, kept, ids, in_network):
    spelling, writing = ids("spelling", "writing")
    in_network(lambda unit: unit.query(ExpertiseItem).filter_by(id=spelling).update({"retired_at": now()}))
    form = {f"level-{spelling}": 1, f"level-{writing}": 1}
    answer = teacher.post(f"{OWN}/onderwerpen", data=form, follow_redirects=True)
    assert "Spelling: wordt niet meer gebruikt" in answer.text
    assert set(kept()) == {("writing", "expertise")}


def test_what_she_had_of_a_retired_item_stays_and_can_go(teacher, kept, ids, in_network, cast):
    spelling = ids("spelling")[0]
    record_id = in_network(lambda _unit: a_record(cast["teacher"].person_id, "spelling").id)
    in_network(lambda unit: unit.query(ExpertiseItem).filter_by(id=spelling).update({"retired_at": now()}))
    page = teacher.get(OWN).text
    assert "niet meer in gebruik" in page
    answer = teacher.post(f"{OWN}/{record_id}/verwijdering", follow_redirects=True)
    assert kept() == {}
    teacher.post(*undo_in(answer.text)[:1], data=undo_in(answer.text)[1])
    assert set(kept()) == {("spelling", "expertise")}


def test_three_hundred_subjects_in_one_form_are_too_many(teacher, kept):
    form = {f"level-{number}": 3 for number in range(1, 301)}
    answer = teacher.post(f"{OWN}/onderwerpen", data=form)
    assert answer.status_code == 422
    assert "Sla één domein per keer op" in answer.text
    assert kept() == {}


def test_an_item_of_another_network_does_not_exist(teacher, kept, app, cast):
    with app.database.unit_of_work(cast.other_network) as unit:
        if not unit.query(ExpertiseDomain).count():
            ship_taxonomy()
        foreign = max(one.id for one in unit.query(ExpertiseItem))
    assert teacher.post(f"{OWN}/onderwerpen", data={f"level-{foreign + 1000}": 3}).status_code == 404
    assert kept() == {}


def test_a_refused_form_keeps_what_was_ticked(teacher, kept, ids, in_network):
    dyslexia = ids("dyslexia")[0]
    domain_id = in_network(lambda _unit: domain_of(dyslexia))
    form = {
        f"level-{dyslexia}": 4,
        f"was-{dyslexia}": "000",
        f"interest-{dyslexia}": 1,
        "visibility": "iedereen",
    }
    answer = teacher.post(f"{OWN}/domeinen/{domain_id}", data=form)
    assert answer.status_code == 422
    assert "Kies wie het mag zien" in answer.text
    assert re.search(rf'name="level-{dyslexia}"\s+value="4"\s+checked', answer.text)
    assert re.search(rf'name="interest-{dyslexia}"\s+value="1" checked', answer.text)
    assert kept() == {}


COURSE = {"course_title": "Taal in beeld", "course_state": "running", "starts_on": "2026-09-01"}


def test_a_course_has_a_title_a_state_and_days_in_order(teacher, kept, ids):
    item = {"item_id": ids("dyslexia")[0]}
    refused = [
        {**item, **COURSE, "course_title": " "},
        {**item, **COURSE, "course_title": "x" * 121},
        {**item, **COURSE, "course_state": "ooit"},
        {**item, **COURSE, "ends_on": "2026-08-31"},
        {**item, **COURSE, "starts_on": "gisteren"},
        {**COURSE},
    ]
    for form in refused:
        answer = teacher.post(f"{OWN}/cursussen", data=form)
        assert answer.status_code == 422, form
        assert 'class="error-summary"' in answer.text
    assert kept() == {}
    assert teacher.post(f"{OWN}/cursussen", data={**item, **COURSE}).status_code == 302
    twin = teacher.post(f"{OWN}/cursussen", data={**item, **COURSE, "course_title": "TAAL in beeld"})
    assert twin.status_code == 422
    assert "TAAL in beeld" in twin.text
    assert len(kept()) == 1


def test_own_words_that_seem_to_be_about_a_pupil_are_kept_only_when_she_says_they_are_not(
    teacher, in_network, cast
):
    record_id = in_network(lambda _unit: a_record(cast["teacher"].person_id).id)
    form = {"level": 2, "visibility": "school", "own_words": "Gesprek van 12-03-2016"}
    answer = teacher.post(f"{OWN}/{record_id}", data=form)
    assert answer.status_code == 422
    assert "Gesprek van 12-03-2016" in answer.text
    assert "not_about_pupil" in answer.text
    assert teacher.post(f"{OWN}/{record_id}", data={**form, "not_about_pupil": "1"}).status_code == 302
    too_long = {**form, "own_words": "x" * 201}
    assert teacher.post(f"{OWN}/{record_id}", data=too_long).status_code == 422


def test_nobody_else_reaches_a_record_whatever_its_visibility(as_, cast, in_network):
    for visibility, item in zip(Visibility, ("dyslexia", "spelling", "writing"), strict=True):
        record_id = in_network(
            lambda _unit, item=item, visibility=visibility: (
                a_record(cast["teacher"].person_id, item, visibility=visibility).id
            )
        )
        for who in ("ib", "leader", "colleague"):
            client = as_(cast[who])
            assert client.get(f"{OWN}/{record_id}").status_code == 404
            assert client.post(f"{OWN}/{record_id}", data={"level": 1}).status_code == 404
            assert client.post(f"{OWN}/{record_id}/verwijdering").status_code == 404


def test_her_file_has_all_and_every_cell_is_text(teacher, in_network, cast):
    formula = "=HYPERLINK(A1)"
    person_id = cast["teacher"].person_id
    in_network(lambda _unit: a_record(person_id, own_words=formula, visibility=Visibility.PRIVATE))
    in_network(
        lambda _unit: a_record(person_id, kind=RecordKind.COURSE, course_title="+cursus", course_state="done")
    )
    teacher.post(f"{OWN}/bereikbaarheid", data={"halfdays": [0, 1], "ways": ["mail"], "note": "@na drie uur"})
    text = teacher.get(f"{OWN}/bestand?als=csv").data.decode("utf-8-sig")
    assert '"\'=HYPERLINK(A1)"' in text
    assert '"\'+cursus"' in text
    assert '"\'@na drie uur"' in text
    assert "Alleen ik" in text
    book = load_workbook(io.BytesIO(teacher.get(f"{OWN}/bestand").data))
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == formula]
    assert [cell.data_type for cell in cells] == ["s"]


def test_reachability_takes_half_days_and_ways_that_are_there(teacher):
    for form in ({"halfdays": [10]}, {"ways": ["duif"]}, {"note": "x" * 201}, {"note": "bsn 12345678"}):
        assert teacher.post(f"{OWN}/bereikbaarheid", data=form).status_code == 422, form
    assert (
        teacher.post(f"{OWN}/bereikbaarheid", data={"halfdays": [0, 0], "ways": ["talk"]}).status_code == 302
    )

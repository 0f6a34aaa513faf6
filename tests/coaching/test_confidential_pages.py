"""Texts of a trajectory on the page and in the tables: shown as they were typed, and readable in no dump."""

import html

import pytest
from sqlalchemy import text

from app.coaching.models import CheckIn, Evaluation, Note
from tests.coaching.trajectories import small_trajectory
from tests.walls.test_answers import XSS

CANARY = "kanarie-7f3a"
SCORES = {"practice": 4, "noticed": 2, "outside": 5, "worthwhile": 4}


@pytest.fixture
def url(app, cast):
    with app.database.unit_of_work(cast.network):
        return f"/waterland/trajecten/{small_trajectory(cast).id}"


@pytest.fixture
def ib(as_, cast):
    return as_(cast["ib"])


@pytest.fixture
def coach(as_, cast):
    return as_(cast["coach"])


def write_everywhere(ib, url, words):
    """The same words in a note, a check-in and an evaluation, all of them for the other to read."""
    data = {"text": words, "not_about_pupil": "1"}
    answers = [
        ib.post(f"{url}/notities", data=data | {"kind": "shared"}),
        ib.post(f"{url}/tussenstand", data=data | {"score": 3}),
        ib.post(f"{url}/afsluiting", data={"outcome": "early"}),
        ib.post(f"{url}/evaluatie", data=data | SCORES),
        ib.post(f"{url}/evaluatie/vrijgave"),
    ]
    assert [answer.status_code for answer in answers] == [302] * 5


def test_a_dump_of_the_tables_shows_none_of_it(app, cast, ib, url):
    write_everywhere(ib, url, CANARY)
    with app.database.unit_of_work(cast.network) as unit:
        for row in (Note, CheckIn, Evaluation):
            assert unit.query(row).one().text == CANARY
            dump = unit.scalars(text(f"SELECT t::text FROM {row.__tablename__} t")).one()
            assert CANARY not in dump
            assert CANARY.encode().hex() not in dump
        trail = unit.scalars(text("SELECT string_agg(a::text, ' ') FROM audit_entry a")).one()
    assert "write note" in trail
    assert CANARY not in trail


@pytest.mark.parametrize("typed", XSS)
def test_what_is_typed_is_shown_and_never_runs(ib, coach, url, typed):
    coach.post(f"{url}/tussenstand", data={"score": 5})
    write_everywhere(ib, url, typed)
    kept = typed.replace("\x00", "").strip()
    for part in ("notities", "tussenstand", "afsluiting"):
        page = coach.get(f"{url}/{part}").text
        shown = page[page.index('<blockquote class="quote">') :].split("</blockquote>")[0]
        assert html.unescape(shown).replace('<blockquote class="quote">', "").strip() == kept
        assert "<" not in shown.replace('<blockquote class="quote">', "")


@pytest.mark.parametrize(
    ("part", "data", "said"),
    [
        ("notities", {"kind": "own"}, "Schrijf eerst iets op."),
        ("notities", {"text": "a"}, "Kies voor wie deze notitie is."),
        ("notities", {"text": "a", "kind": "everybody"}, "Kies voor wie deze notitie is."),
        ("notities", {"text": "a" * 4001, "kind": "own"}, "hooguit 4.000 tekens"),
        ("tussenstand", {"text": "a"}, "Kies een van de vijf antwoorden."),
        ("tussenstand", {"score": "6"}, "Kies een van de vijf antwoorden."),
        ("afsluiting", {}, "Kies hoe het traject eindigde."),
        ("afsluiting", {"outcome": "great"}, "Kies hoe het traject eindigde."),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(ib, url, part, data, said):
    answer = ib.post(f"{url}/{part}", data=data)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert data.get("text", "") in answer.text


def test_of_an_evaluation_each_statement_is_asked_for(ib, url):
    ib.post(f"{url}/afsluiting", data={"outcome": "completed"})
    answer = ib.post(f"{url}/evaluatie", data={"practice": 4, "text": "Blijft staan"})
    assert answer.status_code == 422
    assert answer.text.count("Kies een van de vijf antwoorden.</a>") == 3
    assert "Blijft staan" in answer.text


def test_a_text_about_a_pupil_is_kept_once_she_says_that_it_is_not(ib, url):
    note = {"text": "Gesprek van 12-03-2016", "kind": "own"}
    answer = ib.post(f"{url}/notities", data=note)
    assert answer.status_code == 422
    assert 'name="not_about_pupil"' in answer.text
    assert ib.post(f"{url}/notities", data=note | {"not_about_pupil": "1"}).status_code == 302
    assert "Gesprek van 12-03-2016" in ib.get(f"{url}/notities").text


def test_a_note_is_thrown_away_with_a_way_back(ib, url):
    ib.post(f"{url}/notities", data={"text": CANARY, "kind": "own"})
    page = ib.get(f"{url}/notities").text
    number = page.split('id="note-')[1].split('"')[0]
    gone = ib.post(f"{url}/notities/{number}/verwijdering", follow_redirects=True).text
    assert CANARY not in gone
    assert f"{url}/notities/{number}/terugzetting" in gone
    assert CANARY in ib.post(f"{url}/notities/{number}/terugzetting", follow_redirects=True).text


def test_an_own_note_leaves_no_trace_for_the_other(ib, coach, url):
    before = coach.get(f"{url}/notities").text
    ib.post(f"{url}/notities", data={"text": CANARY, "kind": "own"})
    after = coach.get(f"{url}/notities").text
    assert "Nog geen notities" in before
    assert "Nog geen notities" in after
    assert CANARY in ib.get(f"{url}/notities").text


def test_the_page_says_what_a_closure_means_and_afterwards_how_it_stands(ib, coach, url):
    before = ib.get(f"{url}/afsluiting").text
    assert "De plek bij de coach komt in deze ronde vrij" in before
    assert "nooit waarom" in before
    after = ib.post(f"{url}/afsluiting", data={"outcome": "early"}, follow_redirects=True).text
    assert "eerder dan gepland afgerond" in after
    assert "Traject heropenen" in after
    assert "Vraag een andere coach" in after
    theirs = coach.get(f"{url}/afsluiting").text
    assert "Traject heropenen" not in theirs
    assert "Vraag een andere coach" not in theirs
    assert "kan het heropenen tot" in theirs

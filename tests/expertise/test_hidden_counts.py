"""Nothing that the map shows tells of what others keep within their own school, but one number in whole groups.

Each example is a small world: people at the three schools of the cast, each with what she can help with and to whom she
opened it. All that a viewer can ask of the map is read from the real pages and files. Then somebody hidden comes or goes.
"""

import io
import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import delete, select

from app.expertise.models import ExpertiseItem, ExpertiseRecord, Visibility
from app.expertise.queries import counts
from app.kernel.permissions import Role
from app.kernel.privacy import SMALLEST_GROUP
from tenants.session import session
from tests.expertise.records import a_record, item_called
from tests.world import add_person, add_role

CODES = ("dyslexia", "spelling")
"""Two items of one domain."""
CHANGING = re.compile(r'name="csrf_token" value="[^"]+"|X-CSRFToken[^}]+|<footer.*?</footer>', re.DOTALL)
TOLD = re.compile(
    r"<tr role=\"row\">\s*<th[^>]*>\s*<span>En nog minstens</span>.*?</tr>"
    r"|In het hele netwerk kunnen nog minstens \d+ mensen[^<]*|Minder dan vijf anderen[^<]*"
    r"|(<span class=\"table__sub\">)?Nog minstens \d+ del[^<]*(</span>)?",
    re.DOTALL,
)
"""The one number for each item, on a page."""
few = settings(
    max_examples=6,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass(frozen=True)
class Somebody:
    """A person of an example."""

    schools: frozenset[str]
    item: str
    visibility: Visibility
    level: int = 3
    year: int = 2024


people = st.builds(
    Somebody,
    schools=st.sets(st.sampled_from(["wilgen", "linde", "kompas"]), min_size=1, max_size=2).map(frozenset),
    item=st.sampled_from(CODES),
    visibility=st.sampled_from(list(Visibility)),
    level=st.sampled_from([2, 3, 4]),
    year=st.sampled_from([2020, 2024]),
)
hidden = st.builds(
    Somebody,
    schools=st.sampled_from([frozenset({"linde"}), frozenset({"kompas"}), frozenset({"linde", "kompas"})]),
    item=st.sampled_from(CODES),
    visibility=st.just(Visibility.SCHOOL),
    level=st.sampled_from([3, 4]),
    year=st.sampled_from([2020, 2024]),
)
"""Whom the leader of De Wilgen may not see."""


class World:
    """The pages of the map for the leader of De Wilgen, in a world that can be made and changed."""

    def __init__(self, app, cast, browser):
        self.app, self.cast, self.browser = app, cast, browser
        with app.database.unit_of_work(cast.network):
            self.items = {code: item_called(code) for code in CODES}
            self.domain = session().scalar(
                select(ExpertiseItem.domain_id).where(ExpertiseItem.id == self.items["dyslexia"])
            )

    def add(self, members):
        """People come; gives the ids of their records."""
        with self.app.database.unit_of_work(self.cast.network):
            return [self._add(one) for one in members]

    def remove(self, record_ids):
        """Records go."""
        with self.app.database.unit_of_work(self.cast.network) as unit:
            unit.execute(delete(ExpertiseRecord).where(ExpertiseRecord.id.in_(record_ids)))

    def shown(self):
        """All that she can ask of the map, as it is shown, by address."""
        return {url: self._read(f"/waterland/expertisekaart{url}") for url in self._addresses()}

    def _add(self, one):
        person_id = add_person("Iemand", "Ergens").id
        for school in sorted(one.schools):
            add_role(person_id, Role.TEACHER, self.cast.schools[school])
        since = f"{one.year}-02-01"
        changes = {"visibility": one.visibility, "level": one.level, "since": since}
        return a_record(person_id, one.item, **changes).id

    def _addresses(self):
        item, domain = self.items["dyslexia"], self.domain
        for question in (
            "", f"?domein={domain}", f"?domein={domain}&sinds=2022&q=linde", "?concept=dalton",
        ):  # fmt: skip
            yield question
            yield f"/bestand{question}"
        yield from (f"/aandacht?lijst={key}" for key in ("gaten", "een", "niemand"))
        yield f"/onderwerpen/{item}"
        yield f"/onderwerpen/{item}?q=linde&sinds=2022"
        yield f"/regio?keuze=onderwerp-{item}"
        yield f"/scholen/{self.cast.schools['linde']}"
        yield f"/scholen/{self.cast.schools['wilgen']}?onderwerp={item}"

    def _read(self, url):
        answer = self.browser.get(url)
        assert answer.status_code == 200
        if "/bestand" not in url:
            return CHANGING.sub("", answer.text)
        rows = (
            load_workbook(io.BytesIO(answer.data), read_only=True).worksheets[0].iter_rows(values_only=True)
        )
        return "\n".join(str(row) for row in rows)


@pytest.fixture
def world(app, cast, as_):
    """Makes examples, each undone before the next."""

    def play(example):
        inside = app.database.connection.begin_nested()
        try:
            return example(World(app, cast, as_(cast["leader"])))
        finally:
            inside.rollback()

    return play


def without_total(pages):
    """The pages without the one number that may tell of others."""
    return {
        url: "\n".join(line for line in text.splitlines() if not line.startswith("('En nog minstens'"))
        if "/bestand" in url
        else re.sub(r"\s+", " ", TOLD.sub("", text))
        for url, text in pages.items()
    }


def differing(one, other):
    """The addresses at which two worlds look different."""
    return [url for url in one if one[url] != other[url]]


@given(seen=st.lists(people, max_size=5), kept=st.lists(hidden, max_size=8), leaves=st.data())
@few
def test_nobody_notices_somebody_hidden_who_comes_within_a_group(world, seen, kept, leaves):
    def example(here):
        here.add(seen)
        ids = here.add(kept)
        before = here.shown()
        others = {code: _hidden_in(seen + kept, code) for code in CODES}
        removable = {code: others[code] % SMALLEST_GROUP for code in CODES}
        gone = []
        for one, record_id in zip(kept, ids, strict=True):
            if removable[one.item] and leaves.draw(st.booleans()):
                removable[one.item] -= 1
                gone.append(record_id)
        here.remove(gone)
        return differing(before, here.shown())

    assert world(example) == []


@given(seen=st.lists(people, max_size=5), kept=st.lists(hidden, min_size=1, max_size=12))
@few
def test_nothing_but_the_total_of_an_item_depends_on_who_is_hidden(world, seen, kept):
    def example(here):
        here.add(seen)
        before = without_total(here.shown())
        here.add(kept)
        return differing(before, without_total(here.shown()))

    assert world(example) == []


def test_the_total_is_the_same_under_each_filter_on_each_date_and_in_the_file(world):
    def example(here):
        here.add([Somebody(frozenset({"linde"}), "dyslexia", Visibility.SCHOOL, year=2024)] * 7)
        pages = here.shown()
        told = {
            tuple(re.findall(r">(\d+|–)<", re.search(TOLD, text).group()))
            for url, text in pages.items()
            if url.startswith("?domein")
        }
        filed = {
            tuple(re.findall(r"'(\d+|–)'", line))
            for url, text in pages.items()
            if url.startswith("/bestand?domein")
            for line in text.splitlines()
            if line.startswith("('En nog minstens'")
        }
        return told, filed

    told, filed = world(example)
    assert told == filed
    (numbers,) = told
    assert sorted(set(numbers)) == ["5", "–"]


def test_a_planted_count_of_each_one_is_noticed(world, monkeypatch):
    monkeypatch.setattr(counts, "in_whole_groups", lambda count: count)
    one = Somebody(frozenset({"linde"}), "dyslexia", Visibility.SCHOOL)

    def example(here):
        before = here.shown()
        here.add([one])
        return differing(before, here.shown())

    assert f"?domein={world(lambda here: here.domain)}" in world(example)


def test_a_planted_cell_that_counts_the_hidden_is_noticed(world, monkeypatch):
    monkeypatch.setattr(
        counts, "seen_at", lambda _school, _actor: ExpertiseRecord.visibility != Visibility.PRIVATE
    )
    one = Somebody(frozenset({"linde"}), "dyslexia", Visibility.SCHOOL)

    def example(here):
        before = without_total(here.shown())
        here.add([one])
        return differing(before, without_total(here.shown()))

    assert {"", "/bestand"} <= set(world(example))


def _hidden_in(members, code):
    """How many others share an item with their own school alone, where that is not De Wilgen."""
    return sum(
        one.item == code
        and one.level >= 3
        and one.visibility == Visibility.SCHOOL
        and "wilgen" not in one.schools
        for one in members
    )

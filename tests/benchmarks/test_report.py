"""What the benchmark tells: bars that are missed, and tables."""

import json
from datetime import UTC, datetime

import pytest

from tests.benchmarks.__main__ import DOCUMENT
from tests.benchmarks.machine import Machine
from tests.benchmarks.page_times import PageTimes, percentile
from tests.benchmarks.report import BEGIN, END, Report, put_between_marks
from tests.benchmarks.web import Answer

MACHINE = Machine("a processor", 2, 8.0, "Linux", {"Python": "3.11"})


def page(**changes):
    values = {
        "endpoint": "organisation.index_people", "narrowed": "", "role": "coordinator", "size": "median",
        "queries": 7, "p50": 20.0, "p95": 30.0, "p50_of_8": 60.0, "p95_of_8": 90.0, "cpu": 18.0,
        "floor": 2.0, "queries_alone": 5.0,
    }  # fmt: skip
    return PageTimes(**(values | changes))


def report(*pages, **changes):
    return Report(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), MACHINE, 0.1, True, pages=list(pages), **changes)


def test_a_page_within_the_bar_is_not_told():
    assert report(page(p95=50.0), page(size="largest", p95=100.0)).missed() == []


@pytest.mark.parametrize(("size", "p95"), [("median", 50.1), ("largest", 100.1)])
def test_a_page_over_the_bar_is_told(size, p95):
    (told,) = report(page(size=size, p95=p95)).missed()
    assert "organisation.index_people" in told
    assert size in told


def test_an_uneven_number_of_queries_is_told():
    (told,) = report(page(), uneven=["home.show_today ib: {'median': 7, 'largest': 8}"]).missed()
    assert "home.show_today" in told


def test_the_document_shows_each_page_for_whom_it_is_slowest():
    text = report(page(role="ib", p95=31.0), page(role="coach", p95=32.0)).as_markdown()
    assert "| coach" in text
    assert "| ib" not in text


def test_the_terminal_shows_each_page_of_everybody():
    text = report(page(role="ib"), page(role="coach")).as_text()
    assert "| ib" in text
    assert "| coach" in text


def test_figures_stand_under_their_heads():
    lines = [line for line in report(page()).as_text().splitlines() if line.startswith("|")]
    assert len({len(line) for line in lines}) == 1


def test_json_holds_every_figure():
    figures = json.loads(report(page()).as_json())
    assert figures["pages"][0]["p95"] == 30.0
    assert figures["missed"] == []


def test_only_what_stands_between_the_marks_is_replaced():
    document = f"Before\n{BEGIN}\n\nold\n\n{END}\nAfter\n"
    assert put_between_marks(document, "new") == f"Before\n{BEGIN}\n\nnew\n\n{END}\nAfter\n"


def test_the_document_has_the_marks():
    put_between_marks(DOCUMENT.read_text(encoding="utf-8"), "new")


def test_a_document_without_marks_is_refused():
    with pytest.raises(ValueError, match="marks"):
        put_between_marks("Before\nAfter\n", "new")


def test_a_percentile_is_an_answer_that_was_given():
    answers = [Answer(seconds=number / 1000, cpu=0.0) for number in range(1, 21)]
    assert percentile(answers, 50) == pytest.approx(10.0)
    assert percentile(answers, 95) == pytest.approx(19.0)

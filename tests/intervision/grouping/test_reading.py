"""A file that does not fit is refused with one line that names the place."""

from copy import deepcopy

import pytest

from app.intervision.grouping import MalformedInstance, Person, Relations, make_task, read_task

GOOD = {
    "format": "intervision-groups/1",
    "settings": {"min": 4, "target": 6, "max": 8, "size_penalty": 50, "effort": "normal"},
    "people": [
        {"id": "p1", "school": "03WU00", "board": "32073", "halfdays": [0, 3, 7]},
        {"id": "p2", "school": "04AB00", "board": None, "halfdays": []},
        {"id": "p3", "school": "04AB00", "halfdays": [9]},
    ],
    "pairs": [["p1", "p2", 120]],
    "forbidden": [["p1", "p3"], ["p3", "p1"]],
    "together": [["p1", "p2", 1]],
}


def test_a_good_file_is_read():
    task = read_task(GOOD)
    assert [person.id for person in task.people] == ["p1", "p2", "p3"]
    assert task.score[0, 1] == task.score[1, 0] == 95
    assert task.forbidden[0, 2]
    assert not task.fits[1, 2]


def test_only_format_and_people_are_required():
    assert read_task({"format": GOOD["format"], "people": []}).people == ()


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (["format"], "intervision-groups/2", "format"),
        (["people"], {}, "people"),
        (["people", 0], [], "people[0]"),
        (["people", 0, "id"], "", "people[0].id"),
        (["people", 1, "id"], "p1", "people[1].id"),
        (["people", 0, "school"], 3, "people[0].school"),
        (["people", 0, "board"], 3, "people[0].board"),
        (["people", 0, "age"], 3, "people[0]"),
        (["people", 0, "halfdays"], 3, "people[0].halfdays"),
        (["people", 0, "halfdays"], [10], "people[0].halfdays[0]"),
        (["people", 0, "halfdays"], [True], "people[0].halfdays[0]"),
        (["people", 0, "halfdays"], [1, 1], "people[0].halfdays[1]"),
        (["settings", "min"], 1, "settings.min"),
        (["settings", "min"], 7, "settings"),
        (["settings", "max"], 5, "settings"),
        (["settings", "size_penalty"], -1, "settings.size_penalty"),
        (["settings", "effort"], "lots", "settings.effort"),
        (["settings", "effort"], ["normal"], "settings.effort"),
        (["settings", "color"], 1, "settings"),
        (["pairs", 0], ["p1", "p2"], "pairs[0]"),
        (["pairs", 0], ["p1", "p9", 1], "pairs[0]"),
        (["pairs", 0], ["p1", "p1", 1], "pairs[0]"),
        (["pairs", 0], ["p1", "p2", 1.0], "pairs[0]"),
        (["pairs", 0], ["p1", "p2", None], "pairs[0]"),
        (["pairs", 0], [["p1"], "p2", 1], "pairs[0]"),
        (["pairs"], [["p1", "p2", 1], ["p2", "p1", 1]], "pairs[1]"),
        (["forbidden"], [["p1", "p9"]], "forbidden[0]"),
        (["together"], [["p1", "p2", -1]], "together[0]"),
        (["together"], [["p1", "p2", 1], ["p2", "p1", 1]], "together[1]"),
        (["locked"], [["p1", "p2"]], "locked[0]"),
        (["locked"], [["p9"]], "locked[0]"),
        (["locked"], [[]], "locked[0]"),
        (["else"], 1, "document"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(path, value, place):
    document = deepcopy(GOOD)
    *before, last = path
    target = document
    for step in before:
        target = target[step]
    target[last] = value
    with pytest.raises(MalformedInstance) as refused:
        read_task(document)
    assert refused.value.place == place
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("field", ["format", "people"])
def test_what_is_missing_is_named(field):
    document = {name: value for name, value in GOOD.items() if name != field}
    with pytest.raises(MalformedInstance, match=field):
        read_task(document)


def test_the_application_gets_the_same_refusals():
    people = [Person(f"p{n}", f"s{n}", frozenset({1})) for n in range(4)]
    with pytest.raises(MalformedInstance, match=r"pairs\[0\]: there is no person \"p9\""):
        make_task(people, Relations(scores={("p0", "p9"): 1}))
    locked = [["p0", "p1", "p2", "p3"]]
    with pytest.raises(MalformedInstance, match="locked twice"):
        make_task(people, Relations(locked=[*locked, *locked]))

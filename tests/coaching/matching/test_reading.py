"""A file that does not fit is refused with one line that names the place."""

from copy import deepcopy
from typing import Any

import pytest

from app.coaching.matching import MalformedInstance, read_instance

Document = dict[str, Any]

GOOD: Document = {
    "format": "coach-matching/1",
    "settings": {"sufficiency": 350, "band": 50},
    "coachees": [{"id": "a1", "person": "p1", "waited": 0}, {"id": "a2", "person": "p2"}],
    "coaches": [
        {"id": "k1", "person": "p9", "capacity": 1},
        {"id": "k2", "person": "p1"},
        {"id": "k3", "person": "p2"},
    ],
    "pairs": [["a1", "k1", 712], ["a2", "k2", 0], ["a1", "k3", 1000]],
    "blocked": [["a2", "k1", ["same_board"]], ["a1", "k2", ["self"]]],
    "pinned": [["a1", "k1"]],
    "previous": [["a1", "k1"], ["a2", "k1"]],
}


def without(name: str) -> Document:
    return {field: value for field, value in GOOD.items() if field != name}


FAULTS: list[tuple[Any, str]] = [
    ([], "document: must be an object"),
    (None, "document: must be an object"),
    (GOOD | {"format": "coach-matching/2"}, 'format: must be "coach-matching/1", not "coach-matching/2"'),
    (GOOD | {"weights": {}}, 'document: there is no field "weights" here'),
    (GOOD | {"settings": {"bands": 50}}, 'settings: there is no field "bands" here'),
    (
        GOOD | {"settings": {"sufficiency": 1001}},
        "settings.sufficiency: must be an integer from 0 to 1000, not 1001",
    ),
    (
        GOOD | {"settings": {"sufficiency": -1}},
        "settings.sufficiency: must be an integer from 0 to 1000, not -1",
    ),
    (
        GOOD | {"settings": {"sufficiency": True}},
        "settings.sufficiency: must be an integer from 0 to 1000, not true",
    ),
    (GOOD | {"settings": {"band": 0}}, "settings.band: must be an integer from 1 to 1000000, not 0"),
    (GOOD | {"settings": {"band": 50.0}}, "settings.band: must be an integer from 1 to 1000000, not 50.0"),
    (GOOD | {"coachees": {}}, "coachees: must be a list"),
    (GOOD | {"coachees": ["a1"]}, "coachees[0]: must be an object"),
    (GOOD | {"coachees": [{"person": "p1"}]}, 'coachees[0]: the field "id" is missing'),
    (GOOD | {"coachees": [{"id": 1}]}, "coachees[0].id: must be a text that is not empty, not 1"),
    (GOOD | {"coachees": [{"id": "a1"}, {"id": "a1"}]}, 'coachees[1].id: "a1" is given twice'),
    (GOOD | {"coachees": [{"id": "a1", "capacity": 1}]}, 'coachees[0]: there is no field "capacity" here'),
    (
        GOOD | {"coachees": [{"id": "a1", "waited": -1}]},
        "coachees[0].waited: must be an integer from 0 to 1000000, not -1",
    ),
    (GOOD | {"coaches": [{"id": "k1"}, {"id": "k1"}]}, 'coaches[1].id: "k1" is given twice'),
    (
        GOOD | {"coaches": [{"id": "k1", "capacity": False}]},
        "coaches[0].capacity: must be an integer from 0 to 1000000, not false",
    ),
    (
        GOOD | {"coaches": [{"id": "k1", "person": 7}]},
        "coaches[0].person: must be a text that is not empty, not 7",
    ),
    (GOOD | {"pairs": [["a1", "k1"]]}, "pairs[0]: must be [coachee, coach, score]"),
    (GOOD | {"pairs": [["a1", "k1", 1], ["a9", "k1", 1]]}, 'pairs[1]: there is no coachee "a9"'),
    (GOOD | {"pairs": [["a1", "k9", 1]]}, 'pairs[0]: there is no coach "k9"'),
    (GOOD | {"pairs": [[["a1"], "k1", 1]]}, 'pairs[0]: there is no coachee ["a1"]'),
    (GOOD | {"pairs": [["a1", "k2", 1]]}, 'pairs[0]: "p1" cannot be her own coach'),
    (
        GOOD | {"pairs": [["a1", "k1", 1001]]},
        "pairs[0]: the score must be an integer from 0 to 1000, not 1001",
    ),
    (
        GOOD | {"pairs": [["a1", "k1", True]]},
        "pairs[0]: the score must be an integer from 0 to 1000, not true",
    ),
    (GOOD | {"pairs": [["a1", "k1", 1.0]]}, "pairs[0]: the score must be an integer from 0 to 1000, not 1.0"),
    (GOOD | {"pairs": [["a1", "k1", "1"]]}, 'pairs[0]: the score must be an integer from 0 to 1000, not "1"'),
    (GOOD | {"pairs": [["a1", "k1", 1], ["a1", "k1", 2]]}, 'pairs[1]: the pair ["a1", "k1"] is given twice'),
    (GOOD | {"blocked": [["a1", "k1", []]]}, 'blocked[0]: the pair ["a1", "k1"] is permitted and blocked'),
    (
        GOOD | {"blocked": [["a2", "k1", []], ["a2", "k1", []]]},
        'blocked[1]: the pair ["a2", "k1"] is given twice',
    ),
    (GOOD | {"blocked": [["a2", "k1", "kind"]]}, "blocked[0]: must be a list"),
    (GOOD | {"blocked": [["a2", "k1", [1]]]}, "blocked[0]: must be a text that is not empty, not 1"),
    (GOOD | {"blocked": [["a2", "k9", ["kind"]]]}, 'blocked[0]: there is no coach "k9"'),
    (GOOD | {"pinned": [["a1"]]}, "pinned[0]: must be [coachee, coach]"),
    (GOOD | {"pinned": [["a9", "k1"]]}, 'pinned[0]: there is no coachee "a9"'),
    (
        GOOD | {"pinned": [["a2", "k1"]]},
        'pinned[0]: coachee "a2" and coach "k1" are not a permitted pair',
    ),
    (GOOD | {"pinned": [["a1", "k1"], ["a1", "k3"]]}, 'pinned[1]: coachee "a1" is pinned twice'),
    (
        GOOD
        | {
            "pairs": [["a1", "k1", 1], ["a2", "k1", 1]],
            "blocked": [],
            "pinned": [["a1", "k1"], ["a2", "k1"]],
        },
        'pinned[1]: coach "k1" has more pins than places (1)',
    ),
    (
        GOOD | {"pinned": [["a1", "k3"], ["a2", "k2"]]},
        'pinned[1]: "p2" and "p1" would coach each other (a two-way pair)',
    ),
    (GOOD | {"previous": [["a1", "k7"]]}, 'previous[0]: there is no coach "k7"'),
    (GOOD | {"previous": [["a1", "k1"], ["a1", "k1"]]}, 'previous[1]: the pair ["a1", "k1"] is given twice'),
    (GOOD | {"previous": None}, "previous: must be a list"),
    *(
        (without(name), f'document: the field "{name}" is missing')
        for name in ("format", "coachees", "coaches", "pairs")
    ),
]


@pytest.mark.parametrize(("document", "line"), FAULTS, ids=[line for _, line in FAULTS])
def test_a_fault_is_told_with_its_place(document: Any, line: str):
    with pytest.raises(MalformedInstance) as fault:
        read_instance(document)
    assert str(fault.value) == line


def test_ids_with_line_breaks_still_give_one_line():
    with pytest.raises(MalformedInstance) as fault:
        read_instance(GOOD | {"pinned": [["a\n1", "k1"]]})
    assert "\n" not in str(fault.value)


def test_what_may_be_left_out_has_its_default():
    instance = read_instance(
        {"format": "coach-matching/1", "coachees": [{"id": "a"}], "coaches": [{"id": "k"}], "pairs": []}
    )
    assert (instance.sufficiency, instance.band, instance.previous) == (350, 50, None)
    assert (instance.coaches[0].capacity, instance.coachees[0].waited, instance.coachees[0].person) == (
        1,
        0,
        None,
    )


def test_reading_leaves_the_document_alone():
    document = deepcopy(GOOD)
    read_instance(document)
    assert document == GOOD


def test_ids_are_sorted_by_code_point():
    document = GOOD | {
        "coachees": [{"id": name} for name in ("é", "b", "a10", "B", "a2")],
        "pairs": [],
        "blocked": [],
    }
    instance = read_instance({**document, "pinned": [], "previous": []})
    assert [coachee.id for coachee in instance.coachees] == ["B", "a10", "a2", "b", "é"]


def test_a_previous_pair_may_have_become_forbidden():
    previous = read_instance(GOOD).previous
    assert previous is not None
    assert previous.tolist() == [True, False, False]

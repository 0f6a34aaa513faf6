"""What rows mean beside what the network knows: the truth table of a list."""

from datetime import date

import pytest

from app.kernel.permissions import Role
from app.organisation.importing import (
    KeptEntries,
    KnownPerson,
    KnownRole,
    KnownSchool,
    NetworkFacts,
    RowReader,
    SchoolFinder,
    SheetRow,
    judge,
)

TODAY = date(2026, 11, 24)
WILGEN, LINDE = KnownSchool(1, "03WU00", "De Wilgen", "Edam"), KnownSchool(2, "05AB00", "De Linde", "Edam")
COLUMNS = {name: place for place, name in enumerate(("name", "email", "school", "role", "since", "until"))}
NEW, CHANGED, ENDED, UNCHANGED, WRONG = "new", "changed", "ended", "unchanged", "wrong"


def role(since="2024-08-01", until=None, *, kind=Role.IB, school=1, number=1):
    day = date.fromisoformat
    return KnownRole(number, kind, school, day(since), day(until) if until else None)


def anna(*roles, email="anna@x.example", number=1, first="Anna", infix="de", last="Vries"):
    return KnownPerson(number, first, infix, last, email, roles)


def judged(rows, *people, **options):
    """Judge rows of name, e-mail, school, role, since, until; what is left out at the end is empty."""
    facts = NetworkFacts(TODAY, (WILGEN, LINDE), people)
    reader = RowReader(COLUMNS, SchoolFinder(facts.schools), lambda _values: {})
    sheet = [SheetRow(number, row + ("",) * (6 - len(row))) for number, row in enumerate(rows, start=2)]
    return judge(sheet, reader, facts, **options)


def states(rows, *people, **options):
    """The state of each row in the order of the file, a fault by its code."""
    entries = sorted(judged(rows, *people, **options).entries, key=lambda entry: entry.number or 99)
    return [entry.faults[0].code if entry.faults else entry.state.value for entry in entries]


ANNA = ("Anna de Vries", "anna@x.example", "03WU00", "ib")


@pytest.mark.parametrize(
    ("days", "held", "state"),
    [
        # what the list says of since and until; the same role as it is held; what it means
        (("", ""), [], CHANGED),
        (("", ""), [role()], UNCHANGED),
        (("1-8-2024", ""), [role()], UNCHANGED),
        (("1-8-2023", ""), [role()], CHANGED),
        (("", "31-7-2027"), [role()], ENDED),
        (("", "31-7-2026"), [role()], ENDED),
        (("", "31-7-2027"), [role(until="2027-07-31")], UNCHANGED),
        (("", "31-7-2027"), [role(until="2028-07-31")], ENDED),
        (("", "31-7-2028"), [role(until="2027-07-31")], CHANGED),
        (("", ""), [role(until="2027-07-31")], UNCHANGED),
        (("", ""), [role(until="2025-07-31")], CHANGED),
        (("1-8-2026", ""), [role(until="2025-07-31")], CHANGED),
        (("1-8-2024", "31-7-2025"), [role(until="2025-07-31")], UNCHANGED),
        (("", "31-7-2026"), [role(until="2025-07-31")], UNCHANGED),
        (("1-8-2020", "31-7-2021"), [], UNCHANGED),
        # The role of now began after that day: the list speaks of an earlier one, which is over.
        (("", "31-7-2021"), [role()], UNCHANGED),
        (("1-8-2010", ""), [role("2012-08-01", "2014-07-31"), role(number=2)], "several_periods"),
        (("1-8-2012", "1-1-2026"), [role("2012-08-01", "2014-07-31"), role(number=2)], "several_periods"),
        (("1-8-2024", ""), [role("2012-08-01", "2014-07-31"), role(number=2)], UNCHANGED),
        (("", ""), [role("2012-08-01", "2014-07-31"), role(number=2)], UNCHANGED),
        (("", ""), [role("2027-08-01")], UNCHANGED),
    ],
)
def test_days_of_a_role(days, held, state):
    assert states([(*ANNA, *days)], anna(*held)) == [state]


def test_a_last_day_before_the_first_is_told():
    assert states([(*ANNA, "1-8-2024", "1-1-2024")], anna(role())) == ["ends_before_it_begins"]


@pytest.mark.parametrize(
    ("people", "row", "state"),
    [
        ([], ANNA, NEW),
        ([anna(role())], ANNA, UNCHANGED),
        ([anna(role(), email=None)], ANNA, CHANGED),
        ([anna(role(), email="old@x.example")], ANNA, CHANGED),
        ([anna(role(school=2), email="old@x.example")], ANNA, NEW),
        ([anna(role())], ("Anna Smit", *ANNA[1:]), CHANGED),
        ([anna(role())], ("ANNA DE VRIES", *ANNA[1:]), UNCHANGED),
        ([anna(role(), infix=None, last="de Vries")], ANNA, UNCHANGED),
        ([anna(role())], ("Anna de Vries", "", *ANNA[2:]), UNCHANGED),
        ([anna(role())], ("anna  DE vries", "", *ANNA[2:]), UNCHANGED),
        ([anna(role(school=2))], ("Anna de Vries", "", *ANNA[2:]), "which_one"),
        (
            [anna(role(), number=1), anna(role(number=2), number=2, email=None)],
            ("Anna de Vries", "", *ANNA[2:]),
            "which_one",
        ),
        ([], ("Anna de Vries", "", *ANNA[2:]), NEW),
        ([anna(role())], ("Anna de Vries", "an@x.example", "", "coach"), NEW),
        ([anna(role(kind=Role.COACH, school=None))], ("Anna de Vries", "an@x.example", "", "coach"), CHANGED),
    ],
)
def test_who_somebody_is(people, row, state):
    assert states([row], *people) == [state]


def test_a_namesake_whose_address_is_in_the_list_is_somebody_else():
    assert states([ANNA, ("Anna de Vries", "other@x.example", *ANNA[2:])], anna(role())) == [UNCHANGED, NEW]


def test_two_names_with_one_address_are_both_wrong():
    assert states([ANNA, ("Bea Bakker", *ANNA[1:])]) == ["two_names", "two_names"]


def test_several_rows_are_several_roles_of_one_person():
    result = judged([ANNA, (*ANNA[:2], "De Linde", "leerkracht"), (*ANNA[:2], "", "coach")])
    (plan,) = result.plans
    assert [(new.role, new.school_id) for new in plan.added] == [
        (Role.IB, 1),
        (Role.TEACHER, 2),
        (Role.COACH, None),
    ]


def test_a_row_without_address_joins_the_one_with_it():
    assert len(judged([ANNA, ("Anna de Vries", "", "03WU00", "leerkracht")]).plans) == 1


def test_namesakes_without_address_at_two_schools_are_not_put_together():
    rows = [("Anna de Vries", "", "03WU00", "ib"), ("Anna de Vries", "", "05AB00", "ib")]
    assert states(rows) == ["which_one", "which_one"]


def test_the_same_row_twice_counts_once_and_another_period_contradicts():
    assert states([ANNA, ANNA]) == [NEW, UNCHANGED]
    assert states([(*ANNA, "1-8-2026"), (*ANNA, "1-9-2026")]) == [NEW, "contradicts"]
    assert states([(*ANNA, "1-8-2025", "31-7-2027"), (*ANNA, "1-8-2027")]) == [NEW, NEW]


def test_the_role_of_a_coordinator_is_not_changed_by_a_list():
    coordinator = anna(role(kind=Role.COORDINATOR, school=None))
    row = ("Anna de Vries", "anna@x.example", "", "netwerkcoördinator")
    assert states([row], coordinator) == [UNCHANGED]
    assert states([(*row, "", "31-7-2027")], coordinator) == ["coordinator_by_hand"]


def test_wrong_cells_are_told_all_at_once():
    (entry,) = judged([("Anna de Vries", "anna@x.example", "De Eik", "koning", "gisteren", "morgen")]).entries
    assert [(fault.held, fault.code) for fault in entry.faults] == [
        ("role", "unknown_role"), ("school", "unknown_school"), ("since", "no_date"), ("until", "no_date"),
    ]  # fmt: skip


def test_a_wrong_row_does_not_take_the_other_roles_along():
    assert states([ANNA, (*ANNA[:2], "De Eik", "ib")]) == [NEW, "unknown_school"]


@pytest.mark.parametrize(
    ("held", "is_ended"),
    [
        (role(number=9), True),
        (role(number=9, school=2), False),
        (role(number=9, kind=Role.TEACHER), False),
        (role(number=9, kind=Role.COORDINATOR, school=None), False),
        (role(number=9, until="2025-07-31"), False),
        (role(number=9, since="2027-08-01"), False),
        (role(number=9, until="2027-07-31"), True),
    ],
)
def test_who_is_not_in_the_list(held, is_ended):
    bea = KnownPerson(9, "Bea", None, "Bakker", "bea@x.example", (held,))
    assert ENDED not in states([ANNA], anna(role()), bea)
    assert (ENDED in states([ANNA], anna(role()), bea, ends_missing=True)) is is_ended


def test_who_has_another_role_in_the_list_loses_only_the_one_that_is_missing():
    result = judged([ANNA, ("Cor Cool", "c@x.example", "03WU00", "leerkracht")], anna(role(), role(kind=Role.TEACHER, number=5)), ends_missing=True)  # fmt: skip
    assert [change.known.id for plan in result.plans for change in plan.changed] == [5]


def test_wrong_rows_come_first_and_the_rest_by_state():
    order = [entry.state.value for entry in judged([ANNA, ("Bea Bakker", "b@x.example", "De Eik", "ib"), ("Cor Cool", "c@x.example", "", "coach")], anna(role())).entries]  # fmt: skip
    assert order == [WRONG, NEW, UNCHANGED]


def test_a_judgement_is_read_back_as_it_was_and_means_the_same():
    rows = [(*ANNA, "1-8-2023", "31-7-2027"), ("Bea Bakker", "b@x.example", "De Eik", "koning")]
    first, second = judged(rows, anna(role())), judged(rows, anna(role()))
    assert list(KeptEntries(first.document)) == list(first.entries)
    assert first.digest == second.digest
    assert first.digest != judged(rows, anna(role("2022-08-01"))).digest

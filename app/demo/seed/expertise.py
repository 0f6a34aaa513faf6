"""What people know, like, learn and want; who leaves; what schools need; and questions to colleagues."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import func, select, update

from app.demo.knowledge import COURSE_STATES, InventedRecord, Inventor
from app.demo.plan import PlannedPerson, address_of
from app.demo.seed.consultations import Helper, Staff, add_consultations
from app.demo.seed.seeding import Seeding, add_rows, copy_rows
from app.demo.words import demo_words
from app.expertise.models import (
    ConfirmationRequest,
    ExpertiseItem,
    ExpertiseRecord,
    Reachability,
    RecordKind,
    RecordProposal,
    SchoolNeed,
    Visibility,
    Way,
)
from app.expertise.queries import stale_since
from app.kernel.clock import school_year, today
from app.kernel.permissions import AT_SCHOOL, Role
from app.organisation.models import Assignment, School
from tenants.session import session

LEAVES = 0.03
"""Share of the teachers of whom the last day is known."""
REACHED = 0.5
"""Share of those who may be asked, and say when."""
WITH_NEEDS, HAS_PROPOSALS = 0.5, 0.03
RECORDED = ("person_id", "item_id", *InventedRecord._fields[1:])


def add_expertise(seeding: Seeding) -> None:
    """Everything of the room, for everybody who works at a school."""
    chance = seeding.chance("expertise")
    found = session().execute(select(ExpertiseItem.code, ExpertiseItem.id))
    items = {code: item_id for code, item_id in found if code}
    schools = dict(session().execute(select(School.code, School.id)).all())
    staff = _staff(seeding, schools)
    records = dict(_records(staff, chance, shown=_shown(seeding)))
    _add_records(records, items)
    _add_reachabilities(records, chance)
    _ask_to_confirm(records)
    _add_leaving(seeding, chance)
    _add_needs(staff, items, chance)
    _add_proposals(staff, records, items, chance, seeding.people[address_of(seeding.plan.code, Role.TEACHER)])
    helpers = [
        Helper(person_id, items[record.item])
        for person_id, said in records.items()
        for record in said
        if record.willing and record.visibility == Visibility.NETWORK
    ]
    add_consultations(seeding, staff, helpers, chance)


def _staff(seeding: Seeding, schools: Mapping[str, int]) -> Staff:
    """Who works at a school, with her first school."""
    people: dict[int, int] = {}
    leaders: dict[int, int] = {}
    for person in seeding.plan.people:
        for role, code in _work_of(person):
            person_id = seeding.people[person.who.email]
            people.setdefault(person_id, schools[code])
            if role is Role.LEADER:
                leaders[schools[code]] = person_id
    return Staff(people, leaders)


def _work_of(person: PlannedPerson) -> Iterator[tuple[Role, str]]:
    return ((role, code) for role, code in person.roles if role in AT_SCHOOL and code)


def _shown(seeding: Seeding) -> frozenset[int]:
    """Whom a visitor of the demo can be: they have something to show."""
    return frozenset(
        seeding.people[address_of(seeding.plan.code, role)] for role in (Role.TEACHER, Role.IB, Role.LEADER)
    )


def _records(
    staff: Staff, chance: Random, *, shown: frozenset[int]
) -> Iterator[tuple[int, list[InventedRecord]]]:
    inventor = Inventor(chance, today())
    knowledge = {school_id: inventor.school() for school_id in dict.fromkeys(staff.school_of.values())}
    for person_id, school_id in staff.school_of.items():
        yield person_id, list(inventor.records(knowledge[school_id], always=person_id in shown))


def _add_records(records: Mapping[int, list[InventedRecord]], items: Mapping[str, int]) -> None:
    copy_rows(
        ExpertiseRecord,
        RECORDED,
        (
            (person_id, items[record.item], *record[1:])
            for person_id, said in records.items()
            for record in said
        ),
    )


def _add_reachabilities(records: Mapping[int, list[InventedRecord]], chance: Random) -> None:
    notes = (None, *demo_words().expertise.reached)
    rows = []
    for person_id, said in records.items():
        if any(record.willing for record in said) and chance.random() < REACHED:
            halfdays = sorted(chance.sample(range(10), chance.randint(1, 4)))
            ways = chance.sample([str(way) for way in Way], chance.randint(1, 3))
            rows.append((person_id, halfdays, ways, chance.choice(notes)))
    copy_rows(Reachability, ("person_id", "halfdays", "ways", "note"), rows)


def _ask_to_confirm(records: Mapping[int, list[InventedRecord]]) -> None:
    """Who was slow to confirm had her mail: otherwise all would get one in the first hour."""
    line = stale_since()
    oldest = {
        person_id: min(record.confirmed_on for record in said) for person_id, said in records.items() if said
    }
    copy_rows(
        ConfirmationRequest,
        ("person_id", "confirmed_on"),
        ((person_id, day) for person_id, day in oldest.items() if day < line),
    )


def _add_leaving(seeding: Seeding, chance: Random) -> None:
    """Teachers who stop, soon or at the end of the school year."""
    year_ends = date(school_year(today()) + 1, 7, 31)
    days = (min(today() + timedelta(days=60), year_ends), year_ends)
    leaving: dict[date, list[int]] = {day: [] for day in days}
    for person in seeding.plan.people:
        if not person.has(Role.TEACHER) or person.who.email == address_of(seeding.plan.code, Role.TEACHER):
            continue
        if chance.random() < LEAVES:
            leaving[chance.choice(days)].append(seeding.people[person.who.email])
    for day, person_ids in leaving.items():
        its_people = Assignment.person_id.in_(person_ids) & (Assignment.role == Role.TEACHER)
        session().execute(
            update(Assignment).where(its_people).values(until=func.greatest(day, Assignment.since))
        )


def _add_needs(staff: Staff, items: Mapping[str, int], chance: Random) -> None:
    codes, rows = list(items), []
    for school_id, leader_id in staff.leader_of.items():
        if chance.random() < WITH_NEEDS:
            rows += [
                {
                    "school_id": school_id,
                    "item_id": items[code],
                    "at_least": chance.choices((1, 2, 3), (4, 4, 2))[0],
                    "by_id": leader_id,
                }
                for code in chance.sample(codes, chance.randint(1, 4))
            ]
    add_rows(SchoolNeed, rows)


def _add_proposals(
    staff: Staff,
    records: Mapping[int, list[InventedRecord]],
    items: Mapping[str, int],
    chance: Random,
    teacher_id: int,
) -> None:
    """What leaders proposed and nobody looked at yet; whom a visitor can be has one of each kind."""
    codes, rows = list(items), []
    for person_id, school_id in staff.school_of.items():
        if person_id != teacher_id and chance.random() >= HAS_PROPOSALS:
            continue
        leader_id = staff.leader_of.get(school_id)
        if leader_id is None or leader_id == person_id:
            continue
        said = {record.item for record in records[person_id]}
        proposed = partial(_proposal, person_id=person_id, school_id=school_id, by_id=leader_id)
        unsaid = [code for code in codes if code not in said]
        kinds = list(RecordKind) if person_id == teacher_id else [chance.choice(list(RecordKind))]
        for kind, code in zip(kinds, chance.sample(unsaid, len(kinds)), strict=True):
            rows.append(proposed(kind, chance, item_id=items[code]))
    add_rows(RecordProposal, rows)


def _proposal(kind: RecordKind, chance: Random, **whose: int) -> dict[str, Any]:
    is_course, words = kind is RecordKind.COURSE, demo_words().expertise
    titles = [title for courses in words.courses.values() for title in courses]
    return {
        **whose,
        "kind": kind,
        "level": 2 if kind is RecordKind.EXPERTISE else None,
        "course_title": chance.choice(titles) if is_course else None,
        "course_provider": chance.choice(words.providers) if is_course else None,
        "course_state": COURSE_STATES[0] if is_course else None,
    }

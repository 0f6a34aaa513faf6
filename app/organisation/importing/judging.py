"""Judge every row of a file against the network: what is new, changed, ended or wrong."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from app.kernel.permissions import Role
from app.organisation.importing.facts import KnownRole, NetworkFacts
from app.organisation.importing.judgement import (
    Change,
    Entry,
    Fault,
    Judgement,
    NewRole,
    PersonPlan,
    RoleChange,
    RowState,
)
from app.organisation.importing.names import spoken_name
from app.organisation.importing.people import SamePerson, same_people
from app.organisation.importing.periods import Outcome, Period, outcome_of
from app.organisation.importing.rows import ReadRow, RowReader, SheetRow

Progress = Callable[[float], None]
ROWS_PER_REPORT = 100
READING_TAKES = 0.8
"""The part of the time that goes into reading the rows; putting them beside the network is quick."""

Place = tuple[Role, int | None]
"""A role, and the school where it is held."""

_ORDER = {state: place for place, state in enumerate(RowState)}


def judge(
    rows: Sequence[SheetRow],
    reader: RowReader,
    facts: NetworkFacts,
    *,
    ends_missing: bool = False,
    progress: Progress = lambda _fraction: None,
) -> Judgement:
    """What the file would do to the network. With `ends_missing`, roles that its schools have and it has not end."""
    read: list[ReadRow] = []
    for place, row in enumerate(rows):
        if place % ROWS_PER_REPORT == 0:
            progress(READING_TAKES * place / len(rows))
        read.append(reader.read(row))
    progress(READING_TAKES)
    judging = _Judging(facts)
    for person in same_people([row for row in read if not row.faults], facts):
        judging.take(person)
    entries = [*judging.entries, *(_wrong(row, row.faults) for row in read if row.faults)]
    if ends_missing:
        entries += judging.end_missing()
    entries.sort(key=lambda entry: (_ORDER[entry.state], entry.number is None, entry.number or 0, entry.name))
    return Judgement(tuple(entries), tuple(judging.plans))


@dataclass(slots=True)
class _Judging:
    """Goes from person to person, and keeps what was found."""

    facts: NetworkFacts
    entries: list[Entry] = field(default_factory=list[Entry])
    plans: list[PersonPlan] = field(default_factory=list[PersonPlan])
    _mentioned: set[tuple[int, Place]] = field(default_factory=set[tuple[int, Place]])
    _places: set[Place] = field(default_factory=set[Place])

    def take(self, person: SamePerson) -> None:
        """Judge the rows of one person."""
        if person.fault:
            self.entries += [_wrong(row, (person.fault,)) for row in person.rows]
            return
        plan = PersonPlan(person.known, person.fields())
        one = _OnePerson(person, plan, self.facts)
        self.entries += one.judged()
        if plan.added or plan.changed or plan.changes_person:
            self.plans.append(plan)
        for row in person.rows:
            self._places.add(_place(row))
            if person.known:
                self._mentioned.add((person.known.id, _place(row)))

    def end_missing(self) -> Iterator[Entry]:
        """End what the schools of the file have today and the file has not; roles in the network stay as they are."""
        names = {school.id: school.name for school in self.facts.schools}
        roles = {role for role, _school in self._places}
        schools = {school for _role, school in self._places if school}
        plans = {plan.known.id: plan for plan in self.plans if plan.known}
        for known in self.facts.people:
            for role in known.roles:
                place = (role.role, role.school_id)
                is_meant = role.school_id in schools and role.role in roles and _goes_on(role, self.facts)
                if not is_meant or (known.id, place) in self._mentioned:
                    continue
                if known.id not in plans:
                    fields = {
                        name: getattr(known, name) for name in ("first_name", "infix", "last_name", "email")
                    }
                    plans[known.id] = PersonPlan(known, fields)
                    self.plans.append(plans[known.id])
                plans[known.id].changed.append(RoleChange(role, role.since, self.facts.today))
                yield Entry(
                    None, RowState.ENDED, known.name, known.email, role.role, names[role.school_id or 0],
                    (Change("until", _iso(role.until), _iso(self.facts.today)),),
                )  # fmt: skip


class _OnePerson:
    """Judges the rows of one person, one after the other: the first good one tells what she herself becomes."""

    def __init__(self, person: SamePerson, plan: PersonPlan, facts: NetworkFacts) -> None:
        self._person = person
        self._plan = plan
        self._facts = facts
        self._held: defaultdict[Place, list[KnownRole]] = defaultdict(list)
        for role in person.known.roles if person.known else ():
            self._held[role.role, role.school_id].append(role)
        self._taken: defaultdict[Place, list[tuple[Outcome, int]]] = defaultdict(list)
        self._changes = _changes_of_person(plan)

    def judged(self) -> Iterator[Entry]:
        """An entry for each row."""
        for row in self._person.rows:
            place = _place(row)
            outcome = outcome_of(row.since, row.until, self._held[place], self._facts.today)
            if outcome is None:
                yield self._entry(row, RowState.UNCHANGED, note="over")
            elif isinstance(outcome, Fault):
                yield _wrong(row, (outcome,))
            else:
                yield self._taken_in(row, place, outcome)

    def _taken_in(self, row: ReadRow, place: Place, outcome: Outcome) -> Entry:
        if before := self._same_or_other(place, outcome):
            earlier, number = before
            if earlier == outcome:
                return self._entry(row, RowState.UNCHANGED, note="same_row")
            return _wrong(row, (Fault("since", "contradicts", {"row": number}),))
        if outcome.changes_role and row.role == Role.COORDINATOR:
            return _wrong(row, (Fault("until", "coordinator_by_hand"),))
        self._taken[place].append((outcome, row.number))
        period = outcome.period
        if outcome.known is None:
            self._plan.added.append(NewRole(*place, *period))
            return self._new_role(row, period)
        changes = self._own_changes()
        if outcome.changes_role:
            self._plan.changed.append(RoleChange(outcome.known, *period))
            changes += _changes_of_period(outcome.known, period)
        state = RowState.ENDED if outcome.ends_role else RowState.CHANGED if changes else RowState.UNCHANGED
        return self._entry(row, state, changes)

    def _same_or_other(self, place: Place, outcome: Outcome) -> tuple[Outcome, int] | None:
        """An earlier row about the same role in the same days."""
        for earlier, number in self._taken[place]:
            if earlier.known is not None and earlier.known is outcome.known:
                return earlier, number
            if earlier.period.overlaps(outcome.period):
                return earlier, number
        return None

    def _new_role(self, row: ReadRow, period: Period) -> Entry:
        if self._person.known is None:
            return self._entry(row, RowState.NEW, _changes_of_new_period(period))
        changes = (*self._own_changes(), Change("role", None, row.role), *_changes_of_new_period(period))
        return self._entry(row, RowState.CHANGED, changes)

    def _own_changes(self) -> tuple[Change, ...]:
        """What becomes of name and address: told once, beside her first row."""
        told, self._changes = self._changes, ()
        return told

    def _entry(
        self, row: ReadRow, state: RowState, changes: tuple[Change, ...] = (), note: str | None = None
    ) -> Entry:
        if note is None and row.is_shouted and state is RowState.NEW:
            note = "shouted"
        return Entry(
            row.number,
            state,
            _name_in(self._plan),
            row.email,
            row.role,
            row.school.name if row.school else None,
            changes,
            note=note,
        )


def _wrong(row: ReadRow, faults: tuple[Fault, ...]) -> Entry:
    school = row.school.name if row.school else None
    return Entry(
        row.number, RowState.WRONG, row.spoken or row.written, row.email, row.role, school, faults=faults
    )


def _place(row: ReadRow) -> Place:
    assert row.role is not None, "a row without a role is wrong"
    return row.role, row.school.id if row.school else None


def _goes_on(role: KnownRole, facts: NetworkFacts) -> bool:
    return role.since <= facts.today and (role.until is None or role.until > facts.today)


def _changes_of_person(plan: PersonPlan) -> tuple[Change, ...]:
    if plan.known is None:
        return ()
    told = (("name", plan.known.name, _name_in(plan)), ("email", plan.known.email, plan.fields["email"]))
    return tuple(Change(what, old, new) for what, old, new in told if old != new)


def _name_in(plan: PersonPlan) -> str:
    """The name as it will be."""
    return spoken_name(*(plan.fields[part] for part in ("first_name", "infix", "last_name")))


def _changes_of_period(known: KnownRole, period: Period) -> tuple[Change, ...]:
    told = (("since", known.since, period.since), ("until", known.until, period.until))
    return tuple(Change(what, _iso(old), _iso(new)) for what, old, new in told if old != new)


def _changes_of_new_period(period: Period) -> tuple[Change, ...]:
    told = (("since", period.since), ("until", period.until))
    return tuple(Change(what, None, day.isoformat()) for what, day in told if day)


def _iso(day: object) -> str | None:
    return None if day is None else str(day)

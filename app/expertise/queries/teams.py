"""The team of a school, as its IB'er and leader see it: what each opened to the school or to the network."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.expertise.models import (
    HELPS_OTHERS,
    CourseState,
    ExpertiseRecord,
    Reachability,
    RecordKind,
    RecordProposal,
    SchoolNeed,
    Visibility,
)
from app.expertise.policy import SEE_TEAM
from app.expertise.queries.taxonomy import Item, taxonomy
from app.kernel.actor import Actor
from app.kernel.errors import NotFound
from app.organisation.models import Person
from app.organisation.queries import staff_of, workplaces
from tenants.session import session


@dataclass(frozen=True, slots=True)
class TeamSchool:
    """A school of which somebody sees the team."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the team, with what she opened; private records are nowhere here, not even the reader's own."""

    person: Person
    records: Sequence[ExpertiseRecord]
    reachability: Reachability | None
    other_schools: Sequence[str]
    """Where she works too: what she opened to her school is seen there as well."""

    def of_kind(self, kind: RecordKind) -> list[ExpertiseRecord]:
        """Her records of one kind, in the order of the taxonomy."""
        return [one for one in self.records if one.kind == kind]


@dataclass(frozen=True, slots=True)
class Fit:
    """An item of which the team has too few who help others, with who could come to it."""

    item: Item
    have: int
    wanted: int
    is_need: bool
    """Whether the leader asked for it."""
    coming: Sequence[tuple[Person, ExpertiseRecord]] = ()
    """Ambitions, and courses that are planned or running."""


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who works at a school today, by family name."""

    school: TeamSchool
    colleagues: Sequence[Colleague]
    needs: dict[int, int] = field(default_factory=dict[int, int])
    """How many people the leader wants, by item."""

    def courses(self, state: CourseState) -> list[tuple[Person, ExpertiseRecord]]:
        """The courses in this state, with whose they are."""
        return [
            (one.person, course)
            for one in self.colleagues
            for course in one.of_kind(RecordKind.COURSE)
            if course.course_state == state
        ]

    def willing(self) -> dict[int, list[tuple[Colleague, ExpertiseRecord]]]:
        """Who may be asked for help, by item in the order of the taxonomy; who knows most of it first."""
        found: defaultdict[int, list[tuple[Colleague, ExpertiseRecord]]] = defaultdict(list)
        for one in self.colleagues:
            for known in one.of_kind(RecordKind.EXPERTISE):
                if known.willing:
                    found[known.item_id].append((one, known))
        for helpers in found.values():
            helpers.sort(key=lambda helper: -(helper[1].level or 0))
        return {item_id: found[item_id] for item_id in sorted(found, key=_order().__getitem__)}

    def fits(self) -> list[Fit]:
        """What the school lacks: first what the leader asked for, then gaps for which somebody has an ambition or a course."""
        have = Counter(
            known.item_id
            for one in self.colleagues
            for known in one.of_kind(RecordKind.EXPERTISE)
            if (known.level or 0) >= HELPS_OTHERS
        )
        coming: defaultdict[int, list[tuple[Person, ExpertiseRecord]]] = defaultdict(list)
        for one in self.colleagues:
            for record in one.records:
                if record.kind == RecordKind.AMBITION or _is_ahead(record):
                    coming[record.item_id].append((one.person, record))
        found = [
            Fit(
                item,
                have[item.id],
                self.needs.get(item.id, 1),
                item.id in self.needs,
                coming.get(item.id, ()),
            )
            for domain in taxonomy().domains
            for item in domain.items
            if have[item.id] < self.needs.get(item.id, 1) and (item.id in self.needs or item.id in coming)
        ]
        return sorted(found, key=lambda fit: not fit.is_need)


def team_schools(actor: Actor) -> list[TeamSchool]:
    """The schools where the actor is IB'er or leader today, by name: being a teacher there does not do."""
    actor.require(SEE_TEAM)
    found = {
        work.school_id: TeamSchool(work.school_id, work.school_name or "")
        for work in workplaces([actor.person_id]).get(actor.person_id, [])
        if work.school_id is not None and work.role in SEE_TEAM.roles
    }
    return list(found.values())


def team_school(actor: Actor, school_id: int) -> TeamSchool:
    """A school of which the actor sees the team. Raises NotFound."""
    for school in team_schools(actor):
        if school.id == school_id:
            return school
    raise NotFound


def team_members(actor: Actor, school_id: int) -> list[Person]:
    """Who works at a school of which the actor sees the team, by family name. Raises NotFound."""
    team_school(actor, school_id)
    return [member.person for member in staff_of(actor, school_id) or ()]


def team_of(actor: Actor, school_id: int) -> Team:
    """The team with all that it opened, in a fixed number of queries. Raises NotFound."""
    school = team_school(actor, school_id)
    people = team_members(actor, school_id)
    ids = [person.id for person in people]
    order = _order()
    records: defaultdict[int, list[ExpertiseRecord]] = defaultdict(list)
    opened = (ExpertiseRecord.person_id.in_(ids), ExpertiseRecord.visibility != Visibility.PRIVATE)
    for record in session().scalars(select(ExpertiseRecord).where(*opened).order_by(ExpertiseRecord.id)):
        records[record.person_id].append(record)
    reached = {
        one.person_id: one
        for one in session().scalars(select(Reachability).where(Reachability.person_id.in_(ids)))
    }
    work = workplaces(ids)
    needs = select(SchoolNeed.item_id, SchoolNeed.at_least).where(SchoolNeed.school_id == school_id)
    return Team(
        school,
        [
            Colleague(
                person,
                sorted(records[person.id], key=lambda one: order[one.item_id]),
                reached.get(person.id),
                sorted(
                    {
                        place.school_name
                        for place in work.get(person.id, [])
                        if place.school_name and place.school_id != school_id
                    }
                ),
            )
            for person in people
        ],
        dict(session().execute(needs).all()),
    )


def waiting_count(actor: Actor, school_id: int) -> int:
    """How many records that were proposed at this school wait for an answer: no more than that is told of them."""
    team_school(actor, school_id)
    waiting = (RecordProposal.school_id == school_id, RecordProposal.declined_at.is_(None))
    return session().scalar(select(func.count()).select_from(RecordProposal).where(*waiting)) or 0


def _order() -> dict[int, int]:
    """The place of each item as people see them: by domain, then within it; those not in use last."""
    known = taxonomy()
    in_use = [item.id for domain in known.domains for item in domain.items]
    places = {item_id: place for place, item_id in enumerate(in_use)}
    return {item_id: places.get(item_id, len(in_use)) for item_id in known.items}


def _is_ahead(record: ExpertiseRecord) -> bool:
    return record.kind == RecordKind.COURSE and record.course_state != CourseState.DONE

"""A colleague as far as she opened herself to the actor, and what the two have in common."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.expertise.models import ExpertiseRecord, Reachability, RecordKind
from app.expertise.policy import FIND_COLLEAGUES
from app.expertise.queries.records import opened_to, records_of
from app.expertise.queries.taxonomy import taxonomy
from app.kernel.accents import folded
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import today
from app.kernel.errors import NotFound
from app.kernel.permissions import AT_SCHOOL
from app.organisation.models import Assignment, Person
from app.organisation.queries import people_by_id
from app.organisation.queries.roles import holds
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody opened to the actor."""

    person: Person
    school_ids: Sequence[int]
    records: Sequence[ExpertiseRecord]
    reachability: Reachability | None
    """Only of who may be asked for help with something that the actor sees."""
    same_course: frozenset[int]
    """Those of her records that name a course which the actor took, takes or will take too."""
    same_interest: frozenset[int]
    wished_for: frozenset[int]
    """Those of her records about something that the actor wants to learn."""

    @property
    def is_willing(self) -> bool:
        """Whether the actor may ask her."""
        return any(record.willing for record in self.records)


def profile_of(actor: Actor, person_id: int) -> Profile:
    """A colleague. Raises NotFound for who opened nothing to the actor."""
    actor.require(FIND_COLLEAGUES)
    records = (
        session()
        .scalars(
            select(ExpertiseRecord)
            .where(ExpertiseRecord.person_id == person_id, opened_to(actor))
            .order_by(ExpertiseRecord.level.desc().nulls_last(), ExpertiseRecord.id)
        )
        .all()
    )
    if not records:
        raise NotFound
    willing = any(record.willing for record in records)
    reached = select(Reachability).where(Reachability.person_id == person_id)
    mine = [] if person_id == actor.person_id else records_of(actor)
    return Profile(
        person=people_by_id([person_id])[person_id],
        school_ids=sorted(schools_of([person_id])[person_id]),
        records=records,
        reachability=session().scalar(reached) if willing else None,
        same_course=_shared(records, mine, RecordKind.COURSE, RecordKind.COURSE),
        same_interest=_shared(records, mine, RecordKind.INTEREST, RecordKind.INTEREST),
        wished_for=_shared(records, mine, RecordKind.EXPERTISE, RecordKind.AMBITION),
    )


def schools_of(person_ids: Collection[int]) -> dict[int, set[int]]:
    """The schools where these people work today; who works at none is left out."""
    work = select(Assignment.person_id, Assignment.school_id).where(
        among(Assignment.person_id, person_ids),
        Assignment.role.in_(AT_SCHOOL),
        holds(today()),
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, school_id in session().execute(work):
        if school_id is not None:
            found[person_id].add(school_id)
    return dict(found)


def willing_among(actor: Actor, person_ids: Collection[int]) -> set[int]:
    """Those of these people who may be asked for help with something that they opened to the actor."""
    asked = select(ExpertiseRecord.person_id).where(
        among(ExpertiseRecord.person_id, person_ids),
        ExpertiseRecord.person_id != actor.person_id,
        ExpertiseRecord.willing,
        opened_to(actor),
    )
    return set(session().scalars(asked))


def _shared(
    hers: Sequence[ExpertiseRecord], mine: Sequence[ExpertiseRecord], kind: RecordKind, my_kind: RecordKind
) -> frozenset[int]:
    """Which of her records of a kind are about the same as one of mine of a kind."""
    known = {_what(record) for record in mine if record.kind == my_kind}
    return frozenset(record.id for record in hers if record.kind == kind and _what(record) in known)


def _what(record: ExpertiseRecord) -> tuple[int, str]:
    """The item; of a course its title too, however it was written."""
    title = folded(record.course_title or "") if record.kind == RecordKind.COURSE else ""
    return taxonomy().current(record.item_id).id, " ".join(title.split())

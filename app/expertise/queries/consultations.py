"""Questions to colleagues, for who asked and for who was asked. For nobody else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, exists, func, or_, select

from app.expertise.models import (
    Answer,
    AskedColleague,
    Consultation,
    ConsultationEnd,
    ExpertiseRecord,
    Outcome,
)
from app.expertise.policy import CONSULT
from app.expertise.queries.records import opened_to, works_at_one_of
from app.expertise.queries.sought_items import items_kept_under
from app.expertise.queries.taxonomy import taxonomy
from app.kernel.actor import SYSTEM, Actor
from app.kernel.among import among
from app.kernel.errors import NotFound
from app.organisation.models import Person
from tenants.session import session

MOST_OFFERED = 100
"""How many colleagues there are to choose from for passing a question on."""


@dataclass(frozen=True)
class AskedConsultation:
    """A question as somebody sees it who asked it or was asked."""

    consultation: Consultation
    asked: Sequence[AskedColleague]
    """Everybody to whom it went, in the order in which they were asked."""
    end: ConsultationEnd | None
    reader_id: int

    @property
    def id(self) -> int:
        """The id of the question."""
        return self.consultation.id

    @property
    def is_mine(self) -> bool:
        """Whether the reader asked it."""
        return self.consultation.asker_id == self.reader_id

    @cached_property
    def my_part(self) -> AskedColleague | None:
        """What the reader was asked."""
        return next((one for one in self.asked if one.person_id == self.reader_id), None)

    @cached_property
    def helper(self) -> AskedColleague | None:
        """Who took the question."""
        return next((one for one in self.asked if one.answer == Answer.ACCEPTED), None)

    @property
    def is_open(self) -> bool:
        """Whether somebody can still take it."""
        return self.end is None and self.helper is None

    @property
    def silent(self) -> list[AskedColleague]:
        """Who has not answered yet."""
        return [one for one in self.asked if one.answer is None]

    @property
    def waits_for_me(self) -> bool:
        """Whether the reader is asked, and can still answer."""
        return self.is_open and self.my_part is not None and self.my_part.answer is None

    @property
    def waits_for_closing(self) -> bool:
        """Whether the reader got help, and has not closed the question."""
        return self.is_mine and self.end is None and self.helper is not None

    @property
    def reads_question(self) -> bool:
        """Who asked, who can still take it, and who took it. Not who declined, passed it on or came too late."""
        return self.is_mine or self.waits_for_me or (self.my_part is not None and self.my_part is self.helper)

    @property
    def nobody_could(self) -> bool:
        """Whether it ended without help."""
        return self.end is not None and self.end.outcome == Outcome.NOBODY

    def is_named_to_me(self, asked: AskedColleague) -> bool:
        """Whether the reader may know who this is: whom she asked herself, who helps, and she herself.

        To whom somebody passed it on may have opened nothing to the asker.
        """
        if asked.person_id == self.reader_id or asked is self.helper:
            return True
        return self.is_mine and asked.passed_by_id is None


def consultations_of(actor: Actor) -> list[AskedConsultation]:
    """What the actor asked and was asked, the latest first."""
    actor.require(CONSULT)
    found = session().scalars(select(Consultation).where(_concerns(actor)).order_by(Consultation.id.desc()))
    return _whole(actor, found.all())


def consultation_with(actor: Actor, consultation_id: int, *, locked: bool = False) -> AskedConsultation:
    """A question that the actor asked or was asked; `locked`, nobody else changes it meanwhile. Raises NotFound."""
    wanted = select(Consultation).where(Consultation.id == consultation_id, _concerns(actor))
    found = session().scalar(wanted.with_for_update() if locked else wanted)
    if found is None:
        raise NotFound
    return _whole(actor, [found])[0]


def consultation_by_id(consultation_id: int, *, locked: bool = False) -> AskedConsultation | None:
    """A question, for who does the work of the house: reminding, mailing. Nobody reads it by this."""
    wanted = select(Consultation).where(Consultation.id == consultation_id)
    found = session().scalar(wanted.with_for_update() if locked else wanted)
    return _whole(SYSTEM, [found])[0] if found is not None else None


def who_can_take_over(actor: Actor, asked: AskedConsultation) -> list[tuple[int, str]]:
    """Colleagues who may be asked about the subject, by id and name: those of the actor's own schools first.

    Without a subject, who may be asked about anything. Who was asked already is left out.
    """
    known = {asked.consultation.asker_id, actor.person_id, *(one.person_id for one in asked.asked)}
    narrowed = [ExpertiseRecord.willing, opened_to(actor), ExpertiseRecord.person_id.not_in(known)]
    if asked.consultation.item_id is not None:
        item = taxonomy().current(asked.consultation.item_id)
        narrowed.append(among(ExpertiseRecord.item_id, items_kept_under(taxonomy(), [item])))
    own = works_at_one_of(actor.schools)
    willing = select(ExpertiseRecord.person_id, func.bool_or(own).label("is_own")).where(*narrowed)
    people = willing.group_by(ExpertiseRecord.person_id).subquery()
    found = session().execute(
        select(Person, people.c.is_own)
        .join(people, people.c.person_id == Person.id)
        .order_by(people.c.is_own.desc(), Person.sort_name, Person.id)
        .limit(MOST_OFFERED)
    )
    return [(person.id, person.name) for person, _is_own in found]


def people_named_in(consultations: Iterable[AskedConsultation]) -> set[int]:
    """Everybody whom the reader of these questions may know by name."""
    return {
        person_id
        for one in consultations
        for person_id in (
            one.consultation.asker_id,
            *(asked.person_id for asked in one.asked if one.is_named_to_me(asked)),
            *(asked.passed_by_id for asked in one.asked if asked.passed_by_id and one.is_mine),
            *((one.my_part.passed_by_id,) if one.my_part and one.my_part.passed_by_id else ()),
        )
    }


def _concerns(actor: Actor) -> ColumnElement[bool]:
    asked = exists().where(
        AskedColleague.tenant_id == Consultation.tenant_id,
        AskedColleague.consultation_id == Consultation.id,
        AskedColleague.person_id == actor.person_id,
    )
    return or_(Consultation.asker_id == actor.person_id, asked)


def _whole(actor: Actor, consultations: Sequence[Consultation]) -> list[AskedConsultation]:
    ids = [one.id for one in consultations]
    asked = session().scalars(
        select(AskedColleague)
        .where(AskedColleague.consultation_id.in_(ids))
        .order_by(AskedColleague.id)
        .execution_options(populate_existing=True)
    )
    all_asked = asked.all()
    ends = session().scalars(select(ConsultationEnd).where(ConsultationEnd.consultation_id.in_(ids)))
    end_of = {end.consultation_id: end for end in ends}
    return [
        AskedConsultation(
            one,
            [asked for asked in all_asked if asked.consultation_id == one.id],
            end_of.get(one.id),
            actor.person_id,
        )
        for one in consultations
    ]

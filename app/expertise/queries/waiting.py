"""What waits for somebody in this room, for her first page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, exists, func, literal, select, union_all

from app.expertise.models import (
    Answer,
    AskedColleague,
    Consultation,
    ConsultationEnd,
    ExpertiseRecord,
    RecordProposal,
)
from app.expertise.queries.attention import teams
from app.expertise.queries.records import stale_since
from app.expertise.queries.taxonomy import items_in_use
from app.kernel.actor import Actor
from tenants.session import session

_ASKED, _HELPED = "asked", "helped"


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for one person."""

    records: int = 0
    """How many records she has."""
    stale: int = 0
    """How many of them she has not confirmed for a year."""
    proposals: int = 0
    asked: Sequence[int] = ()
    """Questions that she can still answer."""
    helped: Sequence[int] = ()
    """Her own questions that somebody took, and that she has not closed."""


@dataclass(frozen=True, slots=True)
class TeamAttention:
    """What the team of somebody's school lacks, in numbers of items."""

    unmet: int = 0
    """Needs that are not met."""
    leaving: int = 0
    """Items that hang on one person who leaves within a year."""


def waiting_for(actor: Actor) -> Waiting:
    """What waits for this person, in two queries."""
    stale = ExpertiseRecord.confirmed_on < stale_since()
    proposed = (RecordProposal.person_id == actor.person_id, RecordProposal.declined_at.is_(None))
    proposals = select(func.count()).select_from(RecordProposal).where(*proposed).scalar_subquery()
    mine = select(func.count(), func.count().filter(stale), proposals).select_from(ExpertiseRecord)
    records, old, offered = session().execute(mine.where(ExpertiseRecord.person_id == actor.person_id)).one()
    questions = session().execute(_questions(actor)).all()
    return Waiting(
        records,
        old,
        offered,
        [question_id for about, question_id in questions if about == _ASKED],
        [question_id for about, question_id in questions if about == _HELPED],
    )


def team_attention(actor: Actor) -> TeamAttention:
    """What the teams of the actor's schools lack, as far as it was opened to the school."""
    found = teams(actor, items_in_use())
    return TeamAttention(
        sum(team.missing > 0 for team in found), sum(team.leaves_on is not None for team in found)
    )


def _questions(actor: Actor) -> CompoundSelect[str, int]:
    is_open = ~exists().where(
        ConsultationEnd.tenant_id == Consultation.tenant_id,
        ConsultationEnd.consultation_id == Consultation.id,
    )
    asked_me = _somebody(AskedColleague.person_id == actor.person_id, AskedColleague.answer.is_(None))
    taken = _somebody(AskedColleague.answer == Answer.ACCEPTED)
    return union_all(
        select(literal(_ASKED), Consultation.id).where(is_open, asked_me, ~taken),
        select(literal(_HELPED), Consultation.id).where(
            is_open, taken, Consultation.asker_id == actor.person_id
        ),
    )


def _somebody(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        AskedColleague.tenant_id == Consultation.tenant_id,
        AskedColleague.consultation_id == Consultation.id,
        *which,
    )

"""What the tests of expertise make."""

from typing import Any

from sqlalchemy import select

from app.expertise.models import (
    AskedColleague,
    Consultation,
    ExpertiseItem,
    ExpertiseRecord,
    RecordKind,
    RecordProposal,
    Visibility,
    Way,
)
from tenants.session import session


def item_called(code: str) -> int:
    """The id of a shipped item of the network that was entered."""
    return session().scalars(select(ExpertiseItem.id).where(ExpertiseItem.code == code)).one()


def domain_of(item_id: int) -> int:
    """The domain of an item."""
    return session().scalars(select(ExpertiseItem.domain_id).where(ExpertiseItem.id == item_id)).one()


def a_record(person_id: int, item: str = "dyslexia", **changes: Any) -> ExpertiseRecord:
    """A record of somebody: unless said otherwise, she helps colleagues with it, and her school may know."""
    values: dict[str, Any] = {"kind": RecordKind.EXPERTISE, "visibility": Visibility.SCHOOL, **changes}
    if values["kind"] == RecordKind.EXPERTISE:
        values.setdefault("level", 3)
    return _kept(ExpertiseRecord(person_id=person_id, item_id=item_called(item), **values))


def a_proposal(person_id: int, school_id: int, item: str = "spelling", **changes: Any) -> RecordProposal:
    """A record that was proposed to somebody."""
    values = {"kind": RecordKind.EXPERTISE, "level": 2, "by_id": 0, **changes}
    return _kept(
        RecordProposal(person_id=person_id, school_id=school_id, item_id=item_called(item), **values)
    )


def a_consultation(
    asker_id: int, school_id: int, asked: dict[int, int], item: str = "dyslexia"
) -> Consultation:
    """A question that goes to people, each with the id of her school."""
    made = _kept(
        Consultation(
            asker_id=asker_id,
            school_id=school_id,
            item_id=item_called(item),
            way=Way.TALK,
            question="Hoe begin ik?",
        )
    )
    for person_id, their_school in asked.items():
        _kept(AskedColleague(consultation_id=made.id, person_id=person_id, school_id=their_school))
    return made


def _kept(row: Any) -> Any:
    session().add(row)
    session().flush()
    return row

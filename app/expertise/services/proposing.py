"""Propose records to people of one's team: nobody sees them before they are accepted.

What somebody keeps private, or did not want, must not show in what happens here: then nothing is added, and nothing
is said of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.expertise.models import ExpertiseRecord, RecordKind, RecordProposal, Visibility
from app.expertise.policy import SEE_TEAM
from app.expertise.queries.teams import team_members
from app.expertise.services.taxonomy import standing_taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Invalid, NotFound
from tenants.session import session

Same = tuple[int, int, str, str]
"""What makes two records the same: person, item, kind, and the title of a course in lower case."""


def propose_record(actor: Actor, school_id: int, data: dict[str, Any]) -> None:
    """Propose one record to somebody of the team.

    Raises NotFound for a school that is not the actor's; Invalid for who does not work there, an item that is not in
    use, and for what she opened already.
    """
    actor.require(SEE_TEAM)
    if data["person_id"] not in {person.id for person in team_members(actor, school_id)}:
        raise Invalid({"person_id": [_("Choose somebody of the team.")]})
    try:
        item = standing_taxonomy().current(data["item_id"])
    except NotFound:
        raise Invalid({"item_id": [_("Choose an item.")]}) from None
    if item.is_retired:
        raise Invalid({"item_id": [_("This is not in use any more. Choose something else.")]})
    proposed = {**data, "item_id": item.id}
    if same_as(proposed) in opened_records([data["person_id"]]):
        raise Invalid({"item_id": [_("This is in the list of the team already.")]})
    keep_proposals(actor, school_id, [proposed])
    record(actor, "propose record", "school", school_id)


def keep_proposals(actor: Actor, school_id: int, proposed: Sequence[Mapping[str, Any]]) -> None:
    """Add proposals, but for those that the person has as a record already, or that were proposed before."""
    has = _records(one["person_id"] for one in proposed)
    rows = [
        {**one, "school_id": school_id, "by_id": actor.person_id}
        for one in proposed
        if same_as(one) not in has
    ]
    if rows:
        session().execute(insert(RecordProposal).on_conflict_do_nothing(), rows)


def opened_records(person_ids: Iterable[int]) -> set[Same]:
    """What these people opened to their school or to the network."""
    return _records(person_ids, only_opened=True)


def same_as(data: Mapping[str, Any]) -> Same:
    """What makes a record or a proposal the same as another."""
    return data["person_id"], data["item_id"], data["kind"], (data.get("course_title") or "").lower()


def _records(person_ids: Iterable[int], *, only_opened: bool = False) -> set[Same]:
    kept = select(
        ExpertiseRecord.person_id, ExpertiseRecord.item_id, ExpertiseRecord.kind, ExpertiseRecord.course_title
    ).where(ExpertiseRecord.person_id.in_(set(person_ids)))
    if only_opened:
        kept = kept.where(ExpertiseRecord.visibility != Visibility.PRIVATE)
    return {
        (person_id, item_id, kind, (title or "").lower() if kind == RecordKind.COURSE else "")
        for person_id, item_id, kind, title in session().execute(kept)
    }

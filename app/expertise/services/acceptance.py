"""Answer what was proposed: take it over as a record of one's own, or not. Who proposed it is not told."""

from collections.abc import Collection

from flask_babel import gettext as _

from app.expertise.models import ExpertiseRecord, RecordProposal, Visibility
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import own_proposal, proposal_for, proposals_for, records_of, taxonomy
from app.expertise.services.taxonomy import standing_taxonomy
from app.kernel.actor import Actor
from app.kernel.audit import record, record_each
from app.kernel.clock import now, today
from app.kernel.errors import Conflict
from tenants.session import session

SUBJECT = "record proposal"
_CONTENT = ("kind", "level", "course_title", "course_provider", "course_state", "starts_on", "ends_on")


def accept_proposal(actor: Actor, proposal_id: int, visibility: Visibility) -> None:
    """Take over what was proposed, opened as she chose. What she had of it already says the same from now on.

    Raises Conflict when its item is not in use any more.
    """
    actor.require(KEEP_RECORDS)
    proposal = proposal_for(actor, proposal_id)
    if standing_taxonomy().current(proposal.item_id).is_retired:
        raise Conflict(_("This is not in use any more. Choose something else."))
    _accept(actor, [proposal], visibility)


def accept_proposals(actor: Actor, proposal_ids: Collection[int], visibility: Visibility) -> int:
    """Take over all of these that still wait and whose item is in use; gives how many."""
    actor.require(KEEP_RECORDS)
    known = standing_taxonomy()
    waiting = [
        one
        for one in proposals_for(actor)
        if one.id in proposal_ids and not known.current(one.item_id).is_retired
    ]
    _accept(actor, waiting, visibility)
    return len(waiting)


def decline_proposal(actor: Actor, proposal_id: int) -> None:
    """Let it go."""
    actor.require(KEEP_RECORDS)
    proposal_for(actor, proposal_id).declined_at = now()
    record(actor, "decline proposal", SUBJECT, proposal_id)


def take_declining_back(actor: Actor, proposal_id: int) -> None:
    """Let it wait again; when it waits already, nothing changes."""
    actor.require(KEEP_RECORDS)
    own_proposal(actor, proposal_id).declined_at = None
    record(actor, "take declining back", SUBJECT, proposal_id)


def _accept(actor: Actor, proposals: Collection[RecordProposal], visibility: Visibility) -> None:
    mine = {(one.item_id, one.kind, (one.course_title or "").lower()): one for one in records_of(actor)}
    for proposal in proposals:
        item_id = taxonomy().current(proposal.item_id).id
        identity = item_id, proposal.kind, (proposal.course_title or "").lower()
        kept = mine.get(identity)
        if kept is None:
            kept = mine[identity] = ExpertiseRecord(person_id=actor.person_id, item_id=item_id, since=today())
            session().add(kept)
        elif kept.level != proposal.level:
            kept.since = today()
        for name in _CONTENT:
            setattr(kept, name, getattr(proposal, name))
        kept.visibility, kept.confirmed_on = visibility, today()
        session().delete(proposal)
    session().flush()
    record_each(actor, "accept proposal", SUBJECT, [one.id for one in proposals])

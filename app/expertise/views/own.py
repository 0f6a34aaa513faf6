"""My own expertise: what waits, what there is, and where to begin."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from flask import render_template
from flask.typing import ResponseReturnValue

from app.expertise.models import ExpertiseRecord, RecordProposal
from app.expertise.policy import KEEP_RECORDS
from app.expertise.queries import (
    Item,
    grown_old,
    items_named,
    proposals_for,
    reachability_of,
    records_of,
    taxonomy,
    workschools,
)
from app.expertise.schemas import SearchSchema
from app.expertise.views.blueprint import blueprint
from app.expertise.views.choice_form import Typed, choice_form, touched_items
from app.expertise.views.own_page import by_domain, in_words, own_tabs
from app.kernel.actor import Actor
from app.organisation.labels import listed
from app.organisation.queries import names_by_id
from app.web.forms import read_query
from app.web.guard import acting, requires


class ShownProposal(NamedTuple):
    """What was proposed, as its card shows it."""

    id: int
    item: Item
    says: str
    by: str | None
    at: datetime
    had: str | None
    """What she says of it now, where that would change."""


@blueprint.get("/expertise")
@requires(KEEP_RECORDS)
def show_own() -> ResponseReturnValue:
    """What I know, like, learn and want, and who sees it."""
    return own_page(acting(), read_query(SearchSchema())["q"], None)


def own_page(actor: Actor, words: str, typed: Typed | None) -> str:
    """The page; with words also the items that they name, to tick at once."""
    records, proposals = records_of(actor), proposals_for(actor)
    return render_template(
        "expertise/own.html",
        tabs=own_tabs("expertise.show_own"),
        groups=by_domain(records),
        has_records=bool(records),
        stale_count=len(grown_old(records)),
        proposals=_proposals(proposals, records),
        schools=listed([school.name for school in workschools(actor)]),
        reachability=reachability_of(actor.person_id),
        domains=[(domain, _ticked(domain.items, records)) for domain in taxonomy().domains],
        q=words,
        **choice_form(_found(words, typed), records, typed),
    )


def _found(words: str, typed: Typed | None) -> list[Item]:
    """What the words name, after what was ticked in the form before and not saved yet."""
    touched = touched_items(typed) if typed else []
    return touched + [item for item in items_named(words) if item not in touched]


def _ticked(items: Sequence[Item], records: Sequence[ExpertiseRecord]) -> int:
    about = {one.item_id for one in records}
    return sum(item.id in about for item in items)


def _proposals(
    proposals: Sequence[RecordProposal], records: Sequence[ExpertiseRecord]
) -> list[ShownProposal]:
    names = names_by_id({one.by_id for one in proposals})
    kept = {(one.item_id, one.kind): one for one in records if one.level is not None}
    found: list[ShownProposal] = []
    for one in proposals:
        item = taxonomy().current(one.item_id)
        mine, by = kept.get((item.id, one.kind)), names.get(one.by_id)
        found.append(
            ShownProposal(one.id, item, in_words(one), by and by.name, one.at, mine and in_words(mine))
        )
    return found

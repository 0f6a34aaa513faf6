"""Add many items at once, all of them or none."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.models import MAX_DOMAIN_NAME, MAX_ITEM_NAME
from app.expertise.pasted import WRONG, KnownNames, LineState, PastedLine, read_lines
from app.expertise.policy import RUN_TAXONOMY
from app.expertise.queries import taxonomy
from app.expertise.services.taxonomy import (
    MOST_DOMAINS,
    MOST_ITEMS,
    add_domain,
    add_item,
    count_items,
    too_many_domains,
    too_many_items,
)
from app.kernel.actor import Actor
from app.kernel.errors import Invalid

MOST_AT_ONCE = 60
"""More lines than this are seldom meant, and nobody reads the preview of them."""


def preview_of(actor: Actor, text: str, domain_id: int | None) -> list[PastedLine]:
    """What would become of each line. Raises Invalid for nothing at all, and for more than there can be."""
    actor.require(RUN_TAXONOMY)
    known = taxonomy()
    in_use = {item.name.casefold() for domain in known.domains for item in domain.items}
    names = {item.name.casefold(): False for item in known.items.values()} | dict.fromkeys(in_use, True)
    chosen = next((domain.name for domain in known.domains if domain.id == domain_id), None)
    if domain_id is not None and chosen is None:
        raise Invalid({"domain_id": [_("Choose a domain.")]})
    lines = read_lines(text, chosen, KnownNames(names, MAX_DOMAIN_NAME, MAX_ITEM_NAME))
    _refuse_too_many(lines)
    return lines


def add_lines(actor: Actor, text: str, domain_id: int | None) -> int:
    """Add the items that are new, and the domains that they name; gives how many items. Raises Invalid for a wrong line."""
    lines = preview_of(actor, text, domain_id)
    if any(line.state in WRONG for line in lines):
        raise Invalid({"lines": [_("There are lines that are not right. Mend them first.")]})
    new = [line for line in lines if line.state == LineState.NEW]
    if not new:
        raise Invalid({"lines": [_("There is nothing new in these lines.")]})
    for line in new:
        add_item(actor, _domain_called(actor, line.domain), line.item)
    return len(new)


def new_domains(lines: Sequence[PastedLine]) -> list[str]:
    """The names of domains that there are not yet, as they were first written."""
    known = {domain.name.casefold() for domain in taxonomy().domains}
    found: dict[str, str] = {}
    for line in lines:
        if line.state == LineState.NEW and line.domain.casefold() not in known:
            found.setdefault(line.domain.casefold(), line.domain)
    return list(found.values())


def _domain_called(actor: Actor, name: str) -> int:
    for domain in taxonomy().domains:
        if domain.name.casefold() == name.casefold():
            return domain.id
    return add_domain(actor, name)


def _refuse_too_many(lines: Sequence[PastedLine]) -> None:
    new = sum(line.state == LineState.NEW for line in lines)
    if not lines:
        message = _("Paste at least one line.")
    elif len(lines) > MOST_AT_ONCE:
        message = ngettext(
            "This is %(num)s line.",
            "These are %(num)s lines. At most %(most)s can be added at once: paste them in parts.",
            len(lines),
            most=MOST_AT_ONCE,
        )
    elif count_items() + new > MOST_ITEMS:
        message = too_many_items()
    elif len(taxonomy().domains) + len(new_domains(lines)) > MOST_DOMAINS:
        message = too_many_domains()
    else:
        return
    raise Invalid({"lines": [message]})

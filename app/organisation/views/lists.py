"""What the lists of this room share: tabs above them, and the way through their parts."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from marshmallow import Schema

from app.kernel.paging import Page, Position
from app.organisation.policy import MANAGE_PEOPLE, MANAGE_SETTINGS, SEE_PEOPLE
from app.web.guard import acting

PARTS = {"na", "voor"}
"""Where a part of a list begins: after a row, or before it."""


def tabs(current: str) -> list[tuple[str, str, bool]]:
    """The lists of this room that the actor may see."""
    lists = [(_("Schools"), "organisation.index_schools"), (_("School boards"), "organisation.index_boards")]
    if acting().may(SEE_PEOPLE):
        lists.append((_("People"), "organisation.index_people"))
    if acting().may(MANAGE_PEOPLE):
        lists.append((_("Invitations"), "organisation.index_invitations"))
    if acting().may(MANAGE_SETTINGS):
        lists.append((_("Settings"), "organisation.edit_settings"))
    return [(label, url_for(endpoint), endpoint == current) for label, endpoint in lists]


def parts(page: Page[Any], text: str) -> dict[str, Any]:
    """The links to the parts of a list before and after this one, with the same filter."""
    return {"text": text, "next_url": _part_url(page.next), "previous_url": _part_url(page.previous)}


def is_narrowed() -> bool:
    """Whether the list shows less than everything because somebody asked for that."""
    return any(value for name, value in request.args.items() if name not in PARTS)


def asked_for(schema: Schema) -> dict[str, str]:
    """The filter of the address, for asking the same of another page."""
    return {
        name: value for name, value in request.args.items() if value and name in set(schema.fields) - PARTS
    }


def _part_url(position: Position | None) -> str | None:
    if position is None:
        return None
    asked: dict[str, Any] = {
        name: value for name, value in request.args.items() if value and name not in PARTS
    }
    return url_for(str(request.endpoint), **asked, na=position.after, voor=position.before)

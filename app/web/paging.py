"""A long list in parts, for lists that are short enough to be sorted in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

T = TypeVar("T")
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, with the way to the parts beside it."""

    items: Sequence[T]
    text: str
    """Which part this is; of a list that is shown whole, only how long it is, for who hears a change."""
    next_url: str | None
    previous_url: str | None


def page_of(items: Sequence[T], start: int, size: int = PAGE_SIZE) -> Page[T]:
    """The part of `items` that begins at `start`; the links keep what else the address says."""
    shown = items[start : start + size]
    last = start + len(shown)
    text = ""
    if shown and len(shown) == len(items):
        text = ngettext("%(num)d in the list", "%(num)d in the list", len(items))
    elif shown:
        text = _("%(first)s–%(last)s of %(total)s", first=start + 1, last=last, total=len(items))
    return Page(
        items=shown,
        text=text,
        next_url=_here(last) if last < len(items) else None,
        previous_url=_here(max(0, start - size)) if start else None,
    )


def _here(start: int) -> str:
    arguments = {**(request.view_args or {}), **request.args.to_dict(), "after": start or None}
    return url_for(request.endpoint or "", **arguments)

"""The main menu: each room says what it puts there, and for whom."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from flask import request, url_for
from flask_babel import LazyString
from flask_login import current_user

from app.kernel.actor import Actor
from app.kernel.permissions import Permission
from tenants.context import Network


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link of the main menu, shown to those who have the permission."""

    label: LazyString
    endpoint: str
    permission: Permission
    order: int
    also: frozenset[str] = frozenset()
    """What else of the network's pages belongs to it, by the first part of their address."""


class MenuLink(NamedTuple):
    """A menu item as the layout shows it."""

    label: str
    url: str
    is_current: bool


class Tab(NamedTuple):
    """A part of something that has its own address."""

    label: str
    url: str
    is_current: bool


class Brand(NamedTuple):
    """The network in the header."""

    name: str
    initials: str
    url: str


class AccountLink(NamedTuple):
    """Who is signed in, with the way to her account."""

    name: str
    url: str


def brand_of(network: Network) -> Brand:
    """Name and initials of a network; its number where the name has hardly a word, as in "SWV PO 26.01"."""
    number = re.search(r"\d\d\.\d\d", network.name)
    words = [word for word in re.findall(r"\w+", network.name) if word[0].isupper()]
    initials = number.group() if number else "".join(word[0] for word in words[-2:])
    return Brand(network.name, initials, url_for("home.show_today"))


def signed_in_name(actor: Actor | None) -> AccountLink | None:
    """The name in the header: of the person in this network, elsewhere the address."""
    if not current_user.is_authenticated:
        return None
    return AccountLink(actor.name if actor else current_user.email, url_for("identity.show_account"))


def menu_for(actor: Actor, items: list[MenuItem]) -> list[MenuLink]:
    """What this actor's menu shows, with the one that the page belongs to."""
    shown = [item for item in sorted(items, key=lambda item: item.order) if actor.may(item.permission)]
    current = _current(shown)
    return [MenuLink(str(item.label), url_for(item.endpoint), item is current) for item in shown]


def _current(shown: list[MenuItem]) -> MenuItem | None:
    """The item whose address the page lies under, or to which it belongs, otherwise the first of the page's room."""
    room = (request.endpoint or "").split(".")[0]
    under = (item for item in shown if f"{request.path}/".startswith(f"{url_for(item.endpoint)}/"))
    part = request.path.split("/")[2:3]
    beside = (item for item in shown if not item.also.isdisjoint(part))
    of_room = (item for item in shown if item.endpoint.split(".")[0] == room)
    return next(under, None) or next(beside, None) or next(of_room, None)

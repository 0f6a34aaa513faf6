"""Who may use an endpoint, declared beside each view and checked by the factory when the app starts."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Flask, g

from app.kernel.actor import Actor
from app.kernel.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])


class Reach(Enum):
    """Which data the endpoint's unit of work sees."""

    NOTHING = "nothing"
    IDENTITIES = "identities"
    NETWORK = "network"
    NETWORK_AND_IDENTITIES = "network and identities"


@dataclass(frozen=True, slots=True)
class Access:
    """What an endpoint declares of itself."""

    reach: Reach
    permission: Permission | None = None
    """Needed in the network; None where nobody needs to be somebody there."""
    signed_in: bool = False
    while_read_only: bool = False
    """Whether a network that may only read can still use an unsafe method here (export, payment)."""
    for_operators: bool = False
    """Whether it exists only for who runs the platform."""
    takes_file: bool = False
    """Whether a request may be as large as a file that we read."""

    @property
    def in_network(self) -> bool:
        """Whether the endpoint lies under `/<network>/`."""
        return self.reach in {Reach.NETWORK, Reach.NETWORK_AND_IDENTITIES}


class UndeclaredEndpoint(Exception):
    """An endpoint does not say who may use it: the app refuses to start."""


def declares(access: Access) -> Callable[[View], View]:
    """Declare who may use a view."""

    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]  # a function carries what it declared
        return view

    return mark


def requires(
    permission: Permission, *, with_identities: bool = False, takes_file: bool = False
) -> Callable[[View], View]:
    """For people of the network who have the permission."""
    reach = Reach.NETWORK_AND_IDENTITIES if with_identities else Reach.NETWORK
    return declares(Access(reach, permission, signed_in=True, takes_file=takes_file))


def public(reach: Reach = Reach.NOTHING) -> Callable[[View], View]:
    """For everybody, signed in or not."""
    return declares(Access(reach))


def for_operators(*, takes_file: bool = False) -> Callable[[View], View]:
    """For who runs the platform; for everybody else it does not exist. Sees no network from within."""
    return declares(Access(Reach.IDENTITIES, signed_in=True, for_operators=True, takes_file=takes_file))


signed_in = declares(Access(Reach.IDENTITIES, signed_in=True))
"""For everybody who is signed in, whatever the network."""


def acting() -> Actor:
    """Who makes this request, once the pipeline let her in. For views of a network."""
    return g.actor


def access_to(app: Flask, endpoint: str) -> Access:
    """What the endpoint declared. Raises UndeclaredEndpoint."""
    view = app.view_functions[endpoint]
    access = getattr(view, "access", None)
    if not isinstance(access, Access):
        raise UndeclaredEndpoint(endpoint)
    return access


def check_declarations(app: Flask) -> None:
    """Raise UndeclaredEndpoint for the first endpoint that does not say who may use it, or says it wrongly."""
    for rule in app.url_map.iter_rules():
        access = access_to(app, rule.endpoint)
        if access.in_network != rule.rule.startswith("/<network>/") and not rule.rule.startswith(
            "/uitnodiging/"
        ):
            raise UndeclaredEndpoint(f"{rule.endpoint}: its URL and its reach do not agree")
        if access.for_operators != rule.rule.startswith("/beheer/"):
            raise UndeclaredEndpoint(f"{rule.endpoint}: only pages of operators lie under /beheer/")

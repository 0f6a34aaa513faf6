"""The one path of a request: who is it, which network, one unit of work, may she, then the view.

The unit of work ends well only when the answer is below 400: a form that is refused changes nothing.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import structlog
from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import DataError, IntegrityError

from app.identity.queries import SignedIn, is_operator, tenant_by_slug
from app.kernel.errors import Conflict, Invalid, NotFound, PlanLimit
from app.kernel.mail import Postbox
from app.organisation.queries import actor_of
from app.web.guard import Access, Reach, access_to
from app.web.navigation import MenuItem
from config.settings import MasterKey, Settings
from tenants.context import Network
from tenants.models import Standing, Tenant
from tenants.session import Database

log = structlog.get_logger()

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SignInNeeded(Exception):
    """Nobody is signed in, and the endpoint needs somebody."""


class Suspended(Exception):
    """The operator stopped the network."""


class _Refused(Exception):
    """Carries an answer of 400 or more out of the unit of work, so that it is rolled back."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


class Application(Flask):
    """Flask, with our path around each view."""

    settings: Settings
    database: Database
    postbox: Postbox
    master_key: MasterKey
    menu: list[MenuItem]
    conflicts: dict[str, Any]
    """What to say when the database refuses, by the name of the constraint."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Take the matched request along the path."""
        if request.routing_exception is not None or request.endpoint is None:
            return super().dispatch_request()
        access = access_to(self, request.endpoint)
        unit = self._unit_for(access)
        try:
            with unit:
                self._guard(access)
                return _kept_or_refused(self.make_response(super().dispatch_request()))
        except _Refused as refused:
            return refused.response
        except IntegrityError as error:
            raise self.conflict(error) from error
        except DataError as error:
            log.warning("no column takes this value", endpoint=request.endpoint)
            raise Invalid({}) from error

    def _unit_for(self, access: Access) -> AbstractContextManager[Any]:
        """Say who it is and which network, then open the unit of work that the endpoint asks for."""
        if access.reach is Reach.NOTHING:
            return nullcontext()
        user: SignedIn | None = current_user if current_user.is_authenticated else None
        if access.signed_in and user is None:
            raise SignInNeeded
        read_only = request.method in SAFE_METHODS
        if access.reach is Reach.IDENTITIES:
            return self.database.global_unit(read_only=read_only)
        network = self._network(access, user)
        if not (read_only or network.is_writable or access.while_read_only):
            raise PlanLimit
        with_identities = access.reach is Reach.NETWORK_AND_IDENTITIES
        return self.database.unit_of_work(network, read_only=read_only, with_identities=with_identities)

    def _network(self, access: Access, user: SignedIn | None) -> Network:
        """Find the network in the URL; to people who are not of it, it does not exist."""
        view_args: dict[str, Any] = request.view_args or {}
        slug: str = view_args.pop("network")
        if access.signed_in:
            tenant = user.tenant if user and user.tenant and user.tenant.slug == slug else None
        else:
            tenant = self._any_network(slug)
        if tenant is None:
            raise NotFound
        if tenant.standing == Standing.SUSPENDED:
            raise Suspended
        g.network = tenant.opened(self.master_key)
        structlog.contextvars.bind_contextvars(network=tenant.id)
        return g.network

    def _any_network(self, slug: str) -> Tenant | None:
        with self.database.global_unit(read_only=True):
            return tenant_by_slug(slug)

    def _guard(self, access: Access) -> None:
        """Inside the unit of work: make the actor, and refuse who lacks the permission."""
        if access.for_operators and not is_operator(current_user.identity_id):
            raise NotFound
        if access.permission is None:
            return
        actor = actor_of(current_user.identity_id)
        if actor is None:
            raise NotFound
        g.actor = actor
        actor.require(access.permission)

    def conflict(self, error: IntegrityError) -> Conflict:
        """Say in the user's words which rule the database kept; a rule without words is our mistake."""
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        if name not in self.conflicts:
            raise error
        return Conflict(str(self.conflicts[name]))


def _kept_or_refused(response: Response) -> Response:
    if response.status_code >= 400:
        raise _Refused(response)
    return response

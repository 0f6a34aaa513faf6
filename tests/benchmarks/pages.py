"""Every page of everybody: each GET rule of `app.url_map`, for each role that may, with examples from the data."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from werkzeug.routing import Rule

from app.demo.plan import address_of
from app.identity.models import Login
from app.identity.queries import login_with
from app.identity.services import open_sign_in
from app.kernel.permissions import Role
from app.organisation.models import Person
from app.pipeline import Application
from app.web.guard import Access, access_to
from tenants.context import Network
from tenants.session import session
from tests.benchmarks.examples import NARROWED, NOT_FOR, REDIRECTS, Visitor, example_of, filled_in
from tests.benchmarks.nation import Nation
from tests.benchmarks.preparation import OPERATOR

AS_IT_OPENS = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as one visitor asks for it."""

    endpoint: str
    narrowed: str
    """What is asked of a list: the query string, empty for the list as it opens."""
    size: str
    """Which of the networks: smallest, median or largest."""
    path: str
    visitor: Visitor

    @property
    def name(self) -> tuple[str, str, str]:
        """What it is called in each network."""
        return self.endpoint, self.narrowed, self.visitor.name

    @property
    def answer(self) -> int:
        """The status with which it must answer, or what is measured is an error page."""
        return 302 if self.endpoint in REDIRECTS else 200


def get_rules(app: Application) -> list[Rule]:
    """The rules that are read, in the order of their names."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    return sorted(rules, key=lambda rule: rule.endpoint)


def pages_of(nation: Nation, size: str) -> list[Page]:
    """The pages of one of the networks. Raises NoExample."""
    network = nation.sizes[size]
    code = next(code for code, known in nation.networks.items() if known is network)
    database = nation.app.database
    with nation.app.app_context(), database.unit_of_work(network, with_identities=True):
        visitors = [
            Visitor("nobody", network),
            Visitor("operator", network, cookie=_cookie(nation.app, login_with(OPERATOR).id)),
            *(_signed_in(nation.app, network, code, role) for role in Role),
        ]
        return [
            Page(rule.endpoint, narrowed, size, path, visitor)
            for rule in get_rules(nation.app)
            for visitor, narrows in _who_may(nation.app, rule, visitors)
            for narrowed, path in _paths(rule, visitor, narrows=narrows)
        ]


def _signed_in(app: Application, network: Network, code: str, role: Role) -> Visitor:
    """Whoever shows this role to the visitors of the demo."""
    login = select(Login.id, Person.id).join(Person, Person.identity_id == Login.id)
    row = session().execute(login.where(Login.email == address_of(code, role))).one()
    return Visitor(role.value, network, role, row[1], _cookie(app, row[0]))


def _cookie(app: Application, identity_id: int) -> str:
    """Of a browser in which she is signed in."""
    kept = {"_user_id": open_sign_in(identity_id, "benchmark"), "csrf_token": "0" * 40}
    return app.session_interface.get_signing_serializer(app).dumps(kept)


def _who_may(app: Application, rule: Rule, visitors: list[Visitor]) -> list[tuple[Visitor, bool]]:
    """Who asks for pages of the rule, and which of them narrows a list: the coordinator, or the first who may."""
    access = access_to(app, rule.endpoint)
    may = [
        visitor
        for visitor in visitors
        if _may(access, visitor) and visitor.role not in NOT_FOR.get(rule.endpoint, ())
    ]
    narrower = next((visitor for visitor in may if visitor.role is Role.COORDINATOR), may[0] if may else None)
    return [(visitor, visitor is narrower) for visitor in may]


def _may(access: Access, visitor: Visitor) -> bool:
    if access.permission:
        return visitor.role in access.permission.roles
    if access.for_operators:
        return visitor.name == "operator"
    return visitor.role is not None if access.signed_in else visitor.name == "nobody"


def _paths(rule: Rule, visitor: Visitor, *, narrows: bool) -> Iterator[tuple[str, str]]:
    """The page as it opens; a list also narrowed."""
    values = {name: example_of(rule, name)(visitor) for name in rule.arguments - {"network"}}
    if "network" in rule.arguments:
        values["network"] = visitor.network.slug
    built = rule.build(values, append_unknown=False)
    if built is None:
        raise LookupError(f"{rule.rule} takes other values than {values}")
    yield AS_IT_OPENS, built[1]
    for narrowed in NARROWED.get(rule.endpoint, ()) if narrows else ():
        yield narrowed, f"{built[1]}?{filled_in(narrowed, visitor)}"

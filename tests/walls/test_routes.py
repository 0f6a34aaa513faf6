"""Wall 1: every route, every method, everybody, with what is theirs, what is another network's and what is not.

Generated from `app.url_map`, so that a route that is added tomorrow is here tomorrow. What a network does not
let somebody see, and what does not exist, must be the same answer to the letter.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from flask import g, request
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from app.factory import create_app
from app.kernel.actor import SYSTEM
from app.kernel.errors import Forbidden, NotFound
from app.pipeline import SAFE_METHODS
from app.web.guard import Access, access_to
from tests.conftest import settings_for
from tests.walls.conftest import without_token
from tests.walls.resources import (
    NOWHERE,
    RESOURCES,
    Place,
    form_with,
    ids_in_form,
    make_for,
    name_of,
    parameters,
)
from tests.world import PEOPLE

OURS, THEIRS, NOBODYS = "waterland", "heuvelrug", "bestaat-niet"
ROLES_OF = {key: {role for role, _school in roles} for key, _first, _last, roles in PEOPLE}
REFUSALS = {403, 404}
FINE = {200, 204, 302, 303, 409, 422}
"""A form without sense comes back (422); a decision that no longer fits is a conflict (409)."""


@cache
def _url_map() -> Any:
    """The routes of the application, before there is any database."""
    return create_app(settings_for("nowhere"))


def _each_rule_and_method() -> list[Any]:
    return [
        pytest.param(rule, method, id=f"{method} {rule.rule}")
        for rule in _url_map().url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


@dataclass
class Matrix:
    """One rule and method, asked by everybody."""

    app: Any
    rule: Rule
    method: str
    clients: dict[str, tuple[FlaskClient, dict[str, str]]]
    pages_nowhere: dict[str, str]
    own: dict[str, Any]
    foreign: dict[str, Any]

    @property
    def access(self) -> Access:
        return access_to(self.app, self.rule.endpoint)

    def ask(self, who: str, network: str = OURS, *, token: bool = True, **changes: Any) -> TestResponse:
        """The answer for somebody, with our own ids but for the changes. Nothing of it stays."""
        made = self.own | changes
        client, headers = self.clients[who]
        with self._nothing_stays():
            return client.open(
                self._url(network, made),
                method=self.method,
                data=form_with(self.rule, made) if self.method not in SAFE_METHODS else None,
                headers=headers if token else {},
                buffered=True,
            )

    def nowhere(self, who: str) -> str:
        """What somebody gets for a network that does not exist: asked once, for it is the same on each route."""
        if who not in self.pages_nowhere:
            missing = self.ask(who, NOBODYS)
            assert missing.status_code == 404
            self.pages_nowhere[who] = without_token(missing)
        return self.pages_nowhere[who]

    def _url(self, network: str, made: dict[str, Any]) -> str:
        values = {name: made[name] for name in parameters(self.rule)}
        if "network" in self.rule.arguments:
            values["network"] = network
        built = self.rule.build(values, append_unknown=False)
        assert built, self.rule
        return built[1]

    @contextmanager
    def _nothing_stays(self) -> Generator[None]:
        """What one member does is undone before the next one asks; her browser keeps its cookie."""
        connection = self.app.database.connection
        savepoint = connection.begin_nested()
        cookies = {who: dict(client._cookies) for who, (client, _) in self.clients.items()}
        try:
            yield
        finally:
            savepoint.rollback()
            for who, (client, _) in self.clients.items():
                client._cookies.clear()
                client._cookies.update(cookies[who])

    def may(self, who: str) -> bool:
        """Whether the declaration lets her in, whatever the room says of the row."""
        if self.access.for_operators:
            return who == "operator"
        if self.access.permission is None:
            return True
        return not self.access.permission.roles.isdisjoint(ROLES_OF.get(who, ()))

    def who_tries(self) -> list[str]:
        """Everybody whom the declaration lets in, and one whom it does not: the others get no further than she."""
        may = [who for who in ROLES_OF if self.may(who)]
        return may + [who for who in ROLES_OF if who not in may][:1]

    def ids(self) -> list[str]:
        """The parameters and fields that name something of a network or of somebody."""
        names = [*parameters(self.rule), *ids_in_form(self.rule)]
        return [name for name in names if RESOURCES[name_of(self.rule, name)].is_owned]


@pytest.fixture(scope="session")
def pages_nowhere():
    return {}


@pytest.fixture
def matrix(app, cast, database, browser_of, pages_nowhere):
    """Makes what the rule names in both networks, and opens everybody's browser."""

    def make(rule: Rule, method: str, application: Any = app) -> Matrix:
        ours = Place(cast.network, cast["ib"], cast)
        theirs = Place(cast.other_network, cast["stranger"], cast)
        made = make_for(database, rule, ours), make_for(database, rule, theirs)
        clients = {who: browser_of(who) for who in (*ROLES_OF, "operator", "stranger")}
        return Matrix(application, rule, method, clients | {"nobody": browser_of(None)}, pages_nowhere, *made)

    return make


def check_anonymous(matrix: Matrix) -> None:
    """Who is not signed in gets to the sign-in page, or sees what is public."""
    if not matrix.access.signed_in:
        assert matrix.ask("nobody").status_code in FINE
        return
    answer = matrix.ask("nobody")
    assert answer.status_code == 302
    assert answer.location.startswith("/inloggen")
    matrix.clients["nobody"][1]["HX-Request"] = "true"
    answer = matrix.ask("nobody")
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"].startswith("/inloggen")
    assert answer.text == ""


def check_own(matrix: Matrix) -> None:
    """Who has the permission gets an answer, or does not know that it exists; who has not is refused."""
    let_in = set()
    for who in (*ROLES_OF, "operator"):
        status = matrix.ask(who).status_code
        if matrix.may(who):
            assert status in FINE | REFUSALS, who
            let_in |= {who} if status in FINE else set()
        else:
            assert status in REFUSALS, who
    assert let_in, "nobody of the cast gets in: the matrix compares nothing"


def check_foreign_ids(matrix: Matrix) -> None:
    """Another network's id is the same answer as an id that nobody has."""
    for who in matrix.who_tries():
        for name in matrix.ids():
            missing = matrix.ask(who, **{name: NOWHERE})
            foreign = matrix.ask(who, **{name: matrix.foreign[name]})
            assert foreign.status_code == missing.status_code, (who, name)
            assert without_token(foreign) == without_token(missing), (who, name)
            assert foreign.status_code in _refusals(matrix, who, name), (who, name)


def _refusals(matrix: Matrix, who: str, name: str) -> set[int]:
    if name in ids_in_form(matrix.rule):
        return REFUSALS | {409, 422}
    if not matrix.access.signed_in:
        return FINE | REFUSALS
    return {404} if matrix.may(who) else REFUSALS


def check_foreign_network(matrix: Matrix) -> None:
    """Another network is the same answer as one that does not exist; a link into ours does nothing there."""
    if not matrix.access.in_network:
        return
    if not matrix.access.signed_in:
        for name in matrix.ids():
            missing = matrix.ask("nobody", THEIRS, **{name: NOWHERE})
            assert without_token(matrix.ask("nobody", THEIRS)) == without_token(missing)
        return
    for who, network in [*((who, THEIRS) for who in matrix.who_tries()), ("stranger", OURS)]:
        foreign = matrix.ask(who, network)
        assert foreign.status_code == 404, who
        assert without_token(foreign) == matrix.nowhere(who), who


def check_csrf(matrix: Matrix) -> None:
    """An unsafe method without the token is refused, whoever asks."""
    if matrix.method not in SAFE_METHODS:
        for who in ("coordinator", "ib", "nobody"):
            assert matrix.ask(who, token=False).status_code == 400, who


@pytest.mark.parametrize(("rule", "method"), _each_rule_and_method())
def test_route(matrix, rule, method):
    asked = matrix(rule, method)
    check_anonymous(asked)
    check_own(asked)
    check_foreign_ids(asked)
    check_foreign_network(asked)
    check_csrf(asked)


@pytest.mark.parametrize("number", [0, 2**31, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_no_row_has_is_a_page_that_does_not_exist(browser_of, number):
    client, _ = browser_of("coordinator")
    assert client.get(f"/waterland/scholen/{number}").status_code == 404


def test_head_is_refused_as_get_is(browser_of, cast):
    refused = [
        who
        for who in ("teacher", "stranger", None)
        if browser_of(who)[0].head("/waterland/koppelrondes").status_code
        == browser_of(who)[0].get("/waterland/koppelrondes").status_code
        != 200
    ]
    assert refused == ["teacher", "stranger", None]


def test_a_parameter_that_nobody_can_make_is_found():
    rule = Rule("/<network>/geheimen/<int:secret_id>", endpoint="secrets.show_secret")
    rule.bind(_url_map().url_map, rebind=True)
    with pytest.raises(LookupError, match="secret_id"):
        name_of(rule, "secret_id")


def _rule(app, endpoint):
    (rule,) = [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]
    return rule


def _enter(network):
    if request.view_args.pop("network") != network.slug:
        raise NotFound
    g.network = network
    return network


class TestThePlantedFault:
    """What the matrix is for: each of its checks finds a view, or a pipeline, that forgot."""

    @pytest.fixture
    def asked(self, matrix, app):
        return matrix(_rule(app, "organisation.show_person"), "GET")

    @pytest.fixture
    def plant(self, app, monkeypatch):
        """Put another view in the place of the one that shows a person."""

        def plant(view, **declared):
            real = app.view_functions["organisation.show_person"].access
            view.access = replace(real, **declared)
            monkeypatch.setitem(app.view_functions, "organisation.show_person", view)

        return plant

    def test_a_view_that_does_not_look_at_the_id(self, asked, plant):
        plant(lambda **_: "somebody")
        with pytest.raises(AssertionError):
            check_foreign_ids(asked)

    def test_a_view_that_says_forbidden_of_what_is_foreign(self, asked, plant):
        def tell(person_id):
            if person_id == NOWHERE:
                raise NotFound
            raise Forbidden

        plant(tell)
        with pytest.raises(AssertionError):
            check_foreign_ids(asked)

    def test_a_view_that_repeats_the_id(self, asked, plant):
        plant(lambda person_id: (f"no {person_id}", 404))
        with pytest.raises(AssertionError):
            check_foreign_ids(asked)

    def test_a_pipeline_without_its_guard(self, asked, monkeypatch):
        monkeypatch.setattr("app.kernel.actor.Actor.require", lambda *_: None)
        with pytest.raises(AssertionError):
            check_own(asked)

    def test_a_page_that_breaks(self, asked, plant):
        plant(lambda **_: 1 / 0)
        with pytest.raises(AssertionError):
            check_own(asked)

    def test_a_page_that_nobody_sees(self, asked, plant):
        plant(lambda **_: ("", 404))
        with pytest.raises(AssertionError, match="compares nothing"):
            check_own(asked)

    def test_a_membership_that_is_not_looked_at(self, matrix, cast, monkeypatch, app):
        monkeypatch.setattr("app.pipeline.actor_of", lambda _identity_id: SYSTEM)
        monkeypatch.setattr(type(app), "_network", lambda *_: _enter(cast.other_network))
        with pytest.raises(AssertionError):
            check_foreign_network(matrix(_rule(app, "organisation.index_people"), "GET"))

    def test_a_page_that_asks_nobody_to_sign_in(self, asked, monkeypatch):
        monkeypatch.setattr("app.identity.views.ask_sign_in", lambda: "come in")
        with pytest.raises(AssertionError):
            check_anonymous(asked)

    def test_a_form_without_its_guard(self, matrix, app, monkeypatch):
        monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
        with pytest.raises(AssertionError):
            check_csrf(matrix(_rule(app, "organisation.create_invitations"), "POST"))

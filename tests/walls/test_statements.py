"""Every statement names the network for each table of a network that it reads: on many machines that is what finds the one."""

import re

import pytest
from sqlalchemy import event

from tenants.base import Base, TenantOwned
from tests.conftest import signed_in_client
from tests.walls.resources import Place, make_for, parameters

OWNED = {
    mapper.local_table.name for mapper in Base.registry.mappers if issubclass(mapper.class_, TenantOwned)
}
READS_NOTHING = re.compile(r"\bWHERE false\b")
"""What SQLAlchemy makes of a condition that no row can meet: the network falls away with the rest."""
READS = re.compile(r"\b(?:FROM|JOIN|UPDATE)\s+(\w+)(?:\s+AS\s+(\w+))?")


def without_network(statement: str) -> set[str]:
    """Tables of a network that a statement reads by a name for which it does not say which network."""
    if READS_NOTHING.search(statement):
        return set()
    found = {(alias or table): table for table, alias in READS.findall(statement) if table in OWNED}
    named = re.compile(r"\b(?:(\w+)\.)?tenant_id = |= (\w+)\.tenant_id\b")
    names = {name for pair in named.findall(statement) for name in pair if name}
    return {table for name, table in found.items() if name not in names}


@pytest.fixture
def statements(app):
    kept: list[str] = []

    def keep(_connection, _cursor, statement, *_):
        kept.append(statement)

    event.listen(app.database.engine, "before_cursor_execute", keep)
    yield kept
    event.remove(app.database.engine, "before_cursor_execute", keep)


def test_every_page_names_the_network_in_every_statement(app, cast, database, statements):
    pages = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.rule.startswith("/<network>/")
    ]
    ours = Place(cast.network, cast["ib"], cast)
    clients = [signed_in_client(app, cast[who]) for who in ("coordinator", "ib", "coach")]
    urls = []
    for rule in pages:
        made = make_for(database, rule, ours)
        values = {name: made[name] for name in parameters(rule)} | {"network": cast.network.slug}
        urls.append(rule.build(values)[1])
    statements.clear()
    answers = [client.get(url).status_code for url in urls for client in clients]
    assert answers.count(200) > len(pages) / 2
    assert len(statements) > len(answers)
    assert {
        f"{without_network(statement)}: {statement}" for statement in statements if without_network(statement)
    } == set()


@pytest.mark.parametrize(
    "planted",
    [
        "SELECT school.name FROM school WHERE school.id = 3",
        "SELECT s.name FROM person JOIN school AS s ON s.id = 3 WHERE person.tenant_id = 1",
        "UPDATE school SET name = 'x' WHERE school.id = 3",
    ],
)
def test_a_statement_without_the_network_would_be_found(planted):
    assert without_network(planted) == {"school"}

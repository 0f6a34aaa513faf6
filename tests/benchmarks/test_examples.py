"""No page can be forgotten by the benchmark."""

import pytest
from werkzeug.routing import Rule

from tests.benchmarks.examples import NARROWED, REDIRECTS, NoExample, example_of
from tests.benchmarks.pages import get_rules


def test_every_parameter_of_every_page_has_an_example(app):
    for rule in get_rules(app):
        for parameter in rule.arguments - {"network"}:
            assert example_of(rule, parameter)


def test_a_parameter_without_an_example_is_found(app):
    rule = Rule("/<network>/geheimen/<int:secret_id>", endpoint="secrets.show_secret")
    rule.bind(app.url_map, rebind=True)
    with pytest.raises(NoExample, match="secret_id"):
        example_of(rule, "secret_id")


def test_only_pages_that_exist_are_narrowed_or_send_on(app):
    assert NARROWED.keys() | REDIRECTS <= {rule.endpoint for rule in get_rules(app)}

"""The summary above a form that came back names its fields in the order of the page, and links to each."""

import re

import pytest

from tests.walls.resources import Place, make_for, parameters

LINK = re.compile(r'<a href="#(field-[\w-]+)"')
FIELD = re.compile(r'id="(field-[\w-]+)"')


def misplaced(page: str) -> list[str]:
    """The links of the summary, if they do not follow the fields of the page."""
    links, fields = LINK.findall(page), FIELD.findall(page)
    if not set(links) <= set(fields):
        return links
    return links if sorted(set(links), key=fields.index) != list(dict.fromkeys(links)) else []


@pytest.fixture
def pages(app, cast, as_):
    """The page of every form that comes back when nothing was filled in, by endpoint."""
    place = Place(cast.network, cast["ib"], cast)
    came_back = {}
    for rule in [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]:
        made = make_for(app.database, rule, place)
        values = {name: made[name] for name in parameters(rule)} | {"network": "waterland"}
        url = rule.build({name: values[name] for name in rule.arguments})[1]
        for who in ("coordinator", "ib", "coach"):
            answer = as_(cast[who]).post(url, data={})
            if "error-summary" in answer.text:
                came_back[rule.endpoint, who] = answer.text
    return came_back


def test_every_summary_follows_its_page(pages):
    assert max(len(LINK.findall(page)) for page in pages.values()) > 3
    assert {form: misplaced(page) for form, page in pages.items() if misplaced(page)} == {}


@pytest.mark.parametrize(
    "planted",
    [
        '<a href="#field-b">B</a><a href="#field-a">A</a><input id="field-a"><input id="field-b">',
        '<a href="#field-c">C</a><input id="field-a">',
    ],
)
def test_a_summary_in_another_order_or_without_its_field_is_found(planted):
    assert misplaced(planted)

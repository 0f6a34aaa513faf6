"""Which item of the menu a page of this room belongs to."""

import re

import pytest

CURRENT = re.compile(r'<a[^>]*class="[^"]*nav[^"]*"[^>]*aria-current="page"[^>]*>\s*([^<]+?)\s*<')


@pytest.mark.parametrize(
    ("who", "page", "item"),
    [
        ("teacher", "expertise", "Mijn expertise"),
        ("leader", "team", "Expertisekaart"),
        ("leader", "expertisekaart/regio", "Expertisekaart"),
        ("coordinator", "expertise-indeling", "Expertisekaart"),
        ("teacher", "raadpleegvragen", "Zoek een collega"),
    ],
)
def test_the_menu_says_where_one_is(as_, cast, who, page, item):
    assert CURRENT.findall(as_(cast[who]).get(f"/waterland/{page}", follow_redirects=True).text) == [item]

"""A long list in parts."""

import pytest
from flask import get_template_attribute

from app.web.paging import page_of


@pytest.mark.parametrize(
    ("length", "start", "heard", "seen"),
    [
        (0, 0, "", False),
        (1, 0, "1 in de lijst", False),
        (5, 0, "5 in de lijst", False),
        (6, 5, "6–6 van 6", True),
    ],
)
def test_a_list_that_is_shown_whole_has_no_pager_and_is_still_said_aloud(app, length, start, heard, seen):
    with app.test_request_context("/inloggen"):
        page = page_of(range(length), start, size=5)
        pager = get_template_attribute("components/lists.html", "pager")(page)
    assert page.text == heard
    assert ("<nav" in pager) is seen
    assert heard in pager

"""Long lists on paper: the head of the table comes back on each page, and nothing is cut off."""

import pytest

from tests.walls.resources import make_for, parameters

A4_PIXELS = 690
"""The width of A4 between its margins, at 96 pixels to the inch."""
LISTS = (
    "coaching.index_requests",
    "coaching.index_coaches",
    "coaching.show_proof",
    "coaching.show_match_proof",
    "organisation.index_invitations",
    "organisation.index_people",
    "organisation.index_schools",
)

UNFIT = """() => [...document.querySelectorAll('table')].flatMap(table => {
    const faults = [];
    if (getComputedStyle(table.tHead).display !== 'table-header-group') faults.push('the head stands once');
    for (let box = table; box !== document.documentElement; box = box.parentElement) {
        const style = getComputedStyle(box);
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') faults.push(`${box.className} cuts off`);
    }
    const shown = row => [...row.cells].filter(cell => getComputedStyle(cell).display !== 'none').length;
    if (shown(table.tHead.rows[0]) !== shown(table.tBodies[0].rows[0])) faults.push('a column without cells');
    return faults;
})"""


@pytest.fixture
def printed(live, place, page_as):
    """Open a list of the network as it is printed."""

    def open_printed(endpoint):
        (rule,) = [rule for rule in live.app.url_map.iter_rules() if rule.endpoint == endpoint]
        made = make_for(live.app.database, rule, place)
        values = {name: made[name] for name in parameters(rule)} | {"network": place.network.slug}
        page = page_as(live.cast["coordinator"], A4_PIXELS)
        page.goto(rule.build(values)[1])
        page.emulate_media(media="print")
        assert page.locator("table").count()
        return page

    return open_printed


@pytest.mark.parametrize("endpoint", LISTS)
def test_a_long_list_prints_whole(printed, endpoint):
    assert printed(endpoint).evaluate(UNFIT) == []


def test_what_would_print_badly_is_found(printed):
    page = printed("organisation.index_people")
    page.evaluate(
        """() => {
            document.querySelector('thead').style.display = 'table-row-group';
            document.querySelector('.table-box').style.overflow = 'hidden';
        }"""
    )
    assert len(page.evaluate(UNFIT)) == 2

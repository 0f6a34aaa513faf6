"""Wall 15 in a real browser: whatever people type, nothing of it runs."""

import pytest

from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tests.walls.test_answers import XSS
from tests.world import add_person, add_role

PAGES = ("mensen", "scholen", "besturen", "mensen/nieuw")


@pytest.fixture(scope="module")
def typed_everywhere(live):
    """In the other network everybody and everything is called as somebody with bad intentions would."""
    with live.app.database.unit_of_work(live.cast.other_network) as unit:
        for number, text in enumerate(XSS):
            typed = text.replace("\x00", "")
            board = Board(number=f"8{number:04}", name=typed)
            unit.add(board)
            unit.flush()
            person = add_person(typed[:60], typed[:80])
            school = School(
                board_id=board.id, code=f"88{number:02}00", name=typed, kinds=["bo"], city=typed[:80]
            )
            unit.add(school)
            unit.flush()
            add_role(person.id, Role.IB, school.id)
    return live.cast["stranger"]


def test_nothing_that_was_typed_runs(typed_everywhere, visit_as):
    visit = visit_as(typed_everywhere)
    dialogs = []
    visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for page in PAGES:
        answer = visit.page.goto(f"/heuvelrug/{page}")
        assert answer.status == 200
        for element in visit.page.locator("[autofocus], main a, main input, main details").all()[:60]:
            element.dispatch_event("mouseover")
            element.dispatch_event("focus")
        visit.page.goto(f"/heuvelrug/{page}?q=<script>alert(1)</script>")
    assert dialogs == []
    assert visit.faults == []


def test_something_that_runs_would_be_heard(live, visit_as):
    visit = visit_as(None)
    dialogs = []
    visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    visit.page.goto("/inloggen")
    visit.page.evaluate("setTimeout(() => alert(1))")
    visit.page.wait_for_timeout(300)
    assert dialogs == ["1"]

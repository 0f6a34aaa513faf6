"""The coordinator sees a group at risk and lets somebody come; the newcomer sees the group and its sessions."""

from datetime import timedelta

from app.intervision.models import Presence
from app.kernel.clock import today
from app.kernel.permissions import Role
from tests.intervision.seasons import a_group, a_season, a_session, an_answer
from tests.journeys.conftest import PHONE, axe_findings
from tests.walls.places import kept
from tests.world import add_member, add_role


def test_a_group_at_risk_is_mended_and_the_newcomer_sees_it(live, page_as):
    cast = live.cast
    with live.app.database.unit_of_work(cast.network, with_identities=True):
        # Of her own: in other journeys people of the cast have coached each other, and then they are kept apart.
        newcomer = add_member(cast.network, "vervanging", "Ilse", "Koster")
        add_role(newcomer.person_id, Role.IB, cast.schools["kompas"])
        season = a_season("Intervisie met een vervanging")
        people = [*(cast[who].person_id for who in ("ib", "colleague")), newcomer.person_id]
        for person_id in people:
            an_answer(season, person_id)
        group = a_group(season, people[:2], "Groep Vervanging")
        for number, days in ((1, 20), (2, 8)):
            held = a_session(group, number, day=today() - timedelta(days=days))
            for person_id in people[:2]:
                kept(Presence(session_id=held.id, person_id=person_id, was_there=False, by_id=0))
        a_session(group, 3, day=today() + timedelta(days=9))

    page = page_as(cast["coordinator"])
    page.goto(f"/waterland/intervisie/seizoenen/{season.id}")
    assert "De laatste twee keer was minder dan de helft er: 0 van 2, 0 van 2." in page.content()
    page.get_by_role("link", name="Groep wijzigen Groep Vervanging").click()
    page.get_by_role("link", name="Vervangen Marloes Dijkstra").click()
    page.get_by_role("link", name="Ilse Koster").click()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Vervangen").click()
    assert page.get_by_text("Dat is geregeld.").is_visible()
    assert page.get_by_text("Marloes Dijkstra").count() == 0

    page = page_as(newcomer, PHONE)
    page.goto("/waterland/")
    assert page.get_by_role("heading", name="Mijn volgende intervisie").is_visible()
    page.goto(f"/waterland/intervisie/groepen/{group.id}")
    assert page.get_by_text("Fatima el Amrani").is_visible()
    assert page.get_by_text("Bijeenkomst 3").is_visible()

"""Once a year it is confirmed; what others propose waits for her; each school where she works sees what she opened."""

from datetime import timedelta

import time_machine

from app.expertise.models import ConfirmationRequest, ExpertiseRecord, RecordProposal, Visibility
from app.expertise.queries import seen_by, somebody_at, stale_since
from app.expertise.services.confirmation import ask_to_confirm
from app.kernel.actor import Actor
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.queries import actor_of
from tests.expertise.records import a_proposal, a_record
from tests.world import add_role

OWN = "/waterland/expertise"


def test_who_grew_old_is_asked_once_by_a_mail_that_names_nothing(app, cast, work_through_queue, kept_mails):
    with app.database.unit_of_work(cast.network):
        a_record(cast["teacher"].person_id, own_words="Geheim voor de mail")
        a_record(cast["teacher"].person_id, "spelling")
        a_record(cast["billing"].person_id, "spelling")
    with time_machine.travel("2027-12-01 09:00", tick=False):
        for _time in range(2):
            with app.database.unit_of_work(cast.network):
                ask_to_confirm()
        work_through_queue()
    mails = kept_mails()
    assert [mail.recipient for mail in mails] == [cast["teacher"].email], (
        "who works at no school shows nothing"
    )
    assert "2 dingen" in mails[0].body
    assert "/waterland/expertise/bevestiging" in mails[0].body
    for word in ("Geheim", "Dyslexie", "Spelling"):
        assert word not in mails[0].subject + mails[0].body


def test_nobody_is_asked_twice_in_three_months_nor_once_she_confirmed(
    app, cast, work_through_queue, kept_mails
):
    with app.database.unit_of_work(cast.network) as unit:
        first = a_record(cast["teacher"].person_id).id
        a_record(cast["teacher"].person_id, "spelling")
        unit.query(ExpertiseRecord).filter_by(id=first).update({"confirmed_on": "2025-01-01"})
    with time_machine.travel("2027-12-01 09:00", tick=False):
        with app.database.unit_of_work(cast.network) as unit:
            ask_to_confirm()
            unit.query(ExpertiseRecord).filter_by(id=first).update({"confirmed_on": today()})
            ask_to_confirm()
            assert unit.query(ConfirmationRequest).count() == 1
            unit.query(ExpertiseRecord).update({"confirmed_on": today()})
        work_through_queue()
    assert kept_mails() == []


def test_only_what_the_screen_showed_is_confirmed_and_nothing_of_another(app, cast, as_):
    with app.database.unit_of_work(cast.network):
        old = stale_since() - timedelta(days=365)
        mine = a_record(cast["teacher"].person_id, confirmed_on=old).id
        other = a_record(cast["teacher"].person_id, "spelling", confirmed_on=old).id
        hers = a_record(cast["ib"].person_id, "writing", confirmed_on=old).id
    client = as_(cast["teacher"])
    assert client.post(f"{OWN}/bevestiging", data={"records": [mine, hers]}).status_code == 404
    assert client.post(f"{OWN}/bevestiging", data={f"answer-{hers}": "gone"}).status_code == 404
    assert client.post(f"{OWN}/bevestiging", data={f"answer-{mine}": "misschien"}).status_code == 422
    assert (
        client.post(
            f"{OWN}/bevestiging", data={f"answer-{mine}": "holds", f"answer-{other}": "gone"}
        ).status_code
        == 302
    )
    with app.database.unit_of_work(cast.network) as unit:
        kept = {one.id: one.confirmed_on for one in unit.query(ExpertiseRecord)}
    assert kept == {mine: today(), hers: old}


def test_a_proposal_becomes_hers_opened_as_she_chose_and_only_then(app, cast, as_):
    teacher, leader = cast["teacher"], cast["leader"]
    with app.database.unit_of_work(cast.network):
        a_record(teacher.person_id, "spelling", level=1)
        raised = a_proposal(teacher.person_id, cast.schools["wilgen"], by_id=leader.person_id).id
        course = a_proposal(
            teacher.person_id, cast.schools["wilgen"], "writing", kind="course", level=None,
            course_title="Schrijven", course_state="done", by_id=leader.person_id,
        ).id  # fmt: skip
    client = as_(teacher)
    assert "Tim Verhoeven" in client.get(OWN).text
    assert as_(leader).post(f"{OWN}/voorstellen/{raised}/aanvaarding").status_code == 404
    assert (
        client.post(f"{OWN}/voorstellen/{raised}/aanvaarding", data={"visibility": "network"}).status_code
        == 302
    )
    assert client.post(f"{OWN}/voorstellen/{raised}/aanvaarding").status_code == 404
    assert (
        client.post(f"{OWN}/voorstellen/aanvaarding", data={"proposals": [course, raised]}).status_code == 302
    )
    with app.database.unit_of_work(cast.network) as unit:
        kept = {(one.kind, one.level, one.visibility) for one in unit.query(ExpertiseRecord)}
        assert unit.query(RecordProposal).count() == 0
    assert kept == {("expertise", 2, "network"), ("course", None, "school")}


def test_a_declined_proposal_waits_for_nobody_and_can_be_taken_back(app, cast, as_):
    with app.database.unit_of_work(cast.network):
        proposal_id = a_proposal(cast["teacher"].person_id, cast.schools["wilgen"]).id
    client = as_(cast["teacher"])
    page = client.post(f"{OWN}/voorstellen/{proposal_id}/afwijzing", follow_redirects=True).text
    assert "1 voorstel voor jou" not in page
    assert "Wie het deed, krijgt dat niet te horen" in page
    client.post(f"{OWN}/voorstellen/{proposal_id}/afwijzing/intrekking")
    assert "1 voorstel voor jou" in client.get(OWN).text
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(ExpertiseRecord).count() == 0


def test_a_teacher_at_two_schools_shows_both_what_she_opened_to_her_school(app, cast, as_):
    teacher = cast["teacher"]
    with app.database.unit_of_work(cast.network, with_identities=True):
        add_role(teacher.person_id, Role.TEACHER, cast.schools["kompas"])
        for item, visibility in (("dyslexia", "private"), ("spelling", "school"), ("writing", "network")):
            a_record(teacher.person_id, item, visibility=visibility)
        owner = actor_of(teacher.identity_id)
        assert owner

        def seen(viewer: Actor) -> set[str]:
            return {one.visibility for one in seen_by(viewer, owner)}

        leaders = [actor_of(cast[who].identity_id) for who in ("leader", "other_leader")]
        school = {Visibility.SCHOOL, Visibility.NETWORK}
        assert [seen(one) for one in leaders if one] == [school, school]
        assert seen(somebody_at(cast.schools["linde"], Role.LEADER)) == {Visibility.NETWORK}
        assert seen(somebody_at(None, Role.TEACHER)) == {Visibility.NETWORK}
    client = as_(teacher)
    assert "‘Mijn school’ is Het Kompas en OBS De Wilgen" in client.get(OWN).text
    for school_id in (cast.schools["kompas"], cast.schools["wilgen"]):
        page = client.get(f"{OWN}/voorbeeld?voor=school-{school_id}").text
        assert ("Spelling" in page, "Schrijven" in page, "Dyslexie" in page) == (True, True, False)
    page = client.get(f"{OWN}/voorbeeld?voor=netwerk").text
    assert ("Spelling" in page, "Schrijven" in page, "Dyslexie" in page) == (False, True, False)


def test_a_network_chooses_after_how_many_months_it_asks(app, cast, as_):
    url = "/waterland/instellingen/bevestiging"
    with app.database.unit_of_work(cast.network) as unit:
        for day, item in (("2026-06-01", "dyslexia"), ("2026-04-01", "spelling")):
            made = a_record(cast["teacher"].person_id, item).id
            unit.query(ExpertiseRecord).filter_by(id=made).update({"confirmed_on": day})

    def asked_for():
        return as_(cast["teacher"]).get(f"{OWN}/bevestiging").text.count('class="ticks__course"')

    with time_machine.travel("2026-11-25 09:00", tick=False):
        coordinator = as_(cast["coordinator"])
        assert asked_for() == 0
        answer = coordinator.post(url, data={"months": 6}, follow_redirects=True)
        assert "na 6 maanden opnieuw bevestigd" in answer.text
        assert asked_for() == 1
        refused = coordinator.post(url, data={"months": 5})
        assert (refused.status_code, asked_for()) == (422, 1)
        assert "Kies na hoeveel maanden" in refused.text
        coordinator.post(url, data={"months": 12})
        assert asked_for() == 0

"""The page Uitnodigingen: how far people are as counts that are filters, choosing some or all, and what it means."""

import re
from datetime import date, timedelta

import pytest

from app.kernel.actor import SYSTEM
from app.kernel.clock import today
from app.kernel.errors import Invalid, NotFound
from app.organisation.models import INVITABLE, Invitation, LoginState, Mailing
from app.organisation.queries import PeopleFilter
from app.organisation.queries.inviting import Choice, newest_invitation, state_counts
from app.organisation.services.mailings import start_mailing
from tests.organisation.invitees import EVERY_STATE, many, open_invitations, person_in
from tests.organisation.pages import queries_of, rows_in, walk
from tests.world import Role, add_role

PAGE = "/waterland/uitnodigingen"
TICKED = re.compile(r'name="wie"\s+value="(\d+)"')


@pytest.fixture
def everybody(app, cast):
    """Somebody in each state; who has access is of the cast."""
    with app.database.unit_of_work(cast.network):
        made = {state: person_in(state).id for state in EVERY_STATE if state is not LoginState.ACCESS}
    return made | {LoginState.ACCESS: cast["coordinator"].person_id}


def invite(client, *person_ids, seen=10**9, **fields):
    return client.post(PAGE, data={"wie": [str(one) for one in person_ids], "gezien": str(seen)} | fields)


def mails_of(kept_mails):
    return [mail.recipient for mail in kept_mails()]


def test_the_states_tell_everybody_apart(coordinator, everybody):
    for state in EVERY_STATE:
        asked = rows_in(coordinator.get(f"{PAGE}?toegang={state}").text)
        found = {other for other, person_id in everybody.items() if person_id in asked}
        assert found == {state}, state


def test_each_count_is_how_many_its_filter_shows(app, cast, coordinator, everybody, unit):
    counts = state_counts(SYSTEM, PeopleFilter())
    page = coordinator.get(PAGE).text
    for state in EVERY_STATE:
        rows = len(rows_in(coordinator.get(f"{PAGE}?toegang={state}").text))
        assert counts[state] == rows > 0
        link = rf'toegang={state}"[^>]*>\s*<strong>{rows}</strong>'
        assert re.search(link, page), state


def test_role_and_school_narrow_the_counts(app, cast, coordinator, unit):
    person = person_in(LoginState.NOT_INVITED)
    add_role(person.id, Role.IB, cast.schools["linde"])
    person_in(LoginState.NOT_INVITED, "Ander")
    unit.commit()
    page = coordinator.get(f"{PAGE}?rol=ib&school={cast.schools['linde']}&toegang=not_invited").text
    assert rows_in(page) == [person.id]
    assert re.search(r"<strong>1</strong> (Nog niet uitgenodigd|Not invited yet)", page)


@pytest.mark.parametrize("state", EVERY_STATE)
def test_only_who_can_be_invited_can_be_ticked(coordinator, everybody, state):
    ticked = TICKED.findall(coordinator.get(f"{PAGE}?toegang={state}").text)
    assert (str(everybody[state]) in ticked) is (state in INVITABLE)


def test_the_page_says_why_a_mail_came_back_and_who_has_no_address(coordinator, everybody):
    page = coordinator.get(PAGE).text
    for state in (LoginState.BOUNCED, LoginState.NO_ADDRESS):
        assert f"/waterland/mensen/{everybody[state]}/bewerken" in page


def test_everybody_comes_by_once(app, cast, coordinator):
    with app.database.unit_of_work(cast.network):
        many(120)
    parts, _ = walk(coordinator, f"{PAGE}?toegang=not_invited", "next")
    assert [len(part) for part in parts] == [50, 50, 20]
    assert len({row for part in parts for row in part}) == 120


def test_the_page_takes_the_same_number_of_queries_however_many_there_are(app, cast, coordinator, everybody):
    few = queries_of(app, lambda: coordinator.get(PAGE))
    with app.database.unit_of_work(cast.network):
        many(300)
    assert queries_of(app, lambda: coordinator.get(PAGE)) == few


@pytest.mark.parametrize("who", ["ib", "coach", "leader", "teacher", "billing"])
def test_the_page_is_for_the_coordinator(as_, cast, who):
    assert as_(cast[who]).get(PAGE).status_code == 403


def test_two_who_were_ticked_are_mailed_and_nobody_else(
    app, cast, coordinator, work_through_queue, kept_mails, unit
):
    first, second, _third = many(3)
    unit.commit()
    asked = coordinator.get(f"{PAGE}/nieuw?wie={first}&wie={second}&gezien=0").text
    assert TICKED.findall(asked) == [str(first), str(second)]
    answer = invite(coordinator, first, second)
    assert "/uitnodigingen/verzendingen/" in answer.location
    work_through_queue()
    assert mails_of(kept_mails) == ["zwart0@waterland.example", "zwart1@waterland.example"]


def test_all_whom_a_filter_shows_are_mailed(app, cast, coordinator, work_through_queue, kept_mails, unit):
    coaches, others = many(3, "Coach"), many(2, "Ander")
    for person_id in coaches:
        add_role(person_id, Role.COACH, None)
    unit.commit()
    fields = {"alle": "1", "rol": "coach", "toegang": "not_invited"}
    page = coordinator.get(f"{PAGE}/nieuw", query_string=fields).text
    assert 'name="rol" value="coach"' in page
    coordinator.post(PAGE, data=fields)
    work_through_queue()
    assert len(mails_of(kept_mails)) == len(coaches)
    assert not any("ander" in recipient for recipient in mails_of(kept_mails))
    assert len(others) == 2


@pytest.mark.parametrize("state", [None, *(state for state in EVERY_STATE if state not in INVITABLE)])
def test_all_of_those_who_can_not_be_invited_is_nobody(app, cast, coordinator, everybody, state):
    coordinator.post(PAGE, data={"alle": "1", "gezien": "999999"} | ({"toegang": state} if state else {}))
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Mailing).filter_by(planned_on=None).count() == 0


@pytest.mark.parametrize("state", INVITABLE)
def test_whoever_can_be_invited_can_be_invited_again(
    app, cast, coordinator, everybody, work_through_queue, kept_mails, state
):
    with app.database.unit_of_work(cast.network):
        seen = newest_invitation()
    coordinator.post(PAGE, data={"alle": "1", "toegang": state, "gezien": seen})
    work_through_queue()
    assert len(mails_of(kept_mails)) == 1
    assert everybody[state] in rows_in(coordinator.get(f"{PAGE}?toegang=invited").text)


@pytest.mark.parametrize("state", [state for state in EVERY_STATE if state not in INVITABLE])
def test_who_can_not_be_invited_is_left_out(coordinator, everybody, work_through_queue, kept_mails, state):
    answer = invite(coordinator, everybody[state])
    assert answer.location.endswith("/uitnodigingen")
    work_through_queue()
    assert mails_of(kept_mails) == []


def test_pressing_twice_mails_once(app, cast, coordinator, everybody, work_through_queue, kept_mails):
    with app.database.unit_of_work(cast.network):
        seen = newest_invitation()
    chosen = [everybody[state] for state in INVITABLE]
    assert "/verzendingen/" in invite(coordinator, *chosen, seen=seen).location
    work_through_queue()
    again = invite(coordinator, *chosen, seen=seen)
    assert again.location.endswith("/uitnodigingen")
    work_through_queue()
    assert len(mails_of(kept_mails)) == len(INVITABLE)


def test_a_form_without_what_was_seen_invites_nobody_again(coordinator, everybody):
    answer = coordinator.post(PAGE, data={"wie": everybody[LoginState.INVITED]})
    assert answer.location.endswith("/uitnodigingen")


def test_nobody_was_ticked(coordinator):
    page = coordinator.get(f"{PAGE}/nieuw?gezien=3").text
    assert "<form" not in page[page.index("<main") : page.index("</main")]
    assert coordinator.post(PAGE, data={"gezien": "3"}).location.endswith("/uitnodigingen")


def test_somebody_of_another_network_can_not_be_chosen(app, cast, coordinator):
    with app.database.unit_of_work(cast.other_network):
        stranger = many(1)[0]
    assert invite(coordinator, stranger).status_code == 404
    assert coordinator.get(f"{PAGE}/nieuw?wie={stranger}").status_code == 404
    with app.database.unit_of_work(cast.network), pytest.raises(NotFound):
        start_mailing(SYSTEM, Choice(PeopleFilter(), (stranger,)), reminds=False, planned_on=None)


@pytest.mark.parametrize("day", ["gisteren", "2020-01-01", "2999-01-01"])
def test_an_impossible_day_is_told_at_the_field_and_nothing_is_lost(app, cast, coordinator, unit, day):
    (person_id,) = many(1)
    unit.commit()
    answer = invite(coordinator, person_id, seen=7, planned_on=day)
    assert answer.status_code == 422
    assert 'id="field-planned_on-error"' in answer.text
    assert f'value="{day}"' in answer.text
    assert TICKED.findall(answer.text) == [str(person_id)]
    assert 'name="gezien" value="7"' in answer.text
    with app.database.unit_of_work(cast.network):
        assert open_invitations() == []


def test_the_service_refuses_an_impossible_day(unit):
    choice = Choice(PeopleFilter(), tuple(many(1)))
    for planned_on in (today() - timedelta(days=1), today() + timedelta(days=400), date(2999, 1, 1)):
        with pytest.raises(Invalid):
            start_mailing(SYSTEM, choice, reminds=False, planned_on=planned_on)


@pytest.mark.parametrize(
    "fields",
    [{"wie": "x"}, {"gezien": "x"}, {"onbekend": "1"}, {"wie": ["1"] * 501}, {"reminds": "misschien"}],
)
def test_a_form_that_is_not_ours_changes_nothing(app, cast, coordinator, unit, fields):
    many(1)
    unit.commit()
    assert coordinator.post(PAGE, data=fields).status_code == 422
    with app.database.unit_of_work(cast.network) as fresh:
        assert fresh.query(Invitation).count() == 0


def test_the_first_page_of_the_coordinator_counts_who_waits(app, cast, coordinator, everybody):
    page = coordinator.get("/waterland/").text
    for state in (LoginState.NOT_INVITED, LoginState.BOUNCED, LoginState.EXPIRED):
        assert f"/waterland/uitnodigingen?toegang={state}" in page
    assert "toegang=invited" not in page


def test_the_first_page_says_nothing_of_invitations_to_others(as_, cast, everybody):
    assert "/uitnodigingen" not in as_(cast["leader"]).get("/waterland/").text

"""Before a session: choose the method together, and share the roles."""

import pytest

from app.intervision.models import Booking, BookingState, IntervisionSession, Method, RoleTaken, SessionRole
from app.kernel.clock import now
from tests.intervision.running import a_session_now

URL = "/waterland/intervisie/bijeenkomsten/{}/leiden"


@pytest.fixture
def meeting(app, cast):
    with app.database.unit_of_work(cast.network):
        return a_session_now(cast, guests=["colleague"])


@pytest.fixture
def url(meeting):
    return URL.format(meeting.session_id)


def method_of(app, cast, meeting):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(IntervisionSession.method).filter_by(id=meeting.session_id).scalar()


def roles_of(app, cast, meeting):
    with app.database.unit_of_work(cast.network) as unit:
        rows = unit.query(RoleTaken).filter_by(session_id=meeting.session_id)
        return {row.role: row.person_id for row in rows}


def the_roles(cast, *keys):
    return dict(zip([role.value for role in SessionRole], [cast[key].person_id for key in keys], strict=True))


def test_a_method_is_suggested_with_the_reason(as_, cast, url):
    page = as_(cast["ib"]).get(url).text
    assert "Ons voorstel: Tienstappenmethode" in page
    assert "Past bij 3 mensen en duurt 120 van de 120 minuten. Een goede werkvorm om mee te beginnen." in page
    assert "Kan met minstens 5 mensen." in page


@pytest.mark.parametrize("key", ["ib", "coach", "colleague"])
def test_everybody_with_a_seat_chooses_a_method(app, as_, cast, meeting, url, key):
    assert as_(cast[key]).post(f"{url}/werkvorm", data={"method": "hats"}).status_code == 302
    assert method_of(app, cast, meeting) == "hats"


def test_another_can_be_chosen_until_it_begins(app, as_, cast, meeting, url):
    client = as_(cast["ib"])
    for code in ("hats", "incident"):
        client.post(f"{url}/werkvorm", data={"method": code})
    client.post(
        f"/waterland/intervisie/bijeenkomsten/{meeting.session_id}/werkvorm", data={"method": "incident"}
    )
    assert client.post(f"{url}/werkvorm", data={"method": "hats"}).status_code == 409
    assert method_of(app, cast, meeting) == "incident"


def test_a_method_that_does_not_exist_is_not_found(as_, cast, url):
    assert as_(cast["ib"]).post(f"{url}/werkvorm", data={"method": "yoga"}).status_code == 404
    assert as_(cast["ib"]).post(f"{url}/werkvorm", data={}).status_code == 422


def test_a_retired_method_is_refused(app, as_, cast, url):
    with app.database.unit_of_work(cast.network) as unit:
        steps = [{"name": "Praten", "minutes": 30}]
        unit.add(Method(code="own-old", name="Oude", steps=steps, by_id=0, retired_at=now()))
    answer = as_(cast["ib"]).post(f"{url}/werkvorm", data={"method": "own-old"})
    assert answer.status_code == 422
    assert "Deze werkvorm kun je niet meer kiezen" in answer.text


def test_roles_are_suggested_until_somebody_agrees_on_them(app, as_, cast, meeting, url):
    client = as_(cast["ib"])
    assert "Dit is een voorstel" in client.get(url).text
    assert roles_of(app, cast, meeting) == {}
    roles = the_roles(cast, "coach", "ib", "colleague", "ib", "coach")
    client.post(f"{url}/rollen", data=roles)
    assert roles_of(app, cast, meeting) == roles
    assert "Dit hebben jullie samen afgesproken" in as_(cast["colleague"]).get(url).text


def test_a_role_is_only_for_who_has_a_seat(app, as_, cast, meeting, url):
    roles = the_roles(cast, "coach", "ib", "leader", "ib", "coach")
    answer = as_(cast["ib"]).post(f"{url}/rollen", data=roles)
    assert answer.status_code == 422
    assert "Kies iemand die een plaats heeft." in answer.text
    assert roles_of(app, cast, meeting) == {}


def test_the_role_of_who_gave_her_seat_back_is_suggested_anew(app, as_, cast, url):
    client = as_(cast["ib"])
    client.post(f"{url}/rollen", data=the_roles(cast, "colleague", "ib", "coach", "ib", "coach"))
    with app.database.unit_of_work(cast.network) as unit:
        booking = unit.query(Booking).filter_by(person_id=cast["colleague"].person_id).one()
        booking.state, booking.seat = BookingState.GIVEN_BACK, None
    page = client.get(url)
    assert page.status_code == 200
    assert "Marloes Dijkstra" not in page.text


@pytest.mark.parametrize("key", ["coordinator", "leader", "teacher", "billing"])
def test_others_do_not_prepare_it(as_, cast, meeting, url, key):
    client = as_(cast[key])
    assert client.get(url).status_code == 403
    assert client.post(f"{url}/werkvorm", data={"method": "hats"}).status_code == 403

"""One's own account: sessions, networks, where one begins."""

from app.identity.models import SignInSession
from app.identity.services import add_membership, leave_network
from app.organisation.models import Person
from tenants.models import Standing
from tenants.provision import set_standing
from tests.identity.accounts import is_inside


def _sessions(app, member):
    with app.database.global_unit() as unit:
        return unit.query(SignInSession).filter_by(identity_id=member.identity_id, ended_at=None).all()


def test_the_account_shows_where_one_is_signed_in(as_, cast):
    here, _elsewhere = as_(cast["ib"]), as_(cast["ib"])
    page = here.get("/account").text
    assert page.count("/account/sessies/") >= 1
    assert cast["ib"].email in page.replace("<wbr>", "")


def test_another_of_ones_sessions_can_be_ended(app, as_, cast):
    here, elsewhere = as_(cast["ib"]), as_(cast["ib"])
    latest = _sessions(app, cast["ib"])[-1]
    assert here.post(f"/account/sessies/{latest.id}/einde").location == "/account"
    assert is_inside(here)
    assert not is_inside(elsewhere)


def test_somebody_elses_session_cannot_be_ended(app, as_, cast):
    stranger, mine = as_(cast["stranger"]), as_(cast["ib"])
    latest = _sessions(app, cast["ib"])[-1]
    assert stranger.post(f"/account/sessies/{latest.id}/einde").status_code == 404
    assert is_inside(mine)


def test_with_one_network_one_begins_there(as_, cast):
    assert as_(cast["ib"]).get("/").location == "/waterland/"


def test_with_two_networks_one_chooses(app, as_, cast):
    with app.database.global_unit():
        add_membership(cast["coach"].identity_id, cast.other_network.id)
    page = as_(cast["coach"]).get("/")
    assert page.status_code == 200
    assert 'href="/waterland/"' in page.text
    assert 'href="/heuvelrug/"' in page.text


def test_a_member_without_a_role_finds_no_network_behind_the_link(app, as_, cast):
    with app.database.global_unit():
        add_membership(cast["coach"].identity_id, cast.other_network.id)
    assert as_(cast["coach"]).get("/heuvelrug/").status_code == 404


def test_without_a_network_one_reads_whom_to_ask(app, as_, cast):
    client = as_(cast["ib"])
    with app.database.unit_of_work(cast.network, with_identities=True) as unit:
        unit.get_one(Person, (cast.network.id, cast["ib"].person_id)).identity_id = None
        unit.flush()
        leave_network(cast["ib"].identity_id, cast.network.id)
    assert not is_inside(client)
    page = as_(cast["ib"]).get("/")
    assert page.status_code == 200
    assert cast["ib"].email in page.text


def test_a_stopped_network_is_named_and_cannot_be_opened(app, as_, cast):
    with app.database.global_unit():
        set_standing("waterland", Standing.SUSPENDED)
    page = as_(cast["ib"]).get("/")
    assert page.status_code == 200
    assert "Netwerk Waterland" in page.text
    assert 'href="/waterland/"' not in page.text


def test_who_is_signed_in_does_not_sign_in_again(as_, cast):
    assert as_(cast["ib"]).get("/inloggen").location == "/"


def test_the_language_is_kept(app):
    client = app.test_client()
    client.get("/taal/en")
    assert '<html lang="en">' in client.get("/inloggen").text
    client.get("/taal/nl")
    assert '<html lang="nl">' in client.get("/inloggen").text
    assert client.get("/taal/de").status_code == 404

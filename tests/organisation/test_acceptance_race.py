"""Twenty people press at once: one comes in."""

from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from app.identity.models import Login, SignInSession
from app.identity.secrets import digest, hash_password, new_token
from app.organisation.models import Invitation, Person
from tenants.session import Database, open_engine
from tests.organisation.people import PASSWORD, invited, somebody
from tests.world import Role, add_role

PRESSES = 20
SIGN_INS = 8
EMAIL = "anneke@waterland.example"


@pytest.fixture
def committed(committed):
    """With as many connections as so many threads need: signing in takes a second one for its count."""
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    app.database.engine.dispose()
    app.database = Database(open_engine(app.settings.database_url, pool_size=2 * SIGN_INS))
    yield app, cast
    app.database.engine.dispose()


def invitation_in(app, cast):
    token = new_token()
    with app.database.unit_of_work(cast.network):
        person = somebody(email=EMAIL)
        add_role(person.id, Role.COACH, None)
        invited(person, token_hash=digest(token))
    return person.id, f"/uitnodiging/waterland/{token}"


def press(app, link, times):
    """Come in so many times at once; gives the statuses."""
    start, statuses = Barrier(times), []

    def accept():
        client = app.test_client()
        start.wait()
        answer = client.post(link, data={"password": PASSWORD, "again": PASSWORD})
        statuses.append(answer.status_code)

    threads = [Thread(target=accept) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def test_of_twenty_acceptances_at_once_exactly_one_comes_in(committed):
    app, cast = committed
    person_id, link = invitation_in(app, cast)
    assert press(app, link, PRESSES) == [302] + [404] * (PRESSES - 1)
    with app.database.unit_of_work(cast.network, with_identities=True) as unit:
        login = unit.scalar(select(Login).where(Login.email == EMAIL))
        assert unit.get_one(Person, (cast.network.id, person_id)).identity_id == login.id
        opened = select(func.count()).select_from(SignInSession).where(SignInSession.identity_id == login.id)
        assert unit.scalar(opened) == 1


@pytest.fixture
def known(committed):
    """The address has a login already, so that no second login stands in the way of a second acceptance."""
    app, cast = committed
    with app.database.global_unit() as unit:
        unit.add(Login(email=EMAIL, password_hash=hash_password(PASSWORD)))
    return app, cast


def test_of_many_acceptances_with_a_known_login_exactly_one_comes_in(known):
    app, cast = known
    _, link = invitation_in(app, cast)
    assert press(app, link, SIGN_INS) == [302] + [404] * (SIGN_INS - 1)


def test_looking_first_and_marking_later_lets_two_in(known, monkeypatch):
    """The planted fault: the tests above can fail."""
    app, cast = known
    _, link = invitation_in(app, cast)
    meeting = Barrier(2)

    class LookFirst:
        """Reads what the statement would change, and lets another reader come in between."""

        def __init__(self, _table):
            self.rows = select(Invitation.person_id, Invitation.email)

        def where(self, condition):
            self.rows = self.rows.where(condition)
            return self

        def values(self, **_changes):
            return self

        def returning(self, *_columns):
            return self

        def execution_options(self, **_options):
            meeting.wait()
            return self.rows

    monkeypatch.setattr("app.organisation.services.invitations.update", LookFirst)
    assert press(app, link, 2) == [302, 302]


def test_passwords_can_not_be_guessed_through_a_link(known):
    app, cast = known
    _, link = invitation_in(app, cast)
    client = app.test_client()
    answers = [client.post(link, data={"password": f"poging nummer {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert client.post(link, data={"password": PASSWORD}).status_code == 429

"""Invite, look, come in once: for the coordinator, and for who holds the link."""

import re

import pytest
import time_machine
from sqlalchemy import select

from app.identity.models import Login, Membership, SignInSession
from app.identity.secrets import digest, hash_password
from app.kernel.mail import AddressRefused, KeptMail
from app.organisation.jobs import handlers
from app.organisation.models import Assignment, Invitation, Person
from tests.organisation.people import PASSWORD, last_link, somebody
from tests.world import Role, add_role

EMAIL = "anneke@waterland.example"
PASSWORDS = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def person(app, cast):
    with app.database.unit_of_work(cast.network):
        person = somebody(email=EMAIL)
        add_role(person.id, Role.IB, cast.schools["wilgen"])
    return person


@pytest.fixture
def invite(coordinator, person, app, work_through_queue):
    """Invite, send the mail, and give the path of its link."""

    def invite(person_id=person.id, email=EMAIL):
        assert coordinator.post(f"/waterland/mensen/{person_id}/uitnodiging").status_code == 302
        work_through_queue()
        return last_link(app.database, email)

    return invite


@pytest.fixture
def link(invite):
    return invite()


@pytest.fixture
def visitor(app):
    return app.test_client()


def kept(app, cast, person):
    """The person and the latest invitation, as they are now."""
    with app.database.unit_of_work(cast.network) as unit:
        newest = (
            select(Invitation)
            .where(Invitation.person_id == person.id)
            .order_by(Invitation.id.desc())
            .limit(1)
        )
        return unit.get_one(Person, (cast.network.id, person.id)), unit.scalar(newest)


def mails_to(app, email):
    with app.database.global_unit() as unit:
        return unit.query(KeptMail).filter_by(recipient=email).all()


def words_of(answer, token):
    """The page without what is always another: its own token and that of its forms."""
    page = re.sub(r"X-CSRFToken[^}]*}", "", answer.text)
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page).replace(token, "")


def is_ended(answer):
    return answer.status_code == 404 and "/inloggen" in answer.text and 'name="password"' not in answer.text


def test_the_mail_says_who_invites_to_what_and_as_what(app, link):
    (mail,) = mails_to(app, EMAIL)
    assert "Linda Postma" in mail.subject
    for words in ("Anneke", "Netwerk Waterland", "OBS De Wilgen", f"http://localhost:8000{link}"):
        assert words in mail.body


def test_of_the_token_only_the_digest_is_kept(app, cast, person, link):
    token = link.rsplit("/", 1)[1]
    invitation = kept(app, cast, person)[1]
    assert invitation.token_hash == digest(token)
    with app.database.unit_of_work(cast.network) as unit:
        rows = unit.connection().exec_driver_sql("SELECT invitation::text FROM invitation").scalars().all()
    assert not any(token in row for row in rows)


def test_looking_shows_who_invites_and_uses_nothing(app, cast, person, link, visitor):
    for _ in range(3):
        page = visitor.get(link)
        assert page.status_code == 200
        assert all(
            words in page.text for words in ("Linda Postma", "Netwerk Waterland", "OBS De Wilgen", EMAIL)
        )
    visitor.head(link)
    assert kept(app, cast, person)[1].accepted_at is None


def test_a_password_is_chosen_and_one_is_inside(app, cast, person, link, visitor):
    answer = visitor.post(link, data=PASSWORDS)
    assert answer.location == "/waterland/"
    assert "Anneke Bos" in visitor.get("/waterland/").text
    now_person, invitation = kept(app, cast, person)
    assert now_person.identity_id is not None
    assert invitation.accepted_at is not None


def test_a_link_works_once(app, link, visitor):
    visitor.post(link, data=PASSWORDS)
    other = app.test_client()
    assert is_ended(other.get(link))
    assert is_ended(other.post(link, data=PASSWORDS))


def test_a_link_works_seven_days(app, cast, person, link, visitor):
    sent = kept(app, cast, person)[1].sent_at
    for hours, works in ((7 * 24 - 1, True), (7 * 24 + 1, False)):
        with time_machine.travel(sent.timestamp() + hours * 3600, tick=False):
            assert (visitor.get(link).status_code == 200) is works
    with time_machine.travel(sent.timestamp() + 8 * 24 * 3600, tick=False):
        assert is_ended(visitor.post(link, data=PASSWORDS))


def test_a_changed_address_ends_the_link(coordinator, person, link, visitor):
    coordinator.post(
        f"/waterland/mensen/{person.id}/bewerken",
        data={"first_name": "Anneke", "last_name": "Bos", "email": "bos@waterland.example"},
    )
    assert is_ended(visitor.get(link))
    assert is_ended(visitor.post(link, data=PASSWORDS))


def test_a_changed_address_ends_the_link_even_where_nobody_withdrew_it(app, cast, person, link, visitor):
    with app.database.unit_of_work(cast.network) as unit:
        unit.get_one(Person, (cast.network.id, person.id)).email = "bos@waterland.example"
    assert is_ended(visitor.post(link, data=PASSWORDS))


def test_a_changed_name_does_not_end_the_link(coordinator, person, link, visitor):
    coordinator.post(
        f"/waterland/mensen/{person.id}/bewerken",
        data={"first_name": "Anna", "last_name": "Bos", "email": EMAIL},
    )
    assert visitor.get(link).status_code == 200


def test_a_withdrawn_link_ends(coordinator, person, link, visitor):
    assert coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging/intrekking").status_code == 302
    assert is_ended(visitor.get(link))
    assert coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging/intrekking").status_code == 404


def test_a_new_invitation_ends_the_last(invite, visitor):
    first, second = invite(), invite()
    assert is_ended(visitor.get(first))
    assert visitor.get(second).status_code == 200


def test_a_link_of_another_network_opens_nothing(link, visitor):
    token = link.rsplit("/", 1)[1]
    assert is_ended(visitor.get(f"/uitnodiging/heuvelrug/{token}"))
    assert is_ended(visitor.post(f"/uitnodiging/heuvelrug/{token}", data=PASSWORDS))


def test_a_link_that_never_was_gets_the_same_page_as_one_that_was_used(app, link, visitor):
    visitor.post(link, data=PASSWORDS)
    used = app.test_client().get(link)
    never = app.test_client().get("/uitnodiging/waterland/niet-van-ons")
    assert used.status_code == never.status_code == 404
    assert words_of(used, link.rsplit("/", 1)[1]) == words_of(never, "niet-van-ons")


@pytest.mark.parametrize(
    "passwords",
    [{}, {"password": "kort", "again": "kort"}, {"password": PASSWORD, "again": PASSWORD + "!"}],
)
def test_a_wrong_password_leaves_the_link_as_it_was(app, cast, person, link, visitor, passwords):
    assert visitor.post(link, data=passwords).status_code == 422
    assert kept(app, cast, person)[1].accepted_at is None
    assert visitor.post(link, data=PASSWORDS).status_code == 302


@pytest.fixture
def known_login(app):
    with app.database.global_unit() as unit:
        login = Login(email=EMAIL, password_hash=hash_password(PASSWORD))
        unit.add(login)
        unit.flush()
    return login


def test_an_address_with_a_login_uses_the_password_it_has(app, cast, person, known_login, link, visitor):
    assert 'name="again"' not in visitor.get(link).text
    assert visitor.post(link, data={"password": "een heel ander wachtwoord"}).status_code == 422
    assert kept(app, cast, person)[1].accepted_at is None
    assert visitor.post(link, data={"password": PASSWORD}).status_code == 302
    assert kept(app, cast, person)[0].identity_id == known_login.id


def test_who_is_signed_in_with_the_address_needs_no_password(app, as_, cast, coordinator, invite):
    with app.database.unit_of_work(cast.network):
        person = somebody("Yusuf", "Demir", cast["stranger"].email)
        add_role(person.id, Role.COACH, None)
    link = invite(person.id, cast["stranger"].email)
    stranger = as_(cast["stranger"])
    assert 'name="password"' not in stranger.get(link).text
    assert stranger.post(link).location == "/waterland/"
    assert kept(app, cast, person)[0].identity_id == cast["stranger"].identity_id
    assert stranger.get("/waterland/").status_code == stranger.get("/heuvelrug/").status_code == 200


def test_who_is_signed_in_with_another_address_still_needs_the_password(app, as_, cast, person, link):
    ib = as_(cast["ib"])
    assert 'name="password"' in ib.get(link).text
    assert ib.post(link).status_code == 422
    assert kept(app, cast, person)[0].identity_id is None


def test_coming_in_opens_a_new_session(app, link, visitor):
    visitor.post(link, data=PASSWORDS)
    with app.database.global_unit() as unit:
        login = unit.scalar(select(Login).where(Login.email == EMAIL))
        sessions = unit.scalars(select(SignInSession).where(SignInSession.identity_id == login.id)).all()
        assert len(sessions) == 1
        assert unit.get(Membership, (login.id, 1)) is not None


def test_one_login_is_not_two_people_of_a_network(app, cast, coordinator, invite):
    with app.database.unit_of_work(cast.network) as unit:
        unit.get_one(Person, (cast.network.id, cast["ib"].person_id)).email = "elders@waterland.example"
        person = somebody("Fatima", "Amrani", cast["ib"].email)
    with app.database.global_unit() as unit:
        unit.get_one(Login, cast["ib"].identity_id).password_hash = hash_password(PASSWORD)
    link = invite(person.id, cast["ib"].email)
    assert app.test_client().post(link, data={"password": PASSWORD}).status_code == 409
    assert kept(app, cast, person)[1].accepted_at is None


def test_who_has_access_is_not_invited_again(app, cast, coordinator):
    assert coordinator.post(f"/waterland/mensen/{cast['ib'].person_id}/uitnodiging").status_code == 409


def test_only_the_coordinator_invites(as_, cast, person):
    assert as_(cast["leader"]).post(f"/waterland/mensen/{person.id}/uitnodiging").status_code == 403


def test_a_new_person_can_be_invited_at_once(app, cast, coordinator, work_through_queue):
    values = {"first_name": "Ilse", "last_name": "Smit", "email": "Ilse@Waterland.example", "role": "coach"}
    coordinator.post("/waterland/mensen", data=values | {"invite": "1"})
    work_through_queue()
    assert len(mails_to(app, "ilse@waterland.example")) == 1


def test_a_job_that_is_done_twice_sends_one_mail(app, cast, person, link):
    invitation = kept(app, cast, person)[1]
    send(app)(cast.network, invitation_id=invitation.id)
    assert len(mails_to(app, EMAIL)) == 1


def test_after_a_mail_that_was_sent_without_being_noted_the_last_link_works(
    app, cast, person, invite, visitor
):
    first = invite()
    with app.database.unit_of_work(cast.network) as unit:
        unit.scalar(select(Invitation)).sent_at = None
    invitation = kept(app, cast, person)[1]
    send(app)(cast.network, invitation_id=invitation.id)
    assert len(mails_to(app, EMAIL)) == 2
    assert is_ended(visitor.get(first))
    assert visitor.get(last_link(app.database, EMAIL)).status_code == 200


def test_a_withdrawn_invitation_is_not_sent_any_more(app, coordinator, person, work_through_queue):
    coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging")
    coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging/intrekking")
    work_through_queue()
    assert mails_to(app, EMAIL) == []


def test_a_refused_address_is_shown_and_can_be_corrected(app, cast, coordinator, person):
    coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging")

    class Refusing:
        def send(self, _mail):
            raise AddressRefused

    send(app, Refusing())(cast.network, invitation_id=kept(app, cast, person)[1].id)
    page = coordinator.get("/waterland/mensen?toegang=bounced").text
    assert f'/waterland/mensen/{person.id}"' in page
    coordinator.post(
        f"/waterland/mensen/{person.id}/bewerken",
        data={"first_name": "Anneke", "last_name": "Bos", "email": "bos@waterland.example"},
    )
    assert f'/waterland/mensen/{person.id}"' not in coordinator.get("/waterland/mensen?toegang=bounced").text


def test_a_failing_mail_server_makes_the_job_try_again(app, cast, coordinator, person):
    coordinator.post(f"/waterland/mensen/{person.id}/uitnodiging")

    class Broken:
        def send(self, _mail):
            raise OSError("mail server away")

    with pytest.raises(OSError, match="mail server away"):
        send(app, Broken())(cast.network, invitation_id=kept(app, cast, person)[1].id)
    assert kept(app, cast, person)[1].sent_at is None


def test_the_role_of_the_moment_is_the_one_that_comes_in(app, cast, person, link, visitor):
    with app.database.unit_of_work(cast.network) as unit:
        unit.scalar(select(Assignment).where(Assignment.person_id == person.id)).until = "2020-12-31"
    visitor.post(link, data=PASSWORDS)
    assert visitor.get("/waterland/").status_code == 404


def send(app, postbox=None):
    jobs = {handler.name: handler for handler in handlers(app.settings, app.database, postbox or app.postbox)}
    return jobs["organisation.send_invitation"].work

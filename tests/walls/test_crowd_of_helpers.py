"""Twenty say at once that they help: one does, and each of the others hears that."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from app.expertise.models import Answer, AskedColleague
from app.kernel.permissions import Role
from tests.conftest import signed_in_client
from tests.expertise.records import a_consultation
from tests.world import add_member, add_role

HELPERS = 20


def test_of_twenty_who_accept_at_once_one_helps(committed):
    app, cast = committed
    app.config["WTF_CSRF_ENABLED"] = False
    school_id = cast.schools["linde"]
    with app.database.unit_of_work(cast.network, with_identities=True):
        members = [add_member(cast.network, f"helper{n}", "Iemand", f"Nummer {n}") for n in range(HELPERS)]
        for member in members:
            add_role(member.person_id, Role.TEACHER, school_id)
        asked = {member.person_id: school_id for member in members}
        url = "/waterland/raadpleegvragen/{}/toezegging".format(
            a_consultation(cast["teacher"].person_id, cast.schools["wilgen"], asked).id
        )
    clients = [signed_in_client(app, member) for member in members]
    with ThreadPoolExecutor(HELPERS) as threads:
        answers = [one.result() for one in [threads.submit(client.post, url) for client in clients]]
    assert Counter(answer.status_code for answer in answers) == {302: 1, 409: HELPERS - 1}
    late = [answer.text for answer in answers if answer.status_code == 409]
    assert all("Iemand anders heeft deze vraag net opgepakt" in page for page in late)
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(AskedColleague).filter_by(answer=Answer.ACCEPTED).count() == 1

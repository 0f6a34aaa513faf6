"""Two who choose the date of a poll at the same moment."""

from threading import Barrier, Thread

from sqlalchemy import select

from app.agenda.models import Appointment
from app.intervision.models import PollWord
from app.intervision.services.polls import keep_answers
from tests.conftest import signed_in_client
from tests.intervision.seasons import a_group, a_poll, a_season, an_undated_session


def test_two_who_choose_at_once_get_one_date(committed):
    app, cast = committed
    with app.database.unit_of_work(cast.network):
        people = [cast["ib"].person_id, cast["coach"].person_id]
        found = an_undated_session(a_group(a_season(), people))
        poll = a_poll(found)
        for person_id in people:
            keep_answers(person_id, dict.fromkeys([option.id for option in poll.options], PollWord.YES))
        ids = [option.id for option in poll.options]
    url = f"/waterland/intervisie/bijeenkomsten/{found.id}/peiling/keuze"
    begin, statuses = Barrier(2), []

    def press(who, option_id):
        client = signed_in_client(app, cast[who])
        begin.wait()
        statuses.append(client.post(url, data={"option_id": option_id, "place": "online"}).status_code)

    app.config["WTF_CSRF_ENABLED"] = False
    threads = [Thread(target=press, args=pair) for pair in (("ib", ids[0]), ("coach", ids[1]))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [302, 409]
    with app.database.unit_of_work(cast.network) as unit:
        assert len(unit.scalars(select(Appointment)).all()) == 1

"""Methods of the network's own: written by the coordinator, with up to fifteen steps, kept where they were used."""

import pytest

from app.intervision.models import Method
from tests.intervision.running import a_session_now

URL = "/waterland/intervisie/werkvormen"
VALID = {"name": "Wandelmethode", "name-1": "Lopen", "minutes-1": "20", "name-3": "Delen", "minutes-3": "10"}


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def own(app, cast, coordinator):
    assert coordinator.post(URL, data=VALID).status_code == 302
    return the_method(app, cast).code


def the_method(app, cast):
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Method).one()


def test_empty_rows_are_no_steps(app, cast, own):
    method = the_method(app, cast)
    assert method.steps == [{"name": "Lopen", "minutes": 20}, {"name": "Delen", "minutes": 10}]
    assert own.startswith("own-")


def test_what_is_done_and_a_question_are_kept(app, cast, coordinator):
    coordinator.post(URL, data={**VALID, "what-1": "We lopen samen.", "question-1": "Wat zie je?"})
    assert the_method(app, cast).steps[0] == {
        "name": "Lopen", "minutes": 20, "what": "We lopen samen.", "questions": ["Wat zie je?"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Geef de werkvorm een naam."),
        ({"name": "x" * 61}, "Gebruik hooguit 60 tekens."),
        ({"name-1": ""}, "Zeg hoe deze stap heet."),
        ({"minutes-1": ""}, "Zeg hoeveel minuten deze stap duurt."),
        ({"minutes-1": "0"}, "Kies van 1 tot en met 90 minuten."),
        ({"minutes-1": "91"}, "Kies van 1 tot en met 90 minuten."),
        ({"minutes-1": "tien"}, "Vul een heel aantal minuten in."),
        ({"name-15": "Slot"}, "Zeg hoeveel minuten deze stap duurt."),
        ({"what-2": "Iets"}, "Zeg hoe deze stap heet."),
        ({"what-1": "x" * 401}, "Gebruik hooguit 400 tekens."),
        ({"minutes-1": "90", "minutes-3": "90", "name-4": "Nog", "minutes-4": "1"}, "hooguit 180 minuten"),
        ({"name-1": "", "minutes-1": "", "name-3": "", "minutes-3": ""}, "Schrijf minstens één stap."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(app, cast, coordinator, changes, says):
    answer = coordinator.post(URL, data={**VALID, **changes})
    assert answer.status_code == 422
    assert says in answer.text
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(Method).count() == 0


def test_a_sixteenth_step_is_refused(coordinator):
    assert coordinator.post(URL, data={**VALID, "name-16": "Te veel", "minutes-16": "5"}).status_code == 422


def test_a_name_is_given_once_whatever_its_capitals(coordinator, own):
    answer = coordinator.post(URL, data={**VALID, "name": "WANDELMETHODE"})
    assert answer.status_code == 409
    assert "Er is al een werkvorm met deze naam" in answer.text


def test_a_session_that_began_keeps_the_steps_as_they_were(app, as_, cast, coordinator, own):
    with app.database.unit_of_work(cast.network):
        meeting = a_session_now(cast)
    run_url = f"/waterland/intervisie/bijeenkomsten/{meeting.session_id}/werkvorm"
    ib = as_(cast["ib"])
    ib.post(run_url, data={"method": own})
    coordinator.post(f"{URL}/{own}/aanpassen", data={**VALID, "name-1": "Rennen"})
    assert the_method(app, cast).steps[0]["name"] == "Rennen"
    assert "Lopen" in ib.get(run_url).text


def test_a_retired_method_leaves_the_list_and_comes_back(as_, cast, coordinator, own):
    ib = as_(cast["ib"])
    assert "Wandelmethode" in ib.get(URL).text
    coordinator.post(f"{URL}/{own}/archivering")
    assert "Wandelmethode" not in ib.get(URL).text
    assert "Niet meer te kiezen" in coordinator.get(URL).text
    coordinator.post(f"{URL}/{own}/archivering/opheffing")
    assert "Wandelmethode" in ib.get(URL).text


def test_a_shipped_method_can_not_be_changed(coordinator):
    assert coordinator.get(f"{URL}/incident").status_code == 200
    assert coordinator.get(f"{URL}/incident/aanpassen").status_code == 404
    assert coordinator.post(f"{URL}/incident/aanpassen", data=VALID).status_code == 404
    assert coordinator.post(f"{URL}/incident/archivering").status_code == 404


@pytest.mark.parametrize(
    ("key", "reads", "writes"),
    [("coordinator", True, True), ("ib", True, False), ("leader", False, False), ("teacher", False, False)],
)
def test_who_reads_and_who_writes(as_, cast, key, reads, writes):
    client = as_(cast[key])
    assert (client.get(URL).status_code == 200) is reads
    assert (client.get(f"{URL}/incident").status_code == 200) is reads
    assert (client.get(f"{URL}/nieuw").status_code == 200) is writes
    assert (client.post(URL, data=VALID).status_code == 302) is writes

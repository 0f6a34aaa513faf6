"""Themes of the network's own: added, renamed while a form is open, retired, and never forgotten where they were."""

import pytest
from sqlalchemy.exc import IntegrityError

from app.coaching.models import CoachingRequest, RequestTheme, Theme
from app.coaching.queries import network_themes
from app.coaching.services.themes import MAX_OWN_THEMES
from app.coaching.themes import THEMES
from tests.coaching.rounds import ask, small_round
from tests.organisation.pages import queries_of

URL = "/waterland/koppelrondes/themas"


@pytest.fixture
def coordinator(as_, cast):
    return as_(cast["coordinator"])


@pytest.fixture
def theme(app, cast, coordinator):
    """A theme of our own."""
    assert coordinator.post(URL, data={"label": "Meertalige leerlingen"}).status_code == 302
    with app.database.unit_of_work(cast.network) as unit:
        return unit.query(Theme).one()


@pytest.fixture
def round_id(app, cast):
    with app.database.unit_of_work(cast.network):
        return small_round(cast).id


def send(client, round_id, **themes):
    weights = {f"theme-{code.replace('_', '-')}": weight for code, weight in themes.items()}
    form = {"round_id": round_id, "travel_limit": "30", **weights}
    return client.post("/waterland/coachvraag", data=form, follow_redirects=True)


def own(theme, weight="3"):
    return {theme.code.replace("-", "_"): weight}


def test_a_theme_of_our_own_comes_after_those_that_are_shipped(app, as_, cast, theme, round_id):
    with app.database.unit_of_work(cast.network):
        assert list(network_themes()) == [*THEMES, theme.code]
    for who, page in (("colleague", "coachvraag"), ("coach", "coachprofiel")):
        assert f'name="theme-{theme.code}"' in as_(cast[who]).get(f"/waterland/{page}").text
    shown = send(as_(cast["colleague"]), round_id, **own(theme))
    assert "Meertalige leerlingen" in shown.text


def test_it_counts_in_the_matching_and_is_named_there(
    app, as_, cast, coordinator, theme, round_id, work_through_queue
):
    with app.database.unit_of_work(cast.network) as unit:
        request = unit.query(CoachingRequest).one()
        unit.query(RequestTheme).delete()
        unit.add(RequestTheme(request_id=request.id, theme=theme.code, weight=3))
    profile = {f"theme-{theme.code}": "3", "travel_limit": "60", "kinds": ["bo"], "capacity": "2"}
    as_(cast["coach"]).post("/waterland/coachprofiel", data=profile | {"halfdays": ["0"]})
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    page = coordinator.get(f"/waterland/koppelrondes/{round_id}/voorstel").text
    assert "Meertalige leerlingen" in page
    assert theme.code not in page


def test_renamed_while_a_form_is_open_it_is_the_same_theme(app, as_, cast, coordinator, theme, round_id):
    ib = as_(cast["colleague"])
    ib.get("/waterland/coachvraag")
    assert coordinator.post(f"{URL}/{theme.id}", data={"label": "Nieuwkomers"}).status_code == 302
    shown = send(ib, round_id, **own(theme))
    assert shown.status_code == 200
    assert "Nieuwkomers" in shown.text
    assert "Meertalige leerlingen" not in shown.text


def test_retired_while_a_form_is_open_it_is_refused_with_its_name(
    app, as_, cast, coordinator, theme, round_id
):
    coordinator.post(f"{URL}/{theme.id}/archivering")
    answer = send(as_(cast["colleague"]), round_id, leader="1", **own(theme))
    assert answer.status_code == 422
    assert "“Meertalige leerlingen” wordt niet meer gebruikt. Kies een ander thema." in answer.text
    assert f'name="theme-{theme.code}"' not in answer.text
    profile = {f"theme-{theme.code}": "3", "travel_limit": "30", "kinds": ["bo"], "capacity": "2"}
    assert as_(cast["coach"]).post("/waterland/coachprofiel", data=profile).status_code == 422


def test_retired_it_keeps_its_meaning_where_it_was_chosen(app, as_, cast, coordinator, theme, round_id):
    ib = as_(cast["colleague"])
    send(ib, round_id, **own(theme))
    coordinator.post(f"{URL}/{theme.id}/archivering")
    assert "Meertalige leerlingen" in ib.get(f"/waterland/coachvraag/{round_id}").text
    assert f'name="theme-{theme.code}"' in ib.get("/waterland/coachvraag").text
    assert send(ib, round_id, leader="1", **own(theme)).status_code == 200
    assert f'name="theme-{theme.code}"' not in as_(cast["ib"]).get("/waterland/coachvraag").text


def test_retiring_can_be_undone(coordinator, theme):
    coordinator.post(f"{URL}/{theme.id}/archivering")
    page = coordinator.get(URL).text
    assert "“Meertalige leerlingen” kan niemand meer kiezen." in page
    assert f'action="{URL}/{theme.id}/archivering/opheffing"' in page
    assert coordinator.post(f"{URL}/{theme.id}/archivering/opheffing").status_code == 302


@pytest.mark.parametrize("label", ["meertalige LEERLINGEN", "Werkdruk en grenzen", "", "x" * 61])
def test_a_name_that_there_is_or_that_is_none_is_refused(coordinator, theme, label):
    assert coordinator.post(URL, data={"label": label}).status_code == 422


def test_a_theme_keeps_its_own_name(coordinator, theme):
    assert coordinator.post(f"{URL}/{theme.id}", data={"label": "Meertalige leerlingen"}).status_code == 302


def test_there_are_not_hundreds_of_them(app, cast, coordinator):
    with app.database.unit_of_work(cast.network) as unit:
        unit.add_all(Theme(code=f"own-{n}", label=f"Thema {n}") for n in range(MAX_OWN_THEMES))
    answer = coordinator.post(URL, data={"label": "Nog een"})
    assert answer.status_code == 422
    assert "Haal er eerst een uit gebruik" in answer.text


def test_three_hundred_themes_in_one_form_are_refused_in_as_many_queries_as_one(app, as_, cast, round_id):
    client = as_(cast["colleague"])
    one = {"round_id": round_id, "travel_limit": "30", "theme-bestaat-niet": "1"}
    many = {"round_id": round_id, "travel_limit": "30", **{f"theme-verzonnen-{n}": "1" for n in range(300)}}
    client.post("/waterland/coachvraag", data=one)
    answers = []
    few = queries_of(app, lambda: answers.append(client.post("/waterland/coachvraag", data=one)))
    lots = queries_of(app, lambda: answers.append(client.post("/waterland/coachvraag", data=many)))
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Kies uit de lijst." in answers[1].text
    assert lots == few


@pytest.mark.parametrize("kept", [{"code": "leader", "label": "A"}, {"code": "own-1", "label": "AA"}])
def test_the_database_keeps_codes_and_names_apart(unit, kept):
    unit.add(Theme(code="own-2", label="aa"))
    unit.flush()
    with pytest.raises(IntegrityError), unit.begin_nested():
        unit.add(Theme(**kept))
        unit.flush()


def test_only_the_coordinator_gets_there(as_, cast, theme):
    for who in ("ib", "coach", "leader"):
        assert as_(cast[who]).get(URL).status_code == 403
        assert as_(cast[who]).post(URL, data={"label": "Van mij"}).status_code == 403


def test_the_proposal_takes_as_many_queries_with_many_themes(
    app, cast, coordinator, round_id, work_through_queue
):
    coordinator.post(f"/waterland/koppelrondes/{round_id}/berekening")
    work_through_queue()
    url = f"/waterland/koppelrondes/{round_id}/voorstel"
    coordinator.get(url)
    few = queries_of(app, lambda: coordinator.get(url))
    with app.database.unit_of_work(cast.network) as unit:
        unit.add_all(Theme(code=f"own-{n}", label=f"Thema {n}") for n in range(12))
        ask(round_id, cast["colleague"].person_id, themes={f"own-{n}": 1 for n in range(4)})
    assert queries_of(app, lambda: coordinator.get(url)) == few

"""Wall 3: many at once from two networks, and no answer carries anything of the other one."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.organisation.models import Person, School
from tests.conftest import signed_in_client
from tests.walls.resources import Place

THREADS, REQUESTS = 8, 500
MARKERS = {"waterland": "Merkteken-W", "heuvelrug": "Merkteken-H"}


@pytest.fixture
def marked(committed):
    """Both networks, with a marker in every name of each, and who asks there."""
    app, cast = committed
    places = {
        "waterland": Place(cast.network, cast["coordinator"], cast),
        "heuvelrug": Place(cast.other_network, cast["stranger"], cast),
    }
    for slug, place in places.items():
        with app.database.unit_of_work(place.network, with_identities=True) as unit:
            for name in ("round_id", "school_id", "organisation.person_id", "match_id"):
                place.get(name)
            for row in (*unit.query(Person), *unit.query(School)):
                setattr(row, "name" if isinstance(row, School) else "last_name", f"{MARKERS[slug]} {row.id}")
    return app, places


def urls_of(slug, place):
    made = place.made
    pages = [
        "", "mensen", "mensen?q=Merkteken", "scholen", "besturen", "koppelrondes", "koppelingen", "geen-pagina",
        f"scholen/{made['school_id']}", f"mensen/{made['organisation.person_id']}",
        f"koppelrondes/{made['round_id']}/voorstel", f"koppelrondes/{made['round_id']}/coachvragen",
        f"koppelrondes/{made['round_id']}/coaches", f"koppelingen/{made['match_id']}",
    ]  # fmt: skip
    return [f"/{slug}/{page}" for page in pages]


def ask_at_random(app, places, seed):
    """Requests of one thread: each network in turn, sometimes for what belongs to the other, sometimes wrong."""
    chance = random.Random(seed)
    clients = {slug: signed_in_client(app, place.member) for slug, place in places.items()}
    urls = {slug: urls_of(slug, place) for slug, place in places.items()}
    found = []
    for _ in range(REQUESTS // THREADS):
        slug, other = chance.sample(list(places), 2)
        url = chance.choice(urls[slug] if chance.random() < 0.8 else urls[other])
        if chance.random() < 0.1:
            answer = clients[slug].post(f"/{slug}/mensen", data={"first_name": "x"})
        else:
            answer = clients[slug].get(url)
        everything = answer.text + str(answer.headers)
        found.append((slug, answer.status_code, MARKERS[slug] in everything, MARKERS[other] in everything))
    return found


def crowd(app, places):
    with ThreadPoolExecutor(THREADS) as threads:
        rounds = [threads.submit(ask_at_random, app, places, seed) for seed in range(THREADS)]
        return [answer for asked in rounds for answer in asked.result()]


def test_nothing_of_the_other_network_is_in_any_answer(marked):
    app, places = marked
    app.config["WTF_CSRF_ENABLED"] = False
    answers = crowd(app, places)
    assert len(answers) == REQUESTS // THREADS * THREADS
    assert max(status for _, status, _, _ in answers) < 500
    assert sum(own for _, _, own, _ in answers) > REQUESTS / 3
    assert [answer for answer in answers if answer[3]] == []


def test_a_cache_without_the_network_would_be_found(marked, monkeypatch):
    app, places = marked
    kept = {}
    view = app.view_functions["organisation.index_people"]

    def caching(**arguments):
        return kept.setdefault("page", view(**arguments))

    caching.access = view.access
    monkeypatch.setitem(app.view_functions, "organisation.index_people", caching)
    clients = {slug: signed_in_client(app, place.member) for slug, place in places.items()}
    clients["waterland"].get("/waterland/mensen")
    assert MARKERS["waterland"] in clients["heuvelrug"].get("/heuvelrug/mensen").text

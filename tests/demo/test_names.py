import re

from app.demo.names import DOMAIN, InventedPerson, invented_people

CROWD = invented_people(7, 6000)


def test_the_same_seed_gives_the_same_people() -> None:
    assert invented_people("PO2601", 300) == invented_people("PO2601", 300)
    assert invented_people("PO2601", 300) != invented_people("PO2602", 300)


def test_these_very_people_are_met_in_every_version() -> None:
    """Whoever changes the names or the draws changes every demo, and should know it."""
    assert [person.name for person in invented_people(1, 3)] == [
        "Heleen Huijbrechts-Uphuis",
        "Hanneke Schouten",
        "Floor van der Meer",
    ]


def test_more_people_come_after_the_first() -> None:
    assert invented_people(7, 6000)[:50] == invented_people(7, 50)


def test_there_are_as_many_as_asked() -> None:
    assert len(CROWD) == 6000
    assert invented_people(7, 0) == ()


def test_no_two_people_share_a_name_or_an_address() -> None:
    assert len({person.name for person in CROWD}) == len(CROWD)
    assert len({person.email for person in CROWD}) == len(CROWD)


def test_a_whole_country_finds_names() -> None:
    country = invented_people("country", 20_000)
    assert len({person.email for person in country}) == len(country)


def test_addresses_are_plain_and_of_a_reserved_domain() -> None:
    for person in CROWD:
        assert re.fullmatch(rf"[a-z-]+\.[a-z-]+\d*@{re.escape(DOMAIN)}", person.email), person
    assert DOMAIN.endswith(".example")


def test_networks_can_have_addresses_of_their_own() -> None:
    one = invented_people(1, 200, domain=f"po2601.{DOMAIN}")
    other = invented_people(1, 200, domain=f"po2602.{DOMAIN}")
    assert not {person.email for person in one} & {person.email for person in other}


def test_letters_with_marks_become_plain_in_addresses() -> None:
    marked = [
        person
        for person in CROWD
        if "Y\N{LATIN SMALL LETTER DOTLESS I}lmaz" in person.last_name or "Öztürk" in person.last_name
    ]
    assert marked
    assert all("yilmaz" in person.email or "ozturk" in person.email for person in marked)


def test_names_fit_in_their_fields() -> None:
    for person in CROWD:
        assert 0 < len(person.first_name) <= 60
        assert 0 < len(person.last_name) <= 80
        assert person.infix is None or 0 < len(person.infix) <= 20


def test_a_name_is_spoken_with_its_infix() -> None:
    person = InventedPerson("Nynke", "van der", "Meer", "nynke.vandermeer@voorbeeld.example")
    assert person.name == "Nynke van der Meer"
    assert InventedPerson("Elif", None, "Kaya", "").name == "Elif Kaya"


def test_the_staffroom_sounds_like_the_country() -> None:
    infixes = sum(person.infix is not None for person in CROWD) / len(CROWD)
    doubles = sum("-" in person.last_name for person in CROWD) / len(CROWD)
    assert 0.2 < infixes < 0.5
    assert 0.04 < doubles < 0.12
    last_names = {person.last_name for person in CROWD}
    assert {"Y\N{LATIN SMALL LETTER DOTLESS I}lmaz", "Amrani", "Ramdin", "Wiersma", "Jong"} <= last_names

import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from app.organisation import register
from app.organisation.register import (
    CONCEPTS,
    RegisteredSchool,
    UnknownNetwork,
    boards,
    network,
    networks,
    schools,
    schools_of,
)

FOLDER = Path(register.__file__).parent
SOURCE = tomllib.loads((FOLDER / "source.toml").read_text(encoding="utf-8"))
SMALL_WORDS = {"aan", "bij", "de", "den", "en", "in", "op", "ter", "van", "'t"}
WORD = re.compile(r"('s-?|IJ|'t|2e|[A-Z])?[a-zà-ÿ]*[,.]?")


def school(code: str) -> RegisteredSchool:
    return next(school for school in schools() if school.code == code)


def test_the_register_has_what_its_source_says() -> None:
    counts = SOURCE["counts"]
    assert len(schools()) == counts["schools"] == 6964
    assert len(networks()) == counts["networks"] == 76
    assert len(boards()) == counts["boards"] == 835
    assert sum(school.latitude is None for school in schools()) == counts["without_coordinate"]
    assert sum(school.pupils is None for school in schools()) == counts["without_pupils"]
    kinds = Counter("_and_".join(sorted(school.kinds)) for school in schools())
    assert kinds == counts["kinds"]


def test_boards_can_be_in_more_networks() -> None:
    places = Counter(board for network in networks() for board in boards(network.code))
    assert sum(count > 1 for count in places.values()) == SOURCE["counts"]["boards_in_more_networks"]


def test_the_source_is_credited() -> None:
    assert SOURCE["source"] == "Bron: DUO"
    assert SOURCE["coordinates"] == "Coördinaten: BAG / EduGIS"


def test_the_data_can_be_made_again_byte_for_byte() -> None:
    header = (FOLDER / "schools.csv.gz").read_bytes()[:10]
    assert header[3] == 0, "no file name"
    assert header[4:8] == bytes(4), "no time"


def test_everything_is_read_at_once() -> None:
    start = time.process_time()
    read_again = schools.__wrapped__()
    assert time.process_time() - start < 0.3
    assert read_again == schools()
    assert schools() is schools()


def test_a_school_has_what_a_network_needs_to_start() -> None:
    assert school("03WU00") == RegisteredSchool(
        code="03WU00",
        network_code="PO2202",
        board_number="32073",
        kinds=frozenset({"bo"}),
        concept=None,
        pupils=101,
        latitude=52.90186,
        longitude=6.92183,
        name="Kindcentrum De Wegwijzer",
        denomination="Protestants-Christelijk",
        street="Harm Tiesingstraat",
        house_number="74",
        postcode="9571 AZ",
        city="2e Exloërmond",
        municipality="Borger-Odoorn",
        province="Drenthe",
    )


def test_every_school_is_valid() -> None:
    assert len({school.code for school in schools()}) == len(schools())
    for each in schools():
        assert re.fullmatch(r"\d\d[A-Z]{2}\d\d", each.code)
        assert re.fullmatch(r"\d{5}", each.board_number)
        assert re.fullmatch(r"\d{4} [A-Z]{2}", each.postcode)
        assert each.concept is None or each.concept in CONCEPTS
        assert each.pupils is None or each.pupils >= 5
        assert (each.latitude is None) == (each.longitude is None)
        texts = (each.name, each.denomination, each.street, each.house_number, each.city, each.municipality)
        assert all(text and text == " ".join(text.split()) for text in texts), each


def test_coordinates_are_in_the_country() -> None:
    for each in schools():
        if each.latitude is not None and each.longitude is not None:
            assert 50.7 < each.latitude < 53.6, each
            assert 3.3 < each.longitude < 7.3, each


def test_codes_of_concepts_are_plain() -> None:
    assert all(re.fullmatch(r"[a-z]{1,20}", code) for code in CONCEPTS)
    assert Counter(school.concept for school in schools() if school.concept) == {
        "montessori": 129,
        "vrijeschool": 82,
        "dalton": 80,
        "jenaplan": 60,
        "internationaal": 3,
        "freinet": 2,
    }


def test_every_anthroposophical_school_is_a_vrijeschool() -> None:
    assert {s.concept for s in schools() if s.denomination == "Antroposofisch"} == {"vrijeschool"}


def test_every_city_is_written_as_a_name() -> None:
    for city in {school.city for school in schools()}:
        name, _, addition = city.partition(" (")
        words = [word for word in re.split(r"[ -]", name) if word]
        assert all(WORD.fullmatch(word) for word in words), city
        assert all(word[0].isupper() for word in words if word[0].isalpha() and word not in SMALL_WORDS), city
        assert not addition or re.fullmatch(r"(gem\. )?([A-Z]{2}|[A-Z][\w -]+)\)", addition), city


def test_small_words_stand_inside_a_city_only() -> None:
    firsts = {re.split(r"[ -]", school.city)[0] for school in schools()}
    assert {first for first in firsts if not first[0].isupper()} == {"'s", "'t", "2e"}


@pytest.mark.parametrize(
    "city",
    [
        "'s Gravenmoer",
        "'s-Gravenhage",
        "'s-Heer Hendrikskinderen",
        "'t Loo (Oldebroek)",
        "2e Exloërmond",
        "Alteveer (gem. De Wolden)",
        "Alteveer (gem. Noordenveld)",
        "Babyloniënbroek",
        "Bergen (Lb)",
        "Bergen (NH)",
        "Bergen op Zoom",
        "Bleskensgraaf",
        "Damwâld",
        "De Rijp",
        "Egmond aan den Hoef",
        "Feanwâlden",
        "Hei- en Boeicop",
        "Hendrik-Ido-Ambacht",
        "Huis ter Heide (Ut)",
        "IJmuiden",
        "Capelle aan den IJssel",
        "Nieuwer Ter Aa",
        "Nieuwerkerk aan den IJssel",
        "Oost-, West- en Middelbeers",
        "Oudega (Súdwest-Fryslân)",
        "Ouderkerk aan den IJssel",
        "Sint Odiliënberg",
        "Sint-Oedenrode",
        "Spaarndam (gem. Haarlem)",
        "St.-Annaparochie",
        "Stad aan 't Haringvliet",
        "Ter Apel",
        "Tull en 't Waal",
        "Wehe-den Hoorn",
        "Westerhaar-Vriezenveensewijk",
        "Wijk bij Duurstede",
    ],
)
def test_odd_cities_are_written_well(city: str) -> None:
    assert city in {school.city for school in schools()}


def test_a_city_has_one_name_for_primary_and_special_schools() -> None:
    hengelo = {school.city for school in schools() if school.municipality == "Hengelo (O.)"}
    assert hengelo == {"Hengelo (Ov)"}
    assert "Driehuis NH" not in {school.city for school in schools()}


def test_a_network_tells_what_its_schools_tell() -> None:
    for each in networks():
        members = schools_of(each.code)
        pupils: Counter[str] = Counter()
        for member in members:
            pupils[member.municipality] += member.pupils or 0
        assert [member.code for member in members] == sorted(member.code for member in members)
        assert {member.network_code for member in members} == {each.code}
        assert each.school_count == len(members)
        assert each.board_count == len(boards(each.code))
        assert each.pupils == pupils.total()
        assert set(each.municipalities) == set(pupils)
        assert pupils[each.municipalities[0]] == max(pupils.values())


def test_every_school_is_in_one_network() -> None:
    assert sum(len(schools_of(each.code)) for each in networks()) == len(schools())


def test_networks_are_called_by_their_own_name_or_by_their_largest_municipality() -> None:
    assert network("PO2707").name == "Samenwerkingsverband Amsterdam-Diemen"
    assert network("PO2601").name == "SWV PO 26.01 (Utrecht)"
    assert network("PO2901").name == "SWV PO 29.01 (Middelburg)"
    assert len({each.name for each in networks()}) == len(networks())


def test_the_centre_of_a_network_is_among_its_schools() -> None:
    for each in networks():
        latitudes = [school.latitude for school in schools_of(each.code) if school.latitude]
        longitudes = [school.longitude for school in schools_of(each.code) if school.longitude]
        assert min(latitudes) < each.centre[0] < max(latitudes)
        assert min(longitudes) < each.centre[1] < max(longitudes)


@pytest.mark.parametrize("look_up", [network, schools_of, boards])
def test_an_unknown_network_is_named(look_up: Callable[[str], object]) -> None:
    with pytest.raises(UnknownNetwork, match="'PO9999'"):
        look_up("PO9999")
    with pytest.raises(KeyError):
        look_up("PO9999")

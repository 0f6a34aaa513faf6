"""Names as Dutch files write them."""

import pytest

from app.organisation.importing.names import is_shouted, split_name, spoken_name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Anna Jansen", ("Anna", None, "Jansen")),
        ("  Anna   Jansen ", ("Anna", None, "Jansen")),
        ("Anna de Vries", ("Anna", "de", "Vries")),
        ("Anna van der Berg", ("Anna", "van der", "Berg")),
        ("Anna Van Der Berg", ("Anna", "Van Der", "Berg")),
        ("Fatima el Amrani", ("Fatima", "el", "Amrani")),
        ("Fatima El Amrani", ("Fatima", "El", "Amrani")),
        ("Sjöerd van 't Hof", ("Sjöerd", "van 't", "Hof")),
        ("Sjöerd van ’t Hof", ("Sjöerd", "van ’t", "Hof")),
        ("Joke in 't Veld", ("Joke", "in 't", "Veld")),
        ("Joke v.d. Berg", ("Joke", "v.d.", "Berg")),
        ("Anna Maria de Wit", ("Anna Maria", "de", "Wit")),
        ("Anna Maria Jansen", ("Anna Maria", None, "Jansen")),
        ("Anna Jansen-de Vries", ("Anna", None, "Jansen-de Vries")),
        ("Anna Jansen - de Vries", ("Anna", None, "Jansen-de Vries")),
        ("Anna van der Berg-de Vries", ("Anna", "van der", "Berg-de Vries")),
        ("Vries, Anna de", ("Anna", "de", "Vries")),
        ("Berg, Anna van der", ("Anna", "van der", "Berg")),
        ("de Vries, Anna", ("Anna", "de", "Vries")),
        ("Vries, de, Anna", ("Anna", "de", "Vries")),
        ("Jansen, Ben", ("Ben", None, "Jansen")),
        ("Jansen, A.B.", ("A.B.", None, "Jansen")),
        ("Jansen-de Vries, Anna", ("Anna", None, "Jansen-de Vries")),
        ("BERG, ANNA VAN DER", ("ANNA", "VAN DER", "BERG")),
        ("ANNA DE VRIES", ("ANNA", "DE", "VRIES")),
        ("Dr. Anna de Vries", ("Anna", "de", "Vries")),
        ("mevr. drs. A. de Vries", ("A.", "de", "Vries")),
        ("Anna de Vries MSc", ("Anna", "de", "Vries")),
        ("Anna de Vries, MA", ("Anna", "de", "Vries")),
        ("Vries, drs. Anna de", ("Anna", "de", "Vries")),
        ("Mei Ma", ("Mei", None, "Ma")),
        ("Linh Do", ("Linh", None, "Do")),
        ("Ben Bakker", ("Ben", None, "Bakker")),
        ("Jan Van", ("Jan", None, "Van")),
        ("Madonna", (None, None, "Madonna")),
        ("Jansen,", (None, None, "Jansen")),
        ("", (None, None, None)),
        (",", (None, None, None)),
    ],
)
def test_a_whole_name_is_split(text, parts):
    assert split_name(text) == parts


@pytest.mark.parametrize(
    "text", ["Anna van der Berg", "Fatima el Amrani", "Anna Jansen-de Vries", "Ben Bakker"]
)
def test_a_name_that_is_split_is_spoken_as_before(text):
    assert spoken_name(*split_name(text)) == text


@pytest.mark.parametrize(
    ("name", "shouted"), [("JANSEN", True), ("Jansen", False), ("Ng", False), ("LIE", False)]
)
def test_capitals_alone_are_noticed(name, shouted):
    assert is_shouted(name) is shouted

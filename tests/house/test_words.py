"""Every sentence of the interface exists in Dutch."""

import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from config.settings import ROOT

CATALOGUE = ROOT / "app/translations/nl/LC_MESSAGES/messages.po"
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}


@pytest.fixture(scope="module")
def said():
    """Every sentence that the code and the templates say."""
    with (ROOT / "config/babel.cfg").open() as file:
        method_map, options_map = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT / "app", method_map, options_map, keywords=KEYWORDS)
    return {
        message if isinstance(message, str) else message[0]
        for _file, _line, message, _comments, _context in found
    }


@pytest.fixture(scope="module")
def dutch():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="nl")


def untranslated(said: set[str], catalogue: Catalog) -> list[str]:
    return sorted(text for text in said if not _is_whole(catalogue.get(text)))


def _is_whole(message) -> bool:
    if message is None or message.fuzzy:
        return False
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def test_something_is_said(said):
    assert len(said) > 100
    assert "Sign in" in said


def test_every_sentence_is_dutch_too(said, dutch):
    assert untranslated(said, dutch) == []


def test_placeholders_are_the_same_in_both_languages(dutch):
    faults = [f"{message.id}: {error}" for message, errors in dutch.check() for error in errors]
    assert faults == []


def test_a_missing_and_a_fuzzy_sentence_are_found(said):
    planted = read_po(io.BytesIO(b'#, fuzzy\nmsgid "Sign in"\nmsgstr "Inloggen"\n'), locale="nl")
    assert untranslated({"Sign in", "Log out"}, planted) == ["Log out", "Sign in"]


def test_the_language_is_of_people():
    """Education, not care: the words of the domain."""
    text = Path(CATALOGUE).read_text().casefold()
    assert "zorgleerling" not in text
    assert "gebruiker" not in text

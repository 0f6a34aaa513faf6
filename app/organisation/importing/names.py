"""Names as Dutch files write them: "Anna van der Berg", "Berg, Anna van der", "Dr. A. Jansen-de Vries".

No name is written differently from the file: in which capitals a name belongs, only its owner knows.
"""

from typing import NamedTuple

from app.organisation.importing.text import folded, tidy

INFIXES = frozenset(
    {
        "'d", "'s", "'sjong", "'t", "aan", "aan't", "al", "am", "auf", "aus", "ben", "bij", "bin", "boven",
        "d'", "da", "das", "de", "del", "della", "den", "der", "des", "di", "die", "do", "dos", "du", "el",
        "en", "het", "im", "in", "l'", "la", "las", "le", "les", "lo", "los", "met", "of", "onder", "op",
        "op't", "over", "te", "ten", "ter", "tho", "thoe", "thor", "to", "toe", "tot", "uijt", "uit", "v.",
        "v.d.", "v.de", "v.den", "v.der", "v/d", "van", "vanden", "vander", "vd", "ver", "vom", "von",
        "voor", "zu", "zum", "zur"
    }
)  # fmt: skip
TITLES = frozenset(
    {
        "dhr", "dhr.", "dr", "dr.", "drs", "drs.", "ing", "ing.", "ir", "ir.", "meneer", "mevr", "mevr.",
        "mevrouw", "mr.", "mw", "mw.", "prof", "prof."
    }
)  # fmt: skip
"""What stands before a name."""
DEGREES = frozenset({"b.ed.", "b.sc.", "bsc", "bsc.", "m.ed.", "m.sc.", "mba", "msc", "msc.", "ph.d.", "phd"})
"""What stands behind a name."""
DEGREES_OR_NAMES = frozenset({"ba", "bed", "ma", "med"})
"""Degrees only behind a comma: there are people who are called Ma and Ba."""


class NameParts(NamedTuple):
    """A name in the parts that we keep; what is not there is None."""

    first_name: str | None
    infix: str | None
    last_name: str | None


def spoken_name(first_name: str | None, infix: str | None, last_name: str | None) -> str:
    """The name as it is spoken, such as "Fatima el Amrani"."""
    return " ".join(part for part in (first_name, infix, last_name) if part)


def split_name(text: str) -> NameParts:
    """The parts of a whole name; with a comma the family name stands first."""
    text = tidy(text).replace(" - ", "-")
    family, comma, rest = text.partition(",")
    if comma and not _only_titles(rest):
        return _family_first(family, rest)
    return _spoken(family if comma else text)


def split_family_name(text: str) -> tuple[str | None, str]:
    """What stands before a family name, and the name: "van der" and "Berg"."""
    words = text.split()
    infixes = _leading_infixes(words)
    return " ".join(words[:infixes]) or None, " ".join(words[infixes:])


def is_shouted(name: str) -> bool:
    """Whether a name is written in capitals alone, as some systems do."""
    return len(name) > 3 and name == name.upper() and name != name.lower()


def _spoken(text: str) -> NameParts:
    words = _without_titles(text)
    if len(words) < 2:
        return NameParts(None, None, words[0] if words else None)
    family_at = _family_begin(words)
    infix, last_name = split_family_name(" ".join(words[family_at:]))
    return NameParts(" ".join(words[:family_at]), infix, last_name)


def _family_begin(words: list[str]) -> int:
    """The place of the word with which the family name, or what stands before it, begins; never the first."""
    for place, word in enumerate(words[1:], start=1):
        last = place == len(words) - 1
        if not last and (_is_infix(word) or _ends_with_infix(word)):
            return place
    return len(words) - 1


def _family_first(family: str, rest: str) -> NameParts:
    """For "Vries, Anna de", "de Vries, Anna" and "Vries, de, Anna"; Ben is an infix only where it is written "ben"."""
    infix, last_name = split_family_name(" ".join(_without_titles(family)))
    words = _without_titles(rest.replace(",", " "))
    ahead = next((n for n, word in enumerate(words) if not (_is_infix(word) and word.islower())), len(words))
    names = words[ahead:]
    behind = next((n for n in range(1, len(names)) if all(map(_is_infix, names[n:]))), len(names))
    infixes = [*words[:ahead], *names[behind:], *filter(None, [infix])]
    return NameParts(" ".join(names[:behind]) or None, " ".join(infixes) or None, last_name or None)


def _leading_infixes(words: list[str]) -> int:
    """How many infixes stand in front; the last word is always a name."""
    count = 0
    while count < len(words) - 1 and _is_infix(words[count]):
        count += 1
    return count


def _is_infix(word: str) -> bool:
    return folded(word).replace("’", "'").replace("`", "'") in INFIXES


def _ends_with_infix(word: str) -> bool:
    """The first half of a double name, such as "Jansen-de" before "Vries"."""
    return "-" in word and _is_infix(word.rpartition("-")[2])


def _without_titles(text: str) -> list[str]:
    words = text.split()
    while len(words) > 1 and folded(words[0]) in TITLES:
        words = words[1:]
    while len(words) > 1 and folded(words[-1]).strip("()") in DEGREES:
        words = words[:-1]
    return words


def _only_titles(text: str) -> bool:
    """What stands behind the comma in "Anna de Vries, MSc"."""
    words = text.replace(",", " ").split()
    return all(folded(word) in TITLES | DEGREES | DEGREES_OR_NAMES for word in words)

"""Which school a row means: by its code, its BRIN, or its name."""

import re
from collections import defaultdict
from collections.abc import Iterable

from app.organisation.importing.facts import KnownSchool
from app.organisation.importing.judgement import Fault
from app.organisation.importing.text import folded

_CODE = re.compile(r"(\d{2}[A-Z]{2})[ \-/|._]*(\d{2})?")
_LOCATION = re.compile(r"\d{1,2}")
_KIND_OF_SCHOOL = re.compile(
    r"\b(basisschool|school|bs|obs|cbs|pcbs|pcb|rkbs|kbs|ibs|gbs|dbs|obd|abbs|sbo|so|vso|o\.?b\.?s|c\.?b\.?s|r\.?k\.?b\.?s"
    r"|openbare|openbaar|christelijke|protestants|katholieke|rooms|basisonderwijs|samenwerkingsschool|de|het)\b\.?"
)
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")
CANDIDATES_NAMED = 5


class SchoolFinder:
    """The schools of the network, ready to be found; a file names the same few again and again."""

    def __init__(self, schools: Iterable[KnownSchool]) -> None:
        self._by_code: dict[str, KnownSchool] = {}
        self._by_brin: defaultdict[str, list[KnownSchool]] = defaultdict(list)
        self._by_name: defaultdict[str, list[KnownSchool]] = defaultdict(list)
        self._by_plain_name: defaultdict[str, list[KnownSchool]] = defaultdict(list)
        self._found: dict[tuple[str, str, str], KnownSchool | Fault | None] = {}
        for school in schools:
            self._by_code[school.code] = school
            self._by_brin[school.code[:4]].append(school)
            for name in (school.name, f"{school.name} {school.city}"):
                self._by_name[_words(name)].append(school)
                self._by_plain_name[_plain(name)].append(school)

    def find(self, name: str, brin: str, location: str) -> KnownSchool | Fault | None:
        """The school that the three cells mean together, or why there is none; None when all are empty."""
        asked = (name, brin, location)
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, name: str, brin: str, location: str) -> KnownSchool | Fault | None:
        if not (name or brin):
            return None
        code = _CODE.fullmatch((brin or name).upper())
        if code is None:
            return self._named(name or brin, list(self._by_code.values()))
        if not location and brin and _LOCATION.fullmatch(name):
            location = name
        number = code.group(2) or (location.zfill(2) if _LOCATION.fullmatch(location) else None)
        if number:
            school = self._by_code.get(code.group(1) + number)
            return school or Fault("school", "unknown_school", {"text": code.group(1) + number})
        return self._of_brin(code.group(1), name if brin else "")

    def _of_brin(self, brin: str, name: str) -> KnownSchool | Fault:
        schools = self._by_brin.get(brin, [])
        if not schools:
            return Fault("school", "unknown_school", {"text": brin})
        if len(schools) > 1 and name:
            named = self._named(name, schools)
            if isinstance(named, KnownSchool):
                return named
        return schools[0] if len(schools) == 1 else _several(brin, schools)

    def _named(self, name: str, among: list[KnownSchool]) -> KnownSchool | Fault:
        """The whole name first; then without "basisschool", "OBS", "de" and such."""
        for found in (self._by_name.get(_words(name)), self._by_plain_name.get(_plain(name))):
            schools = list(dict.fromkeys(school for school in found or [] if school in among))
            if schools:
                return schools[0] if len(schools) == 1 else _several(name, schools)
        return Fault("school", "unknown_school", {"text": name})


def _several(text: str, schools: list[KnownSchool]) -> Fault:
    named = [f"{school.code} {school.name}, {school.city}" for school in schools[:CANDIDATES_NAMED]]
    return Fault("school", "several_schools", {"text": text, "schools": "; ".join(named)})


def _words(name: str) -> str:
    return _NO_LETTER_OR_DIGIT.sub(" ", folded(name)).strip()


def _plain(name: str) -> str:
    """The name without the kind of school; a name that is nothing else stays whole."""
    return _words(_KIND_OF_SCHOOL.sub(" ", folded(name))) or _words(name)

"""DUO's file of all locations of primary schools, taken into the register.

The file knows neither networks nor coordinates, and nothing of special education; names of places are in capitals
without diacritics, cut at 24 characters. What it does not tell stays as the edition before it had it.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean

from app.kernel.tables import Row, Table
from app.organisation.register.edition import Register
from app.organisation.register.postcodes import postcode_areas
from app.organisation.register.schools import RegisteredSchool, packed

COLUMNS = {
    "code": "VESTIGINGSCODE",
    "board_number": "BEVOEGD GEZAG NUMMER",
    "name": "VESTIGINGSNAAM",
    "denomination": "DENOMINATIE",
    "street": "STRAATNAAM",
    "house_number": "HUISNUMMER-TOEVOEGING",
    "postcode": "POSTCODE",
    "city": "PLAATSNAAM",
    "municipality": "GEMEENTENAAM",
    "province": "PROVINCIE",
}
"""What is used of the file, under the names that DUO gives it; the order does not matter."""

LONGEST_DENOMINATION = 30
"""Characters at which DUO cuts."""

_CODE = re.compile(r"\d\d[A-Z0-9]{2}\d\d")
_BOARD = re.compile(r"\d{5}")
_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Z]{2})")
_LENGTHS = {
    "name": 160,
    "street": 120,
    "house_number": 20,
    "city": 80,
    "municipality": 80,
    "denomination": 60,
}
"""Characters that fit into the columns of a network's schools."""
_CONCEPTS = {
    "montessori": r"montessori",
    "dalton": r"dalton",
    "jenaplan": r"jenaplan",
    "vrijeschool": r"vrije ?school",
    "freinet": r"freinet",
    "internationaal": r"international",
}
_SMALL_WORDS = {"aan", "bij", "de", "den", "der", "en", "het", "in", "op", "te", "ter", "van"}
PRIMARY = frozenset({"bo"})


class NotTheFile(Exception):
    """Columns are missing: it is another file. `missing` has their names."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row that can't be taken: its number, and the column whose cell is wrong."""

    number: int
    column: str
    text: str
    is_twice: bool = False
    """Whether the cell itself is right, but another row has the same code."""


class WrongRows(Exception):
    """Rows of the file are wrong: nothing of it is taken."""

    def __init__(self, rows: tuple[WrongRow, ...]) -> None:
        super().__init__(f"{len(rows)} rows")
        self.rows = rows


@dataclass(frozen=True, slots=True)
class Taken:
    """The register with the file in it."""

    register: Register
    content: bytes
    """The register, packed."""
    left_out: tuple[RegisteredSchool, ...]
    """New schools whose postcode belongs to no network that we know; their `network_code` is empty."""


def take_in(table: Table, dated_on: date, before: Register) -> Taken:
    """The edition after `before`, with the primary schools of the file. Raises NotTheFile, WrongRows."""
    rows = _checked_rows(table)
    places = _Places(before)
    found = [places.placed(row, before.by_code.get(row["code"])) for row in rows]
    special = [school for school in before.schools if school.kinds != PRIMARY]
    content = packed([*special, *(school for school in found if school.network_code)])
    left_out = tuple(school for school in found if not school.network_code)
    return Taken(Register.of(dated_on, content), content, left_out)


def _checked_rows(table: Table) -> list[dict[str, str]]:
    headers = [" ".join(column.upper().split()) for column in table.columns]
    missing = tuple(column for column in COLUMNS.values() if column not in headers)
    if missing:
        raise NotTheFile(missing)
    places = {name: headers.index(column) for name, column in COLUMNS.items()}
    rows, wrong, numbers = [], [], Counter(row.cells[places["code"]].upper() for row in table.rows)
    for row in table.rows:
        values = _values(row, places)
        wrong += _faults(row.number, values, numbers)
        rows.append(values)
    if wrong:
        raise WrongRows(tuple(wrong))
    return rows


def _values(row: Row, places: Mapping[str, int]) -> dict[str, str]:
    values = {name: " ".join(row.cells[place].split()) for name, place in places.items()}
    postcode = _POSTCODE.fullmatch(values["postcode"].upper())
    return values | {
        "code": values["code"].upper(),
        "postcode": f"{postcode[1]} {postcode[2]}" if postcode else "",
        "written_postcode": values["postcode"],
    }


def _faults(number: int, values: Mapping[str, str], numbers: Counter[str]) -> Iterator[WrongRow]:
    right = {
        "code": bool(_CODE.fullmatch(values["code"])),
        "board_number": bool(_BOARD.fullmatch(values["board_number"])),
        "postcode": bool(values["postcode"]),
    } | {
        name: 0 < len(values[name]) <= longest
        for name, longest in _LENGTHS.items()
        if name in {"name", "city"}
    }
    right |= {name: len(values[name]) <= longest for name, longest in _LENGTHS.items() if name not in right}
    for name, is_right in right.items():
        if not is_right:
            written = values["written_postcode" if name == "postcode" else name]
            yield WrongRow(number, COLUMNS[name], written[:60])
    if right["code"] and numbers[values["code"]] > 1:
        yield WrongRow(number, COLUMNS["code"], values["code"], is_twice=True)


class _Places:
    """How places are spelled, and which network they belong to, as the edition before tells it."""

    def __init__(self, before: Register) -> None:
        self._around: defaultdict[str, list[RegisteredSchool]] = defaultdict(list)
        self._in_municipality: defaultdict[str, list[RegisteredSchool]] = defaultdict(list)
        self._spelled: dict[tuple[str, str], str] = {}
        for school in before.schools:
            for figures in (school.postcode[:4], school.postcode[:3]):
                self._around[figures].append(school)
            self._in_municipality[school.municipality].append(school)
            for name in ("city", "municipality", "province", "denomination"):
                self._spelled.setdefault((name, _folded(getattr(school, name))), getattr(school, name))

    def placed(self, row: Mapping[str, str], before: RegisteredSchool | None) -> RegisteredSchool:
        """The school of a row. What the file does not know is as before, unless it moved or is new."""
        if before is None or any(
            getattr(before, name) != row[name] for name in ("street", "house_number", "postcode")
        ):
            return self._new_or_moved(row, before)
        return replace(
            before,
            board_number=row["board_number"],
            name=row["name"],
            denomination=self._denomination(row["denomination"]),
            municipality=self._known("municipality", row) or before.municipality,
            province=self._known("province", row) or before.province,
        )

    def _new_or_moved(self, row: Mapping[str, str], before: RegisteredSchool | None) -> RegisteredSchool:
        postcode = row["postcode"]
        municipality = (
            self._known("municipality", row)
            or self._usual(postcode, "municipality")
            or _titled(row["municipality"])
        )
        latitude, longitude = self._middle(postcode) or (None, None)
        denomination = self._denomination(row["denomination"])
        return RegisteredSchool(
            code=row["code"],
            network_code=self._network(postcode, municipality),
            board_number=row["board_number"],
            kinds=PRIMARY,
            concept=before.concept if before else concept_of(row["name"], denomination),
            pupils=before.pupils if before else None,
            latitude=latitude,
            longitude=longitude,
            name=row["name"],
            denomination=denomination,
            street=row["street"],
            house_number=row["house_number"],
            postcode=postcode,
            city=self._known("city", row) or self._usual(postcode, "city") or _titled(row["city"]),
            municipality=municipality,
            province=self._known("province", row) or row["province"],
        )

    def _network(self, postcode: str, municipality: str) -> str:
        """By law that of the postcode; of a newer one that of the schools there, or of the whole municipality."""
        area = postcode_areas().get(postcode[:4])
        if area:
            return area.network_code
        for schools in (self._around.get(postcode[:4]), self._in_municipality.get(municipality)):
            networks = {school.network_code for school in schools or ()}
            if len(networks) == 1:
                return networks.pop()
        return ""

    def _middle(self, postcode: str) -> tuple[float, float] | None:
        """The middle of the postcode area; where it is not known, of the schools in it or around it."""
        area = postcode_areas().get(postcode[:4])
        if area and area.middle:
            return area.middle
        for figures in (postcode[:4], postcode[:3]):
            places = [
                (s.latitude, s.longitude) for s in self._around.get(figures, ()) if s.latitude and s.longitude
            ]
            if places:
                latitudes, longitudes = zip(*places, strict=True)
                return round(fmean(latitudes), 5), round(fmean(longitudes), 5)
        return None

    def _known(self, name: str, row: Mapping[str, str]) -> str | None:
        """A name of DUO in the spelling that the register has for it."""
        return self._spelled.get((name, _folded(row[name])))

    def _usual(self, postcode: str, name: str) -> str | None:
        """What most schools in the postcode area have."""
        usual = Counter(getattr(school, name) for school in self._around.get(postcode[:4], ())).most_common(1)
        return usual[0][0] if usual else None

    def _denomination(self, text: str) -> str:
        """In full, where DUO cut it."""
        known = self._spelled.get(("denomination", _folded(text)))
        if known or len(text) < LONGEST_DENOMINATION:
            return known or text
        whole = {
            full
            for (name, _), full in self._spelled.items()
            if name == "denomination" and full.startswith(text)
        }
        return whole.pop() if len(whole) == 1 else text


def concept_of(name: str, denomination: str) -> str | None:
    """The concept that a school's name tells; None where it tells none."""
    found = (concept for concept, words in _CONCEPTS.items() if re.search(words, name, re.IGNORECASE))
    return next(found, "vrijeschool" if denomination == "Antroposofisch" else None)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Z0-9]+", " ", plain.upper()).strip()


def _titled(text: str) -> str:
    """A place in capitals as one writes it, where the register does not know it yet."""
    words = re.sub(r"[^\W\d_]+", _capital, text.lower())
    return words[:1].upper() + words[1:]


def _capital(word: re.Match[str]) -> str:
    if word[0] in _SMALL_WORDS:
        return word[0]
    return f"IJ{word[0][2:]}" if word[0].startswith("ij") else word[0].capitalize()

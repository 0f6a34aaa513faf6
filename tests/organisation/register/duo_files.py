"""Files as DUO gives them, made from the register that is shipped, with changes that a test wants."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping

from app.kernel.tables import write_xlsx
from app.organisation.register import RegisteredSchool, schools

BEFORE = (
    "PROVINCIE",
    "BEVOEGD GEZAG NUMMER",
    "INSTELLINGSCODE",
    "VESTIGINGSCODE",
    "VESTIGINGSNAAM",
    "STRAATNAAM",
)
BETWEEN = ("HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE")
AFTER = (
    *("TELEFOONNUMMER", "INTERNETADRES", "STRAATNAAM CORRESPONDENTIEADRES"),
    *(
        "HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES",
        "POSTCODE CORRESPONDENTIEADRES",
        "PLAATSNAAM CORRESPONDENTIEADRES",
    ),
    *("NODAAL GEBIED CODE", "NODAAL GEBIED NAAM", "RPA-GEBIED CODE", "RPA-GEBIED NAAM", "WGR-GEBIED CODE"),
    *(
        "WGR-GEBIED NAAM",
        "COROPGEBIED CODE",
        "COROPGEBIED NAAM",
        "ONDERWIJSGEBIED CODE",
        "ONDERWIJSGEBIED NAAM",
    ),
    *("RMC-REGIO CODE", "RMC-REGIO NAAM", "VAKANTIEREGIO"),
)
COLUMNS = (*BEFORE, *BETWEEN, *AFTER)
"""The 31 columns of the file."""

Line = dict[str, str]


def primary_schools() -> list[RegisteredSchool]:
    """The schools that are in the file: primary education alone."""
    return [school for school in schools() if school.kinds == {"bo"}]


def lines(members: Iterable[RegisteredSchool] | None = None) -> dict[str, Line]:
    """The lines of the file by code, in its own spelling: places in capitals without diacritics, cut at 24."""
    return {school.code: _line(school) for school in (primary_schools() if members is None else members)}


def new_line(code: str, like: Line, **changes: str) -> Line:
    """A line of a school that was not there, at the address of another but for the changes."""
    return {**like, "VESTIGINGSCODE": code, "VESTIGINGSNAAM": "Basisschool De Nieuwe", **changes}


def as_csv(rows: Mapping[str, Line] | Iterable[Line], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """The file as DUO writes it: Windows-1252 and semicolons."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, delimiter=";", extrasaction="ignore", restval=" ")
    writer.writeheader()
    writer.writerows(rows.values() if isinstance(rows, Mapping) else rows)
    return text.getvalue().encode("cp1252", "replace")


def as_xlsx(rows: Mapping[str, Line]) -> bytes:
    """The file after somebody saved it in Excel."""
    return write_xlsx(COLUMNS, [[row.get(column, "") for column in COLUMNS] for row in rows.values()], "DUO")


def _line(school: RegisteredSchool) -> Line:
    return {
        "PROVINCIE": school.province,
        "BEVOEGD GEZAG NUMMER": school.board_number,
        "INSTELLINGSCODE": school.code[:4],
        "VESTIGINGSCODE": school.code,
        "VESTIGINGSNAAM": school.name,
        "STRAATNAAM": school.street,
        "HUISNUMMER-TOEVOEGING": school.house_number,
        "POSTCODE": school.postcode,
        "PLAATSNAAM": _capitals(school.city),
        "GEMEENTENAAM": _capitals(school.municipality),
        "DENOMINATIE": school.denomination[:30],
    }


def _capitals(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain.replace("(", "").replace(")", "").replace(".", "").upper()[:24]

"""Which column holds what, told by the words in the header.

The words are those that school offices write themselves, and those of exports of pupil and personnel systems
(ParnasSys, ESIS, AFAS, Visma). Where more columns fit, the first word in the list wins: somebody is called by her
roepnaam, and mail goes to the address of work.
"""

from collections.abc import Mapping, Sequence

from app.organisation.importing.text import key

Columns = dict[str, int]
"""The number of the column (from 0) by what it holds."""

HEADERS: dict[str, tuple[str, ...]] = {
    "first_name": (
        "roepnaam", "voornaam", "voornamen", "first name", "given name", "called name", "forename",
        "voorletters", "initialen", "initials",
    ),
    "infix": (
        "tussenvoegsel", "tussenvoegsels", "tussenvoegsel(s)", "voorvoegsel", "voorvoegsels", "tv", "tussenv", "infix",
        "prefix", "voorvoegsel geboortenaam", "voorvoegsel achternaam", "geboortenaam voorvoegsel", "name prefix",
    ),
    "last_name": (
        "achternaam", "familienaam", "last name", "family name", "surname", "achternaam medewerker", "geboortenaam",
        "geslachtsnaam", "eigennaam",
    ),
    "name": (
        "naam", "volledige naam", "naam medewerker", "medewerker", "medewerkernaam", "weergavenaam", "personeelslid",
        "leerkrachtnaam", "name", "full name", "display name", "employee", "employee name", "samengestelde naam",
    ),
    "email": (
        "e-mail werk", "werk e-mail", "e-mailadres werk", "zakelijk e-mailadres", "e-mail zakelijk",
        "e-mailadres zakelijk", "e-mail (werk)", "e-mail school", "schoolmail", "werkmail", "e-mailadres", "e-mail adres",
        "e-mail", "mail", "mailadres", "mail adres", "email address", "work email", "work e-mail", "user principal name",
    ),
    "school": (
        "school", "schoolnaam", "naam school", "naam van de school", "vestiging", "vestigingsnaam", "naam vestiging",
        "locatie", "locatienaam", "werklocatie", "standplaats", "instelling", "instellingsnaam",
        "organisatorische eenheid", "organisatie-eenheid", "organisatieeenheid omschrijving", "oe", "oe omschrijving",
        "afdeling", "school name", "location", "workplace", "department",
    ),
    "brin": (
        "vestigingscode", "locatiecode", "schoolcode", "brin6", "brin vestiging", "brin + vestiging", "brin", "brincode",
        "brinnummer", "brin-nummer", "brinnr", "brin4", "instellingscode", "location code", "school code",
    ),
    "location": (
        "vestigingsnummer", "vestigingsnr", "vestnr", "vest nr", "vest.", "locatienummer", "locatienr",
        "nevenvestiging", "location number",
    ),
    "role": (
        "rol", "functie", "functienaam", "functieomschrijving", "functie omschrijving", "functietitel", "functiebenaming",
        "rollen", "functies", "role", "job title", "position", "function", "title",
    ),
    "since": (
        "vanaf", "startdatum", "begindatum", "ingangsdatum", "datum in dienst", "in dienst", "in dienst per",
        "in dienst sinds", "indienst", "datum indienst", "datum indiensttreding", "indiensttreding", "begindatum functie",
        "startdatum functie", "begindatum dienstverband", "startdatum dienstverband", "sinds", "van", "begin", "start",
        "start date", "since", "from", "first day", "eerste dag", "hire date",
    ),
    "until": (
        "tot en met", "t/m", "tot", "einddatum", "datum uit dienst", "uit dienst", "uit dienst per", "uitdienst",
        "datum uitdienst", "datum uitdiensttreding", "uitdiensttreding", "einddatum functie", "einddatum dienstverband",
        "eind", "einde", "end date", "until", "last day", "laatste dag", "termination date",
    ),
}  # fmt: skip
"""What the header of a column may say, by what the column holds; the best first."""

FIELDS = tuple(HEADERS)
"""All that a column can hold."""

_HELD_BY = {key(word): (field, rank) for field, words in HEADERS.items() for rank, word in enumerate(words)}


def header_key(header: str) -> str:
    """The header as it is recognised again in the next file."""
    return key(header)


def recognise(headers: Sequence[str], chosen_before: Mapping[str, str | None]) -> Columns:
    """The columns that the headers tell of themselves; what a person chose for a header before goes first.

    `chosen_before` gives the field, or None for "not needed", by `header_key`.
    """
    best: dict[str, tuple[int, int]] = {}
    for number, header in enumerate(headers):
        field, rank = _held_by(header_key(header), chosen_before)
        if field is not None:
            best[field] = min(best.get(field, (rank, number)), (rank, number))
    return {field: number for field, (_rank, number) in best.items()}


def says_who(columns: Columns) -> bool:
    """Whether the columns tell the whole name of somebody."""
    return "name" in columns or {"first_name", "last_name"} <= columns.keys()


def says_where(columns: Columns) -> bool:
    """Whether the columns tell the school."""
    return bool({"school", "brin"} & columns.keys())


def _held_by(header: str, chosen_before: Mapping[str, str | None]) -> tuple[str | None, int]:
    if header in chosen_before:
        return chosen_before[header], -1
    return _HELD_BY.get(header, (None, 0))

"""Groups of years before this product was used, from a file: all of it is taken over, or nothing."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from app.intervision.models import EarlierSeat
from app.intervision.policy import RUN_SEASONS
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Invalid
from app.kernel.tables import Row, Table
from app.organisation.models import Person
from tenants.session import session

MAX_GROUP_NAME = 60
YEARS = range(2000, 2101)
ERRORS_SHOWN = 20
HEADINGS = {
    "year": ("schooljaar", "jaar", "seizoen", "school year", "year"),
    "group": ("groep", "groepsnaam", "intervisiegroep", "group"),
    "email": ("e-mail", "email", "e-mailadres", "mailadres", "mail"),
    "name": ("naam", "ib'er", "iber", "medewerker", "name"),
}
"""What a column may be called, by what it holds."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who was in which group in a school year."""

    school_year: int
    group_name: str
    person_id: int


def import_earlier_groups(actor: Actor, table: Table) -> int:
    """Keep who was with whom; gives how many seats are new. Raises Invalid with what is wrong in which row."""
    actor.require(RUN_SEASONS)
    seats, wrong = _read(table)
    if wrong:
        more = len(wrong) - ERRORS_SHOWN
        shown = wrong[:ERRORS_SHOWN] + ([_("And %(more)s more rows.", more=more)] if more > 0 else [])
        raise Invalid({"file": shown})
    known = {
        Seat(row.school_year, row.group_name, row.person_id) for row in session().scalars(select(EarlierSeat))
    }
    new = [seat for seat in dict.fromkeys(seats) if seat not in known]
    if new:
        session().execute(
            insert(EarlierSeat),
            [
                {"school_year": seat.school_year, "group_name": seat.group_name, "person_id": seat.person_id}
                for seat in new
            ],
        )
    record(actor, "import earlier groups", "earlier_seat", 0)
    return len(new)


def forget_earlier_year(actor: Actor, school_year: int) -> None:
    """Take out what was imported of a school year."""
    actor.require(RUN_SEASONS)
    session().execute(delete(EarlierSeat).where(EarlierSeat.school_year == school_year))
    record(actor, "forget earlier groups", "earlier_seat", school_year)


def _read(table: Table) -> tuple[list[Seat], list[str]]:
    """The seats in a table, and a sentence for each row that can't be read."""
    columns = _columns(table.columns)
    people = _People()
    seats: list[Seat] = []
    wrong: list[str] = []
    for row in table.rows:
        try:
            seats.append(_seat(row, columns, people))
        except _WrongRow as error:
            wrong.append(_("Row %(row)s: %(what)s", row=row.number, what=error))
    return seats, wrong


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands. Raises Invalid when one that is needed is not there."""
    plain = [heading.strip().casefold() for heading in headings]
    found = {
        what: next((plain.index(one) for one in names if one in plain), -1)
        for what, names in HEADINGS.items()
    }
    missing = [name for what, name in (("year", "Schooljaar"), ("group", "Groep")) if found[what] < 0]
    if found["email"] < 0 and found["name"] < 0:
        missing.append("E-mail / Naam")
    if missing:
        raise Invalid({"file": [_("These columns are missing: %(columns)s.", columns=", ".join(missing))]})
    return found


class _WrongRow(Exception):
    """A row that can't be read; its text says why, in the user's language."""


def _seat(row: Row, columns: Mapping[str, int], people: "_People") -> Seat:
    """The seat that a row tells. Raises _WrongRow."""
    cells = {what: row.cells[place].strip() if place >= 0 else "" for what, place in columns.items()}
    year = re.match(r"\d{4}", cells["year"])
    if year is None or int(year.group()) not in YEARS:
        raise _WrongRow(_("write the school year, such as 2025–2026."))
    if not cells["group"]:
        raise _WrongRow(_("the name of the group is missing."))
    if len(cells["group"]) > MAX_GROUP_NAME:
        raise _WrongRow(_("the name of the group is longer than 60 characters."))
    return Seat(int(year.group()), cells["group"], _person(cells["email"], cells["name"], people))


def _person(email: str, name: str, people: "_People") -> int:
    """Who is meant. Raises _WrongRow unless that is one person."""
    who = email or name
    if not who:
        raise _WrongRow(_("there is no e-mail address or name."))
    found = people.found(email, name)
    if not found:
        raise _WrongRow(
            _("%(who)s is not known in this network. Add this person first, or take out the row.", who=who)
        )
    if len(found) > 1:
        raise _WrongRow(_("there are several people called %(who)s. Add the e-mail address.", who=who))
    return found[0]


class _People:
    """Everybody of the network, by address and by name."""

    def __init__(self) -> None:
        self._by_email: defaultdict[str, list[int]] = defaultdict(list)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        for person in session().scalars(select(Person)):
            if person.email:
                self._by_email[person.email.casefold()].append(person.id)
            self._by_name[person.name.casefold()].append(person.id)

    def found(self, email: str, name: str) -> list[int]:
        """Who is meant: by address where there is one, else by name."""
        return self._by_email[email.casefold()] if email else self._by_name[" ".join(name.casefold().split())]

"""The answers of a season as the coordinator's list shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.participants import schools_in
from app.intervision.models import Participation
from app.kernel.permissions import Role
from app.organisation.queries import names_by_id, workplaces


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An IB'er with what she answered."""

    person_id: int
    name: str
    sort_name: str
    school: str
    state: tuple[str, str]
    """In words, and how it is shown."""
    answer: str
    """`yes`, `no` or `missing`."""
    halfdays: str

    def fits(self, words: str) -> bool:
        """Whether the words stand in her name or school."""
        return words.casefold() in f"{self.name} {self.school}".casefold()


def answer_rows(answers: Mapping[int, Participation], filters: dict[str, Any]) -> list[AnswerRow]:
    """Every IB'er whom the filters show, by name."""
    work = {
        person_id: places
        for person_id, places in workplaces(None).items()
        if any(place.role == Role.IB for place in places)
    }
    names = names_by_id(work)
    rows = [
        _row(person_id, names[person_id], schools_in(places, Role.IB), answers.get(person_id))
        for person_id, places in work.items()
    ]
    shown = [
        row
        for row in rows
        if row.fits(filters["q"]) and (filters["show"] == "all" or row.answer == filters["show"])
    ]
    return sorted(shown, key=lambda row: (row.sort_name, row.person_id))


def _row(person_id: int, name: Any, school: str, answer: Participation | None) -> AnswerRow:
    if answer is None:
        return AnswerRow(
            person_id, name.name, name.sort_name, school, (_("No answer yet"), "warn"), "missing", ""
        )
    if not answer.takes_part:
        return AnswerRow(
            person_id, name.name, name.sort_name, school, (_("Does not take part"), "plain"), "no", ""
        )
    count = len(answer.halfdays)
    halfdays = ngettext("%(num)s half-day", "%(num)s half-days", count)
    return AnswerRow(person_id, name.name, name.sort_name, school, (_("Takes part"), "good"), "yes", halfdays)

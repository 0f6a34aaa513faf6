"""The answers of a season as the coordinator's list shows them."""

from collections.abc import Collection, Mapping
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
    """An IB'er with what she answered; in words only once it is shown."""

    person_id: int
    name: str
    sort_name: str
    school: str
    given: Participation | None

    @property
    def answer(self) -> str:
        """`yes`, `no` or `missing`."""
        if self.given is None:
            return "missing"
        return "yes" if self.given.takes_part else "no"

    @property
    def state(self) -> tuple[str, str]:
        """The answer in words, and how it is shown."""
        if self.given is None:
            return _("No answer yet"), "warn"
        return (_("Takes part"), "good") if self.given.takes_part else (_("Does not take part"), "plain")

    @property
    def halfdays(self) -> str:
        """On how many half-days she can come."""
        if self.given is None or not self.given.takes_part:
            return ""
        count = len(self.given.halfdays)
        return ngettext("%(num)s half-day", "%(num)s half-days", count)

    def fits(self, words: str) -> bool:
        """Whether the words stand in her name or school."""
        return words.casefold() in f"{self.name} {self.school}".casefold()


def answer_rows(
    ibs: Collection[int], answers: Mapping[int, Participation], filters: dict[str, Any]
) -> list[AnswerRow]:
    """Those of these IB'ers whom the filters show, by name."""
    work = workplaces(ibs)
    names = names_by_id(work)
    rows = [
        AnswerRow(person_id, *names[person_id], schools_in(places, Role.IB), answers.get(person_id))
        for person_id, places in work.items()
    ]
    shown = [
        row
        for row in rows
        if row.fits(filters["q"]) and (filters["show"] == "all" or row.answer == filters["show"])
    ]
    return sorted(shown, key=lambda row: (row.sort_name, row.person_id))

"""What the pages of a team show, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.agenda.halfdays import halfdays
from app.expertise.labels import COURSE_STATES, KINDS, LEVELS, VISIBILITIES, WAYS
from app.expertise.models import CourseState, ExpertiseRecord, Reachability, RecordKind, Visibility
from app.expertise.queries import Domain, Item, stale_since, taxonomy
from app.expertise.queries.teams import Colleague, Fit, Team
from app.organisation.labels import listed
from app.web.language import day_as

MARKS = {
    RecordKind.COURSE: (_l("c"), _l("course")),
    RecordKind.AMBITION: (_l("a"), _l("ambition")),
    RecordKind.INTEREST: (_l("i"), _l("interest")),
}
"""Letter and word of what is no expertise, the strongest first: where somebody has no level, the first she has is shown."""
SHOWN_ROWS = 50
"""So many rows of a list are shown in each state; the wrong ones can all be taken along."""
EXPORTED = (
    "Naam", "E-mailadres", "Domein", "Onderwerp", "Soort", "Niveau", "Cursus", "Aanbieder", "Stand", "Begin", "Einde",
    "Mag gevraagd worden", "Zichtbaar voor",
)  # fmt: skip
"""The headings of the list that one takes along: Dutch in each language, so that it can be sent in again."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that somebody opened."""

    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A colleague in the list."""

    name: str
    other_schools: str
    by_kind: dict[str, list[Line]]
    person_id: int

    @property
    def is_empty(self) -> bool:
        """Whether she opened nothing."""
        return not any(self.by_kind.values())


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What somebody has in a domain, or of an item."""

    level: int | None
    sign: str
    """The figure of the level; otherwise the letter of what she has instead; empty for nothing."""
    words: str


@dataclass(frozen=True, slots=True)
class Helpers:
    """Who may be asked for help with an item."""

    item: str
    people: list[Line]


def rows_of(team: Team) -> list[Row]:
    """The colleagues with what each opened."""
    words = _Words()
    return [
        Row(
            one.person.name,
            listed(one.other_schools),
            {kind: [words.line(record) for record in one.of_kind(kind)] for kind in RecordKind},
            one.person.id,
        )
        for one in team.colleagues
    ]


def helpers_of(team: Team) -> list[Helpers]:
    """Who helps whom with what."""
    known = taxonomy()
    return [
        Helpers(
            known.item(item_id).name,
            [
                Line(
                    one.person.name,
                    "; ".join(
                        filter(None, (str(LEVELS[record.level or 1]), reached_words(one.reachability)))
                    ),
                )
                for one, record in helpers
            ],
        )
        for item_id, helpers in team.willing().items()
    ]


def reached_words(reached: Reachability | None) -> str:
    """When and how somebody can be asked; empty where she did not say."""
    if reached is None:
        return ""
    ways = listed([str(words) for way, words in WAYS.items() if way in reached.ways])
    return "; ".join(filter(None, (halfdays(reached.halfdays), ways, reached.note)))


def course_words(course: ExpertiseRecord) -> str:
    """Its item, who gives it, and its days."""
    days = [day_as("d MMM y", day) for day in (course.starts_on, course.ends_on) if day]
    return "; ".join(
        filter(None, (taxonomy().item(course.item_id).name, course.course_provider, " – ".join(days)))
    )


def fit_words(fit: Fit) -> str:
    """How many there are and how many are wanted."""
    if fit.is_need:
        return _("%(have)s of the %(wanted)s that your school wants", have=fit.have, wanted=fit.wanted)
    return _("nobody helps colleagues with it yet")


def coming_words(fit: Fit) -> str:
    """Who could come to it, and by what."""
    return listed(
        [f"{person.name} ({str(KINDS[RecordKind(record.kind)]).lower()})" for person, record in fit.coming]
    )


def matrix_columns(domain: Domain | None) -> list[Domain | Item]:
    """The domains; of one of them, its items."""
    known = taxonomy()
    return list(domain.items) if domain else list(known.domains)


def matrix_cells(one: Colleague, domain: Domain | None) -> list[MatrixCell]:
    """What a colleague has in each column."""
    columns = [{column.id} for column in domain.items] if domain else _items_by_domain()
    return [_cell([record for record in one.records if record.item_id in inside]) for inside in columns]


def export_of(team: Team) -> list[tuple[str, ...]]:
    """What the team opened, a row for each record."""
    known = taxonomy()
    return [
        (
            one.person.name,
            one.person.email or "",
            known.domain_of(record.item_id).name,
            known.item(record.item_id).name,
            str(KINDS[RecordKind(record.kind)]),
            str(record.level or ""),
            record.course_title or "",
            record.course_provider or "",
            _state_words(record),
            record.starts_on.isoformat() if record.starts_on else "",
            record.ends_on.isoformat() if record.ends_on else "",
            _("yes") if record.willing else "",
            str(VISIBILITIES[Visibility(record.visibility)]),
        )
        for one in team.colleagues
        for record in one.records
    ]


def item_options() -> list[tuple[int, str]]:
    """Every item that can be chosen, with its domain."""
    return [
        (item.id, f"{item.name} ({domain.name})") for domain in taxonomy().domains for item in domain.items
    ]


def _items_by_domain() -> list[set[int]]:
    known = taxonomy()
    return [{item.id for item in known.items.values() if item.domain_id == one.id} for one in known.domains]


class _Words:
    """Puts records into words: a team has hundreds, so that what all of them use is looked up once."""

    def __init__(self) -> None:
        self._taxonomy = taxonomy()
        self._levels = {level: str(words) for level, words in LEVELS.items()}
        self._stale_since = stale_since()

    def line(self, record: ExpertiseRecord) -> Line:
        """Something that somebody opened."""
        item = self._taxonomy.item(record.item_id)
        more: list[str] = []
        if record.level:
            more.append(self._levels[record.level])
        if record.course_title:
            more += [record.course_title, _state_words(record)]
        if item.is_retired:
            more.append(_("not in use any more"))
        if record.confirmed_on < self._stale_since:
            more.append(_("not confirmed since %(day)s", day=day_as("MMMM y", record.confirmed_on)))
        return Line(item.name, ", ".join(more))


def _state_words(record: ExpertiseRecord) -> str:
    return str(COURSE_STATES[CourseState(record.course_state)]) if record.course_state else ""


def _cell(records: Sequence[ExpertiseRecord]) -> MatrixCell:
    level = max((record.level for record in records if record.level), default=None)
    kinds = {record.kind for record in records}
    rest = [(letter, word) for kind, (letter, word) in MARKS.items() if kind in kinds]
    words = ", ".join(_words(level, (word for _letter, word in rest)))
    if level:
        return MatrixCell(level, str(level), words)
    return MatrixCell(None, str(rest[0][0]) if rest else "", words)


def _words(level: int | None, others: Iterable[object]) -> list[str]:
    return [*([str(LEVELS[level])] if level else []), *(str(other) for other in others)]

"""Why somebody was found, and what a record says of her, in a few words."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.agenda.words import capitalised
from app.expertise.labels import LEVELS, kilometres_in_words
from app.expertise.models import CourseState, ExpertiseRecord, RecordKind
from app.expertise.queries import MapSchool, taxonomy

MOST_REASONS = 3


def reasons(records: Sequence[ExpertiseRecord]) -> list[str]:
    """The first reasons, one for each record."""
    return [said_by(record) for record in records[:MOST_REASONS]]


def said_by(record: ExpertiseRecord) -> str:
    """Such as "specialist in Dyslexie" or "volgde ‘Taal in beeld’ bij De Leerschool", with her own words."""
    return " ".join(filter(None, (_content(record), _own_words(record))))


def said_beside_item(record: ExpertiseRecord) -> str:
    """What is left to say where item and kind stand above it: the level or the course, and her own words."""
    parts = [
        str(LEVELS[record.level or 1]) if record.kind == RecordKind.EXPERTISE else "",
        _course(record) if record.kind == RecordKind.COURSE else "",
        f"“{record.own_words}”" if record.own_words else "",
    ]
    return capitalised(" · ".join(filter(None, parts)))


def distance_of(school: MapSchool) -> str | None:
    """How far a school is, for who works elsewhere."""
    if school.is_own or school.kilometres is None:
        return None
    return kilometres_in_words(school.kilometres)


def _content(record: ExpertiseRecord) -> str:
    item = taxonomy().current(record.item_id).name
    if record.kind == RecordKind.EXPERTISE:
        sentences = {
            1: _("explores %(item)s", item=item),
            2: _("applies %(item)s", item=item),
            3: _("helps colleagues with %(item)s", item=item),
            4: _("specialist in %(item)s", item=item),
        }
        return sentences[record.level or 1]
    if record.kind == RecordKind.INTEREST:
        return _("is interested in %(item)s", item=item)
    if record.kind == RecordKind.AMBITION:
        return _("wants to learn %(item)s", item=item)
    return _course(record)


def _course(record: ExpertiseRecord) -> str:
    title, provider = record.course_title, record.course_provider
    if record.course_state == CourseState.DONE:
        if provider:
            return _("took ‘%(title)s’ at %(provider)s", title=title, provider=provider)
        return _("took ‘%(title)s’", title=title)
    if record.course_state == CourseState.RUNNING:
        if provider:
            return _("takes ‘%(title)s’ at %(provider)s", title=title, provider=provider)
        return _("takes ‘%(title)s’", title=title)
    if provider:
        return _("will take ‘%(title)s’ at %(provider)s", title=title, provider=provider)
    return _("will take ‘%(title)s’", title=title)


def _own_words(record: ExpertiseRecord) -> str:
    return _("and writes: “%(words)s”", words=record.own_words) if record.own_words else ""

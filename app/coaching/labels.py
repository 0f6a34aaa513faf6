"""Words for codes: themes, half-days, reasons that forbid a pair."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.coaching.matching import Reason

REASONS = {
    Reason.SELF: _l("She would coach herself."),
    Reason.SAME_SCHOOL: _l("They work at the same school."),
    Reason.SAME_BOARD: _l("They have the same school board."),
    Reason.KIND: _l("The coach does not know this kind of education."),
    Reason.CONCEPT: _l("The coach does not know the concept of this school."),
    Reason.UNKNOWN: _l("Something has not been filled in that is needed to judge this pair."),
    Reason.RECENT: _l("She was her coach in one of the last rounds."),
    Reason.EXCLUDED: _l("This pair has been ruled out."),
    Reason.PERIOD: _l("There is no period in which both take part."),
    Reason.TRAVEL: _l("It is too far, and not both want to meet online."),
    Reason.UNAVAILABLE: _l("The coach is not available at the moment."),
}
"""A sentence for each rule, as it stands beside a pair."""

DAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"))


def reason_sentences(reasons: Reason) -> list[str]:
    """A sentence for each rule that forbids a pair."""
    return [str(REASONS[reason]) for reason in Reason if reason in reasons]


def blocked_coaches(reason: str, count: int) -> str:
    """How a rule keeps a number of coaches away, such as "12 are too far away"."""
    words = {
        "same_school": ngettext("%(num)s works at the same school", "%(num)s work at the same school", count),
        "same_board": ngettext(
            "%(num)s has the same school board", "%(num)s have the same school board", count
        ),
        "kind": ngettext(
            "%(num)s does not know this kind of education",
            "%(num)s do not know this kind of education",
            count,
        ),
        "concept": ngettext("%(num)s does not know the concept", "%(num)s do not know the concept", count),
        "unknown": ngettext(
            "%(num)s has no complete profile yet", "%(num)s have no complete profile yet", count
        ),
        "recent": ngettext("%(num)s was the coach of late", "%(num)s were the coach of late", count),
        "excluded": ngettext("%(num)s has been ruled out", "%(num)s have been ruled out", count),
        "period": ngettext(
            "%(num)s takes part in another period", "%(num)s take part in another period", count
        ),
        "travel": ngettext("%(num)s is too far away", "%(num)s are too far away", count),
        "unavailable": ngettext("%(num)s is not available", "%(num)s are not available", count),
    }
    return words[reason]


def halfday(number: int) -> str:
    """Such as "Monday morning"."""
    day = str(DAYS[number // 2])
    return _("%(day)s afternoon", day=day) if number % 2 else _("%(day)s morning", day=day)


def halfdays(numbers: Iterable[int]) -> str:
    """A list of half-days; a whole day is named as such."""
    chosen = set(numbers)
    names: list[str] = []
    for day, name in enumerate(DAYS):
        morning, afternoon = 2 * day in chosen, 2 * day + 1 in chosen
        if morning and afternoon:
            names.append(str(name))
        elif morning or afternoon:
            names.append(halfday(2 * day + (0 if morning else 1)))
    return (
        _("%(most)s and %(last)s", most=", ".join(names[:-1]), last=names[-1])
        if len(names) > 1
        else "".join(names)
    )

"""Two sets of pairs beside each other, number by number."""

from typing import NamedTuple

from flask_babel import gettext as _

from app.coaching.figures import Figures

MINUS = "\N{MINUS SIGN}"


class FigureRow(NamedTuple):
    """A number before and after, as people read it, with the difference in words."""

    label: str
    before: str
    after: str
    difference: str


def figure_rows(before: Figures, after: Figures) -> list[FigureRow]:
    """The rows of the table; scores are shown from 0 to 100."""
    return [
        _row(_("With a coach"), before.matched, after.matched),
        _row(_("Without a coach"), before.without, after.without),
        _row(_("Lowest score"), _shown(before.worst), _shown(after.worst)),
        _row(_("Mean score"), _shown(before.mean), _shown(after.mean)),
        _row(_("Pairs below the line"), before.below, after.below),
    ]


def signed(difference: int) -> str:
    """A difference with its sign; nothing is "the same"."""
    return f"{difference:+d}".replace("-", MINUS) if difference else _("the same")


def _shown(score: int | None) -> int | None:
    return None if score is None else (score + 5) // 10


def _row(label: str, before: int | None, after: int | None) -> FigureRow:
    difference = "" if before is None or after is None else signed(after - before)
    return FigureRow(label, _text(before), _text(after), difference)


def _text(value: int | None) -> str:
    return "–" if value is None else str(value)

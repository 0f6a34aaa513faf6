"""Words for moments, levels and the fields of a goal."""

from flask_babel import lazy_gettext as _l

from app.goals.models import Moment

MOMENTS = {
    Moment.START: _l("At the start"),
    Moment.CHECK_IN: _l("Half-way"),
    Moment.END: _l("At the end"),
    Moment.AFTER_6_WEEKS: _l("After six weeks"),
    Moment.AFTER_6_MONTHS: _l("After six months"),
}

LEVEL_NAMES = {
    2: _l("much more than hoped for"),
    1: _l("more than hoped for"),
    0: _l("the goal"),
    -1: _l("on the way"),
    -2: _l("as it is now, or less"),
}
"""From the top of the ladder down."""

FIELDS = {
    "text": _l("The next step"),
    "minus_two": _l("−2: as it is now, or less"),  # noqa: RUF001 - a minus as people read it
    "minus_one": _l("−1: on the way"),  # noqa: RUF001 - a minus as people read it
    "target": _l("0: the goal"),
    "plus_one": _l("+1: more than hoped for"),
    "plus_two": _l("+2: much more than hoped for"),
}
"""What the form of a goal asks, in its order."""

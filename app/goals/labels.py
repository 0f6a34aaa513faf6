"""Words for moments and levels."""

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

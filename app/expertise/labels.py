"""Words of this room that several pages use."""

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.expertise.models import CourseState, RecordKind, Visibility, Way

KINDS = {
    RecordKind.EXPERTISE: _l("Expertise"),
    RecordKind.INTEREST: _l("Interest"),
    RecordKind.COURSE: _l("Course"),
    RecordKind.AMBITION: _l("Ambition"),
}
LEVELS = {1: _l("explores"), 2: _l("applies"), 3: _l("helps colleagues"), 4: _l("specialist")}
VISIBILITIES = {
    Visibility.PRIVATE: _l("Only me"),
    Visibility.SCHOOL: _l("My school"),
    Visibility.NETWORK: _l("The network"),
}
COURSE_STATES = {
    CourseState.PLANNED: _l("going to follow"),
    CourseState.RUNNING: _l("following now"),
    CourseState.DONE: _l("followed"),
}
WAYS = {Way.TALK: _l("a talk"), Way.MAIL: _l("mail"), Way.VISIT: _l("a visit")}


def kilometres_in_words(far: float) -> str:
    """Such as "2,3 km"; from 10 on whole ones."""
    return _("%(count)s km", count=format_decimal(round(far, 1) if far < 10 else round(far)))

"""Words for the codes of this room."""

from flask_babel import lazy_gettext as _l

from app.intervision.models import SessionRole

ROLES = {
    SessionRole.CONTRIBUTOR: _l("Contributor"),
    SessionRole.LEADER: _l("Leader of the talk"),
    SessionRole.TIMEKEEPER: _l("Timekeeper"),
    SessionRole.OBSERVER: _l("Observer"),
    SessionRole.REPORTER: _l("Reporter"),
}
ROLE_TASKS = {
    SessionRole.CONTRIBUTOR: _l("brings the case and decides what to do with it"),
    SessionRole.LEADER: _l("reads each step aloud and keeps everybody to it"),
    SessionRole.TIMEKEEPER: _l("watches the time and presses the buttons"),
    SessionRole.OBSERVER: _l("looks at how you talk with each other, and tells at the end"),
    SessionRole.REPORTER: _l("writes down intentions and how it went, never the case"),
}
SPEAKING = {
    "all": _l("Everybody talks"),
    "turns": _l("One after the other, everybody has a turn"),
    "contributor": _l("The contributor speaks, the group listens"),
    "dialogue": _l("The group asks, the contributor answers"),
    "group": _l("The group talks, the contributor listens"),
    "silence": _l("Nobody talks, everybody writes"),
    "leader": _l("The leader speaks"),
    "interview": _l("The leader and the contributor talk, the group listens"),
}
"""Who speaks in a step, and who is silent."""

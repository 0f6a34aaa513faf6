"""Words for the codes of intervision: regions, experience, the fields of forms, roles, who speaks."""

from flask_babel import lazy_gettext as _l

from app.intervision.models import Experience, Region, SessionRole

REGIONS = {Region.NORTH: _l("North"), Region.MIDDLE: _l("Middle"), Region.SOUTH: _l("South")}
"""Of the school holidays."""

EXPERIENCE = {
    Experience.STARTING: _l("Starting: less than two years"),
    Experience.SOME: _l("Two to five years"),
    Experience.LONG: _l("More than five years"),
}
"""For how long somebody has been an IB'er."""

EXPERIENCE_SHORT = {
    Experience.STARTING: _l("starting"),
    Experience.SOME: _l("some years"),
    Experience.LONG: _l("experienced"),
}
"""The same within a line."""

SEASON_FIELDS = {
    "name": _l("Name"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "join_until": _l("Answer up to and including"),
    "region": _l("School holidays of region"),
    "smallest": _l("Smallest group"),
    "target": _l("Best size"),
    "largest": _l("Largest group"),
    "sessions": _l("Number of sessions"),
    "minutes": _l("Minutes for each session"),
    "open_seats": _l("Seats for guests"),
    "cancel_hours": _l("Cancel until so many hours before"),
    "case_days": _l("Keep a case for so many days"),
}
"""In the order of the form."""

ANSWER_FIELDS = {
    "halfdays": _l("Half-days"),
    "themes": _l("Themes"),
    "experience": _l("Experience"),
    "unwanted": _l("Rather not with"),
}
"""In the order of the form."""

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

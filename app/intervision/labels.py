"""Words for the codes of intervision: regions, experience, the fields of forms."""

from flask_babel import lazy_gettext as _l

from app.intervision.models import Experience, Region

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
    "takes_part": _l("Taking part"),
    "halfdays": _l("Half-days"),
    "themes": _l("Themes"),
    "experience": _l("Experience"),
    "unwanted": _l("Rather not with"),
}
"""In the order of the form."""

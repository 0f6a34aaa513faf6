"""The themes that coaching can be about: shipped codes, in the order in which forms show them."""

from flask_babel import lazy_gettext as _l

THEMES = {
    "leader": _l("Working with the school leader"),
    "position": _l("Position and role in the school"),
    "tasks": _l("Dividing main and side tasks"),
    "teachers": _l("Coaching teachers"),
    "moments": _l("Making use of bumpy moments"),
    "resistance": _l("Dealing with resistance"),
    "change": _l("Change and innovation"),
    "needs": _l("Working from needs and results"),
    "meetings": _l("Leading group and pupil discussions"),
    "data": _l("Data and trend analysis"),
    "parents": _l("Talks with parents"),
    "youth": _l("Working with youth services"),
    "starting": _l("Starting as an IB'er"),
    "workload": _l("Workload and limits"),
    "career": _l("Own development and career"),
    "expertise": _l("Using the expertise in the team"),
}
MAX_THEMES = 5

"""Where the two of a trajectory can meet: a school of one of them, online, or somewhere else."""

from typing import Any, NamedTuple

from flask_babel import gettext as _

from app.coaching.models import Trajectory
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation.queries import people_by_id, workplaces

ONLINE, ELSEWHERE = "online", "elsewhere"
ONLINE_IN_WORDS = "Online"
"""The same in every language, as it is kept."""


class MeetingPlace(NamedTuple):
    """A place to choose."""

    code: str
    label: str
    hint: str | None = None


def meeting_places(trajectory: Trajectory) -> list[MeetingPlace]:
    """Every place that the two can choose, the coachee's own school first."""
    both = {trajectory.coachee_id, trajectory.coach_id}
    people, work = people_by_id(both), workplaces(both)
    schools: dict[str, MeetingPlace] = {}
    for person_id in (trajectory.coachee_id, trajectory.coach_id):
        for place in work.get(person_id, []):
            if place.school_id and (place.role == Role.IB or person_id == trajectory.coach_id):
                code = f"school-{place.school_id}"
                whose = _("School of %(name)s", name=people[person_id].first_name)
                schools.setdefault(code, MeetingPlace(code, f"{place.school_name}, {place.city}", whose))
    return [
        *schools.values(),
        MeetingPlace(ONLINE, ONLINE_IN_WORDS),
        MeetingPlace(ELSEWHERE, _("Somewhere else")),
    ]


def place_in_words(trajectory: Trajectory, data: dict[str, Any]) -> str:
    """The place that was chosen, as it is kept. Raises Invalid for one that is not among them."""
    labels = {place.code: place.label for place in meeting_places(trajectory)}
    code, text = data["place"], data["place_text"]
    if code not in labels:
        raise Invalid({"place": [_("Choose from the list.")]})
    if code == ELSEWHERE:
        return text
    return f"{ONLINE_IN_WORDS}: {text}" if code == ONLINE and text else labels[code]


def place_as_chosen(trajectory: Trajectory, kept: str | None) -> dict[str, str]:
    """What the form shows for a place that is kept: the choice, and the text beside it."""
    codes = {place.label: place.code for place in meeting_places(trajectory)}
    if kept in codes:
        return {"place": codes[kept], "place_text": ""}
    text = kept or ""
    link = text.removeprefix(f"{ONLINE_IN_WORDS}: ")
    return {"place": ONLINE if link != text else ELSEWHERE, "place_text": link}


def place_without_own_words(trajectory: Trajectory, kept: str | None) -> str | None:
    """A place as mails and what goes with them may tell it: a school or online; None for what somebody wrote herself."""
    chosen = place_as_chosen(trajectory, kept)
    if chosen["place"] == ONLINE:
        return ONLINE_IN_WORDS
    return kept if chosen["place"] != ELSEWHERE else None

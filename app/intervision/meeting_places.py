"""Where a group can meet: the schools of its members in turn, online, or somewhere else."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from app.coaching.meeting_places import ELSEWHERE, ONLINE, ONLINE_IN_WORDS, MeetingPlace
from app.kernel.errors import Invalid
from app.kernel.permissions import Role
from app.organisation.models import Person
from app.organisation.queries import Workplace, people_by_id, workplaces


def places_of(people: Sequence[int]) -> list[MeetingPlace]:
    """Every place that a group can choose: the schools of these people, in their order, and the rest after those."""
    return _places(people, people_by_id(people), workplaces(people))


def places_of_groups(members: Mapping[int, Sequence[int]]) -> dict[int, list[MeetingPlace]]:
    """Every place that each of these groups can choose, in two queries."""
    everybody = {one for people in members.values() for one in people}
    names, work = people_by_id(everybody), workplaces(everybody)
    return {group_id: _places(people, names, work) for group_id, people in members.items()}


def place_in_turn(places: Sequence[MeetingPlace], number: int) -> str:
    """The code of the place whose turn it is for a session, from 1: each school once, and then again."""
    schools = [place.code for place in places if place.code not in {ONLINE, ELSEWHERE}]
    return schools[(number - 1) % len(schools)] if schools else ONLINE


def place_as_kept(places: Sequence[MeetingPlace], code: str, text: str, *, field: str = "place") -> str:
    """The place that was chosen, in words. Raises Invalid for one that is not among them."""
    labels = {place.code: place.label for place in places}
    if code not in labels:
        raise Invalid({field: [_("Choose from the list.")]})
    return text if code == ELSEWHERE else labels[code]


def place_as_chosen(places: Sequence[MeetingPlace], kept: str | None) -> dict[str, str]:
    """What the form shows for a place that is kept: the choice, and the text beside it."""
    codes = {place.label: place.code for place in places if place.code != ELSEWHERE}
    if kept in codes:
        return {"place": codes[kept], "place_text": ""}
    return {"place": ELSEWHERE, "place_text": kept or ""}


def place_without_own_words(people: Sequence[int], kept: str | None) -> str | None:
    """A place as it may stand in a mail: what somebody wrote herself is not told, a school and "Online" are."""
    if kept is None:
        return None
    if kept == ONLINE_IN_WORDS or kept.startswith(f"{ONLINE_IN_WORDS}: "):
        return ONLINE_IN_WORDS
    return kept if kept in {place.label for place in places_of(people)} else None


def _places(
    people: Sequence[int], names: Mapping[int, Person], work: Mapping[int, Sequence[Workplace]]
) -> list[MeetingPlace]:
    schools: dict[str, MeetingPlace] = {}
    for person_id in people:
        for place in work.get(person_id, []):
            if place.school_id and place.role == Role.IB:
                code = f"school-{place.school_id}"
                whose = _("School of %(name)s", name=names[person_id].first_name)
                schools.setdefault(code, MeetingPlace(code, f"{place.school_name}, {place.city}", whose))
    return [
        *schools.values(),
        MeetingPlace(ONLINE, ONLINE_IN_WORDS),
        MeetingPlace(ELSEWHERE, _("Somewhere else")),
    ]

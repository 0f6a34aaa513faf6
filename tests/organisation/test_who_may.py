"""The policy of this room as a truth table over the cast."""

import pytest

from app.organisation.policy import MANAGE_PEOPLE, MANAGE_SCHOOLS, SEE_PEOPLE, SEE_SCHOOLS, sees_staff
from app.organisation.queries import actor_of, staff_of

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")
STAFF_SEEN_BY = {
    "wilgen": {"coordinator", "ib", "leader", "teacher"},
    "linde": {"coordinator", "colleague"},
    "kompas": {"coordinator", "coach", "other_leader"},
}


@pytest.fixture
def actor(unit, cast):
    return lambda key: actor_of(cast[key].identity_id)


@pytest.mark.parametrize("key", EVERYBODY)
def test_everybody_sees_schools_and_only_the_coordinator_sees_people(actor, key):
    who = actor(key)
    assert who.may(SEE_SCHOOLS)
    for permission in (SEE_PEOPLE, MANAGE_PEOPLE, MANAGE_SCHOOLS):
        assert who.may(permission) is (key == "coordinator"), permission.name


@pytest.mark.parametrize("school", STAFF_SEEN_BY)
@pytest.mark.parametrize("key", EVERYBODY)
def test_names_at_a_school_are_for_its_people_and_the_coordinator(actor, cast, key, school):
    seen = key in STAFF_SEEN_BY[school]
    assert sees_staff(actor(key), cast.schools[school]) is seen
    assert (staff_of(actor(key), cast.schools[school]) is not None) is seen


@pytest.mark.parametrize("key", [key for key in EVERYBODY if key != "coordinator"])
@pytest.mark.parametrize(
    "path",
    [
        "mensen",
        "mensen/nieuw",
        "mensen/1",
        "mensen/1/bewerken",
        "mensen/1/rollen/nieuw",
        "uitnodigingen",
        "uitnodigingen/nieuw",
    ],
)
def test_pages_about_people_are_for_the_coordinator(as_, cast, key, path):
    assert as_(cast[key]).get(f"/waterland/{path}").status_code == 403


def test_a_stranger_does_not_even_find_the_network(as_, cast):
    for path in ("scholen", "besturen", "mensen"):
        assert as_(cast["stranger"]).get(f"/waterland/{path}").status_code == 404

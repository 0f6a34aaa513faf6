"""What a colleague's page shows: what she opened to the reader, and what the two have in common."""

import pytest

from app.expertise.models import CourseState, Reachability, RecordKind, Visibility
from app.expertise.queries import profile_of
from app.kernel.errors import Forbidden, NotFound
from app.organisation.queries import actor_of
from tests.expertise.records import a_record

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader")
COURSE = {"kind": RecordKind.COURSE, "course_state": CourseState.RUNNING}


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in (*EVERYBODY, "teacher", "billing")}


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        (Visibility.PRIVATE, set()),
        (Visibility.SCHOOL, {"ib", "leader"}),
        (Visibility.NETWORK, set(EVERYBODY)),
    ],
)
def test_who_opened_nothing_to_the_reader_is_not_found(unit, cast, actors, visibility, seen_by):
    teacher = cast["teacher"].person_id
    a_record(teacher, visibility=visibility)
    a_record(teacher, "spelling", visibility=Visibility.PRIVATE)
    seeing = set()
    for key in EVERYBODY:
        try:
            assert len(profile_of(actors[key], teacher).records) == 1
            seeing.add(key)
        except NotFound:
            assert key not in seen_by
    assert seeing == seen_by
    with pytest.raises(Forbidden):
        profile_of(actors["billing"], teacher)


def test_what_two_share_is_told_from_what_the_other_opened_alone(unit, cast, actors):
    teacher, mine = cast["teacher"].person_id, cast["colleague"].person_id
    course = a_record(teacher, course_title="Taal in béeld", visibility=Visibility.NETWORK, **COURSE)
    a_record(mine, course_title="taal  in Beeld", visibility=Visibility.PRIVATE, **COURSE)
    a_record(teacher, "spelling", course_title="Rekenen", visibility=Visibility.SCHOOL, **COURSE)
    a_record(mine, "spelling", course_title="Rekenen", visibility=Visibility.NETWORK, **COURSE)
    interest = a_record(teacher, "arts", kind=RecordKind.INTEREST, visibility=Visibility.NETWORK)
    a_record(mine, "arts", kind=RecordKind.INTEREST)
    known = a_record(teacher, "play", visibility=Visibility.NETWORK)
    a_record(mine, "play", kind=RecordKind.AMBITION)
    profile = profile_of(actors["colleague"], teacher)
    assert profile.same_course == {course.id}
    assert profile.same_interest == {interest.id}
    assert profile.wished_for == {known.id}
    assert profile_of(actors["coach"], teacher).same_course == set()


@pytest.mark.parametrize("willing", [True, False])
def test_when_she_can_be_reached_is_told_where_she_may_be_asked(unit, cast, actors, willing):
    teacher = cast["teacher"].person_id
    a_record(teacher, visibility=Visibility.NETWORK)
    a_record(teacher, "spelling", willing=willing)
    unit.add(Reachability(person_id=teacher, halfdays=[1], ways=["talk"]))
    unit.flush()
    assert (profile_of(actors["ib"], teacher).reachability is not None) is willing
    assert profile_of(actors["colleague"], teacher).reachability is None

import re
from dataclasses import replace
from random import Random
from statistics import fmean

import pytest

from app.agenda.halfdays import HALFDAYS_IN_WEEK
from app.coaching.models import MAX_CAPACITY, TRAVEL_MINUTES
from app.coaching.themes import MAX_THEMES, THEMES
from app.demo.shape import (
    InventedProfile,
    InventedRequest,
    ib_profile,
    outside_coach_count,
    outside_profile,
    reach_of,
    request_of,
    staff_of,
)
from app.demo.words import demo_words
from app.organisation.register import CONCEPTS, RegisteredSchool, networks, schools, schools_of

UTRECHT = schools_of("PO2601")
FRIESLAND = schools_of("PO2101")
CODES = tuple(THEMES)
SOME = Random(3).sample(schools(), 600)


def of_size(pupils: int | None) -> RegisteredSchool:
    return replace(UTRECHT[0], pupils=pupils)


def assert_fits(who: InventedRequest | InventedProfile, themes: tuple[tuple[str, int], ...]) -> None:
    assert 3 <= len(themes) <= MAX_THEMES
    assert len({theme for theme, _ in themes}) == len(themes)
    assert {theme for theme, _ in themes} <= set(CODES)
    assert {weight for _, weight in themes} <= {1, 2, 3}
    assert max(weight for _, weight in themes) == 3
    assert list(who.halfdays) == sorted(set(who.halfdays))
    assert set(who.halfdays) <= set(range(HALFDAYS_IN_WEEK))
    assert 3 <= len(who.halfdays) <= 8
    assert TRAVEL_MINUTES[0] <= 20 <= who.travel_limit <= 45 <= TRAVEL_MINUTES[1]


@pytest.mark.parametrize(("pupils", "expected"), [(None, 1), (30, 1), (400, 1), (401, 2), (900, 2)])
def test_a_second_ib_above_400_pupils(pupils: int | None, expected: int) -> None:
    assert staff_of(of_size(pupils), 1).ib_count == expected


def test_the_same_seed_gives_the_same_staff() -> None:
    assert [staff_of(school, 1) for school in UTRECHT] == [staff_of(school, 1) for school in UTRECHT]
    assert [staff_of(school, 1) for school in UTRECHT] != [staff_of(school, 2) for school in UTRECHT]


def test_every_school_has_at_least_three_teachers() -> None:
    assert min(staff_of(of_size(10), seed).teacher_count for seed in range(200)) == 3


def test_teachers_follow_pupils() -> None:
    average = fmean(staff_of(of_size(500), seed).teacher_count for seed in range(2000))
    assert average == pytest.approx(0.7 * 54, abs=0.5)


def test_the_country_has_the_ibs_that_are_known_of_it() -> None:
    staff = [staff_of(school, "country") for school in schools()]
    ibs = sum(team.ib_count for team in staff)
    assert 7500 < ibs < 7700
    assert sum(team.coaching_ib_count for team in staff) / ibs == pytest.approx(0.45, abs=0.02)
    assert all(team.coaching_ib_count <= team.ib_count for team in staff)


def test_outside_coaches_follow_the_number_of_schools() -> None:
    assert outside_coach_count(UTRECHT) == 12
    assert outside_coach_count(UTRECHT[:3]) == 1


def test_people_travel_further_where_schools_lie_far_apart() -> None:
    city, country = reach_of(UTRECHT), reach_of(FRIESLAND)
    assert city.longest < country.longest
    assert all(reach_of(schools_of(network.code)).shortest >= 20 for network in networks()[::10])
    assert reach_of(UTRECHT[:1]) == city


def test_every_request_is_valid() -> None:
    reach = reach_of(FRIESLAND)
    for school in SOME:
        request = request_of(school, CODES, reach, 1)
        assert_fits(request, request.themes)
        assert request.question in demo_words().questions_about(request.themes[0][0])


def test_every_profile_of_an_ib_is_valid() -> None:
    reach = reach_of(FRIESLAND)
    for school in SOME:
        profile = ib_profile(school, CODES, reach, 1)
        assert_fits(profile, profile.strengths)
        assert school.kinds <= set(profile.kinds)
        assert school.concept is None or school.concept in profile.concepts
        assert set(profile.concepts) <= set(CONCEPTS)
        assert 1 <= profile.capacity <= 3 <= MAX_CAPACITY
        assert profile.postcode is None
        assert profile.declared_boards == ()


def test_every_profile_from_outside_is_valid() -> None:
    reach = reach_of(UTRECHT)
    profiles = [outside_profile(UTRECHT, CODES, reach, seed) for seed in range(300)]
    for profile in profiles:
        assert_fits(profile, profile.strengths)
        assert profile.kinds
        assert set(profile.kinds) <= {"bo", "sbo", "so", "vso"}
        assert set(profile.concepts) <= set(CONCEPTS)
        assert profile.postcode in {school.postcode[:4] for school in UTRECHT}
        assert set(profile.declared_boards) <= {school.board_number for school in UTRECHT}
    assert 0.1 < fmean(bool(profile.declared_boards) for profile in profiles) < 0.3


def test_one_person_has_the_same_halfdays_as_coach_and_as_coachee() -> None:
    reach = reach_of(UTRECHT)
    for school in UTRECHT:
        asks, offers = request_of(school, CODES, reach, 1), ib_profile(school, CODES, reach, 1)
        assert asks.halfdays == offers.halfdays


def test_the_same_seed_gives_the_same_wishes() -> None:
    reach = reach_of(UTRECHT)
    for make in (request_of, ib_profile):
        assert make(UTRECHT[0], CODES, reach, 1) == make(UTRECHT[0], CODES, reach, 1)
        assert make(UTRECHT[0], CODES, reach, 1) != make(UTRECHT[0], CODES, reach, 2)
    assert outside_profile(UTRECHT, CODES, reach, 1) == outside_profile(UTRECHT, CODES, reach, 1)


def test_every_theme_has_questions() -> None:
    assert set(demo_words().questions) == set(THEMES)
    assert demo_words().questions_about("a theme of the network")


def test_the_texts_are_distinct_and_speak_of_no_pupil() -> None:
    words = demo_words()
    questions = [question for theme in CODES for question in words.questions[theme]]
    texts = [*questions, *words.about_ib, *words.about_outside]
    assert len(set(texts)) == len(texts)
    assert len(questions) >= 24
    assert len(words.about_ib) + len(words.about_outside) >= 16
    assert not [text for text in texts if re.search(r"\b(leerling\w*|kind(eren)?|zorg)\b", text)]

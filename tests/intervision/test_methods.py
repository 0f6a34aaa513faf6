"""The methods that are shipped: their minutes, their texts in both languages, and which one is suggested."""

import pytest
from flask_babel import force_locale

from app.intervision.advice import Circumstances, possible, suggested
from app.intervision.labels import SPEAKING
from app.intervision.methods import shipped_methods

MINUTES = {
    "incident": (65, [5, 10, 5, 15, 10, 10, 10]),
    "gossip": (45, [5, 10, 15, 10, 5]),
    "ten_steps": (120, [10, 10, 10, 20, 10, 10, 10, 15, 10, 15]),
    "balint": (90, [5, 5, 10, 5, 15, 5, 20, 15, 10]),
    "successes": (50, [3, 5, 10, 10, 7, 10, 5]),
    "socratic": (90, [10, 10, 20, 10, 15, 15, 10]),
    "five_steps": (45, [5, 15, 10, 10, 5]),
    "questions": (50, [5, 5, 10, 5, 15, 5, 5]),
    "reflecting": (50, [5, 20, 10, 10, 5]),
    "hats": (60, [10, 8, 5, 8, 8, 12, 9]),
}


def test_there_are_ten_in_their_order():
    assert list(shipped_methods()) == list(MINUTES)


@pytest.mark.parametrize("code", MINUTES)
def test_its_steps_last_as_long_as_they_should(code):
    method = shipped_methods()[code]
    total, steps = MINUTES[code]
    assert [step.minutes for step in method.steps] == steps
    assert method.minutes == sum(steps) == total


@pytest.mark.parametrize("code", MINUTES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_step_says_what_to_do_and_what_to_ask(app, code, language):
    method = shipped_methods()[code]
    with force_locale(language):
        assert method.name
        assert method.fits.endswith((".", "?"))
        for step in method.steps:
            assert step.name
            assert step.what.endswith((".", "…", "?"))
            assert 2 <= len(step.questions) <= 4
            assert step.speaks in SPEAKING


def test_both_languages_have_as_many_questions_and_other_words():
    for method in shipped_methods().values():
        for step in method.steps:
            questions = step.kept["questions"]
            assert len(questions["nl"]) == len(questions["en"])
            assert step.kept["what"]["nl"] != step.kept["what"]["en"]


def test_codes_can_never_be_those_of_a_network():
    assert not [code for code in shipped_methods() if "-" in code or len(code) > 20]


def test_gossip_and_balint_warn_and_need_trust():
    needing = {code for code, method in shipped_methods().items() if method.needs_trust}
    assert needing == {"gossip", "balint"}
    assert all(shipped_methods()[code].words["warning"] for code in needing)
    assert shipped_methods()["balint"].at_least == 5


def test_a_first_session_begins_with_one_for_beginners():
    assert suggestion(people=6, minutes=120) == "ten_steps"
    assert suggestion(people=6, minutes=60) == "five_steps"


def test_what_the_group_did_is_not_suggested_again_until_all_were_done():
    used = []
    for _number in range(10):
        used.append(suggestion(people=6, minutes=120, used=used))
    assert sorted(used) == sorted(MINUTES)
    assert suggestion(people=6, minutes=120, used=used) == used[0]


def test_people_who_hardly_know_each_other_get_nothing_that_needs_trust():
    used = ["ten_steps"]
    assert not shipped_methods()[suggestion(people=6, minutes=120, used=used)].needs_trust


def test_too_few_people_or_too_little_time_makes_one_impossible():
    balint = shipped_methods()["balint"]
    assert possible(balint, Circumstances(5, 90))
    assert not possible(balint, Circumstances(4, 90))
    assert not possible(balint, Circumstances(5, 89))


def test_when_nothing_is_possible_nothing_is_suggested():
    assert suggestion(people=2, minutes=120) is None


def suggestion(people, minutes, used=()):
    found = suggested(shipped_methods().values(), Circumstances(people, minutes, list(used)))
    return found and found.code

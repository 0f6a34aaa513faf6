"""Questions to colleagues, each as far as such a question can be, and the hours that schools gave each other."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from app.demo.plan import address_of
from app.demo.seed.seeding import Seeding, add_rows, inserted
from app.demo.words import demo_words
from app.expertise.models import (
    Answer,
    AskedColleague,
    Consultation,
    ConsultationEnd,
    GivenTime,
    Outcome,
    Way,
)
from app.kernel.clock import now, school_year, today
from app.kernel.permissions import Role

SCHOOLS_PER_QUESTION, FEWEST_QUESTIONS = 3, 12
STATES = ("waiting", "taken", "passed_on", "helped", "withdrawn", "nobody")
STATE_WEIGHTS = (10, 20, 5, 50, 5, 10)
TRIED = 50
"""Among so many helpers one is of another school."""
MINUTES = (15, 30, 45, 60, 90, 120)
OF_SHOWN = (
    (Role.TEACHER, "waiting", False),
    (Role.TEACHER, "taken", False),
    (Role.TEACHER, "helped", False),
    (Role.TEACHER, "waiting", True),
    (Role.TEACHER, "helped", True),
    (Role.IB, "waiting", False),
    (Role.IB, "taken", True),
    (Role.LEADER, "passed_on", True),
    (Role.LEADER, "helped", True),
)
"""The questions of those who can be tried: whose, how far each is, and whether she asks it herself."""


class Helper(NamedTuple):
    """Who may be asked by everybody, and about what."""

    person_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works at the schools of the network."""

    school_of: dict[int, int]
    """The first school of each, by person."""
    leader_of: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Question:
    asker_id: int
    asked: tuple[int, ...]
    item_id: int
    state: str
    asked_at: datetime


def add_consultations(seeding: Seeding, staff: Staff, helpers: Sequence[Helper], chance: Random) -> None:
    """Questions of this school year and of the last, those of who can be tried first."""
    shown = {role: seeding.people[address_of(seeding.plan.code, role)] for role, _, _ in OF_SHOWN}
    asking = _Asking(staff, helpers, chance)
    questions = [asking.question(state, shown[role], own=own) for role, state, own in OF_SHOWN]
    number = max(FEWEST_QUESTIONS, len(staff.leader_of) // SCHOOLS_PER_QUESTION)
    askers = list(staff.school_of)
    states = (*STATES, *chance.choices(STATES, STATE_WEIGHTS, k=number - len(STATES)))
    questions += [asking.question(state, chance.choice(askers), own=True) for state in states]
    ids = inserted(Consultation, [_asked(question, staff, chance) for question in questions])
    numbered = list(zip(ids, questions, strict=True))
    add_rows(
        AskedColleague, [row for each, question in numbered for row in _colleagues(each, question, staff)]
    )
    ends = [end for each, question in numbered if (end := _end(each, question, chance))]
    add_rows(ConsultationEnd, ends)
    add_rows(GivenTime, _given(dict(numbered), ends, staff))


class _Asking:
    """Finds who asks whom."""

    def __init__(self, staff: Staff, helpers: Sequence[Helper], chance: Random) -> None:
        self._staff, self._helpers, self._chance = staff, helpers, chance
        self._who_know: defaultdict[int, list[int]] = defaultdict(list)
        for helper in helpers:
            self._who_know[helper.item_id].append(helper.person_id)

    def question(self, state: str, person_id: int, *, own: bool) -> _Question:
        """A question of hers, or one to her, between people of different schools."""
        chance = self._chance
        first = next(
            helper
            for helper in chance.sample(self._helpers, min(TRIED, len(self._helpers)))
            if self._is_elsewhere(helper.person_id, person_id)
        )
        others = [
            other
            for other in self._who_know[first.item_id]
            if other != first.person_id and self._is_elsewhere(other, person_id)
        ]
        count = min(len(others), 1 if state == "passed_on" else chance.randrange(3))
        asked = (first.person_id, *chance.sample(others, count))
        days = chance.randrange(1, 6) if state in ("waiting", "passed_on") else chance.randrange(8, 300)
        at = now() - timedelta(days=days)
        if own:
            return _Question(person_id, asked, first.item_id, state, at)
        return _Question(first.person_id, (person_id,), first.item_id, state, at)

    def _is_elsewhere(self, one: int, other: int) -> bool:
        return self._staff.school_of[one] != self._staff.school_of[other]


def _asked(question: _Question, staff: Staff, chance: Random) -> dict[str, Any]:
    return {
        "asker_id": question.asker_id,
        "school_id": staff.school_of[question.asker_id],
        "item_id": question.item_id,
        "way": chance.choice(list(Way)),
        "question": chance.choice(demo_words().expertise.questions),
        "asked_at": question.asked_at,
    }


def _colleagues(consultation_id: int, question: _Question, staff: Staff) -> list[dict[str, Any]]:
    """Everybody who was asked: the first answers as the state says, who was passed on to is silent."""
    answers: dict[str, tuple[Answer | None, Answer | None]] = {
        "taken": (Answer.ACCEPTED, None),
        "helped": (Answer.ACCEPTED, None),
        "nobody": (Answer.DECLINED, Answer.DECLINED),
        "passed_on": (Answer.PASSED_ON, None),
    }
    first, others = answers.get(question.state, (None, None))
    answered_at = question.asked_at + timedelta(hours=5)
    rows = []
    for number, person_id in enumerate(question.asked):
        answer = others if number else first
        is_passed = question.state == "passed_on" and number == 1
        rows.append(
            {
                "consultation_id": consultation_id,
                "person_id": person_id,
                "school_id": staff.school_of[person_id],
                "passed_by_id": question.asked[0] if is_passed else None,
                "asked_at": answered_at if is_passed else question.asked_at,
                "answer": answer,
                "answered_at": answered_at if answer else None,
            }
        )
    return rows


def _end(consultation_id: int, question: _Question, chance: Random) -> dict[str, Any] | None:
    outcomes = {"helped": Outcome.HELPED, "withdrawn": Outcome.WITHDRAWN, "nobody": Outcome.NOBODY}
    outcome = outcomes.get(question.state)
    if outcome is None:
        return None
    helped = outcome is Outcome.HELPED
    return {
        "consultation_id": consultation_id,
        "outcome": outcome,
        "minutes": chance.choice(MINUTES) if helped else None,
        "thanks": chance.choice(demo_words().expertise.thanks) if helped else None,
        "ended_at": question.asked_at + timedelta(days=7),
    }


def _given(
    questions: dict[int, _Question], ends: Sequence[dict[str, Any]], staff: Staff
) -> list[dict[str, Any]]:
    """What each question that helped took, in the school year in which it ended."""
    return [
        {
            "from_school_id": staff.school_of[question.asked[0]],
            "to_school_id": staff.school_of[question.asker_id],
            "minutes": end["minutes"],
            "school_year": school_year(min(end["ended_at"].date(), today())),
        }
        for end in ends
        if end["minutes"] and (question := questions[end["consultation_id"]])
    ]

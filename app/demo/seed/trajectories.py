"""The coaching of last year: what pairs answered and agreed, their talks and goals, and how most of it was closed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range

from app.agenda.models import Appointment, Attendance
from app.coaching.models import (
    COACH_SIDE,
    IB_SIDE,
    STATEMENTS,
    Agreement,
    AgreementLine,
    Answer,
    CheckIn,
    CheckInCall,
    Closure,
    Ending,
    Evaluation,
    LineKind,
    Match,
    MatchAnswer,
    Note,
    NoteKind,
    Outcome,
    Publication,
    Release,
    Talk,
    TalkOutcome,
    Trajectory,
    TrajectoryGoal,
)
from app.coaching.services.talks import KIND
from app.demo.plan import address_of
from app.demo.seed.seeding import Seeding, at_hour, inserted
from app.demo.words import demo_words
from app.goals.models import Fixation, Goal, Measurement, Moment, Wording
from app.kernel.clock import now, today
from app.kernel.permissions import Role
from tenants.session import session

BOTH = (IB_SIDE, COACH_SIDE)
OUTCOMES = (
    (Outcome.COMPLETED, 0.70),
    (Outcome.COMPLETED_EARLY, 0.09),
    (Outcome.STOPPED, 0.03),
    (Outcome.HANDED_OVER, 0.02),
)
"""Shares of what became of a trajectory by now; the rest goes on."""
TALKS, MINUTES = 6, 75
DAYS_BETWEEN_TALKS = 35
HOURS = (time(9), time(13, 30), time(15, 15))
EVALUATED, RELEASED, NOTED = 0.9, 0.5, 0.4
"""Shares of those who evaluate, who let their school leader see something, and who write notes."""


@dataclass(slots=True)
class _Story:
    """A trajectory while it is made: what becomes of it."""

    match: Match
    outcome: Outcome | None
    held: int
    started_at: datetime
    closed_on: date | None
    id: int = 0


def add_trajectories(seeding: Seeding) -> None:
    """From every pair of last year's round what followed."""
    chance = seeding.chance("trajectories")
    shown = {seeding.people.get(address_of(seeding.plan.code, role)) for role in (Role.IB, Role.COACH)}
    published = session().execute(select(Publication.at)).scalar_one_or_none()
    matches = session().scalars(select(Match).order_by(Match.id)).all()
    if published is None or not matches:
        return
    stories = [
        _story(match, published, chance, goes_on=bool({match.coachee_id, match.coach_id} & shown))
        for match in matches
    ]
    _add_trajectories(stories)
    _add_answers(stories, published)
    _add_agreements(stories, chance)
    _add_talks(stories)
    _add_goals(stories, chance)
    _add_reviews(stories, chance)
    session().flush()


def _story(match: Match, published: datetime, chance: Random, *, goes_on: bool) -> _Story:
    started_at = published + timedelta(days=chance.randint(3, 12))
    outcome = None if goes_on else _drawn(chance)
    if outcome is None:
        return _Story(match, None, chance.randint(3, TALKS - 1), started_at, None)
    held = TALKS if outcome is Outcome.COMPLETED else chance.randint(2, TALKS - 2)
    last = started_at.date() + timedelta(days=DAYS_BETWEEN_TALKS * held + 14)
    closed_on = min(last + timedelta(days=chance.randint(3, 20)), today() - timedelta(days=30))
    return _Story(match, outcome, held, started_at, closed_on)


def _drawn(chance: Random) -> Outcome | None:
    draw = chance.random()
    for outcome, share in OUTCOMES:
        if draw < share:
            return outcome
        draw -= share
    return None


def _add_trajectories(stories: Sequence[_Story]) -> None:
    made = inserted(
        Trajectory,
        [
            {
                "match_id": story.match.id,
                "coachee_id": story.match.coachee_id,
                "coach_id": story.match.coach_id,
                "talks": TALKS,
                "minutes": MINUTES,
                "started_at": story.started_at,
            }
            for story in stories
        ],
    )
    for story, trajectory_id in zip(stories, made, strict=True):
        story.id = trajectory_id
    closed = [story for story in stories if story.outcome]
    inserted(
        Closure,
        [
            {
                "trajectory_id": story.id,
                "outcome": story.outcome,
                "by_id": story.match.coachee_id,
                "closed_on": story.closed_on,
                "at": at_hour(story.closed_on, time(16)),
            }
            for story in closed
        ],
    )
    for story in closed:
        story.match.ended_at, story.match.ending = at_hour(story.closed_on, time(16)), Ending.CLOSED


def _add_answers(stories: Iterable[_Story], published: datetime) -> None:
    at = published + timedelta(days=2)
    inserted(
        MatchAnswer,
        [
            {"match_id": story.match.id, "side": side, "answer": Answer.ACCEPTED, "at": at}
            for story in stories
            for side in BOTH
        ],
    )


def _add_agreements(stories: Sequence[_Story], chance: Random) -> None:
    words = demo_words()
    lines: list[dict[str, Any]] = []
    for story in stories:
        texts = {
            LineKind.PLACE: "Op de school van de IB'er",
            LineKind.LEADER_HEARS: chance.choice(words.leader_hears),
            LineKind.FREE: chance.choice(words.agreement_lines),
        }
        lines += [
            {"trajectory_id": story.id, "kind": kind, "position": 1, "text": text}
            for kind, text in texts.items()
        ]
    ids = inserted(AgreementLine, lines)
    inserted(
        Agreement,
        [
            {"trajectory_id": story.id, "side": side, "at": story.started_at + timedelta(days=9)}
            for story in stories
            for side in BOTH
        ],
    )
    told = [
        {"trajectory_id": line["trajectory_id"], "line_id": line_id}
        for line, line_id in zip(lines, ids, strict=True)
        if line["kind"] is LineKind.LEADER_HEARS and chance.random() < RELEASED
    ]
    inserted(Release, told)


def _add_talks(stories: Sequence[_Story]) -> None:
    taken: set[tuple[int, datetime]] = set()
    talks = [(story, at) for story in stories for at in _talk_moments(story, taken)]
    length = timedelta(minutes=MINUTES)
    appointments = inserted(
        Appointment,
        [
            {"kind": KIND, "starts_at": at, "ends_at": at + length, "place": "Op de school van de IB'er"}
            for _story, at in talks
        ],
    )
    made = inserted(
        Talk,
        [
            {"trajectory_id": story.id, "appointment_id": appointment_id}
            for (story, _at), appointment_id in zip(talks, appointments, strict=True)
        ],
    )
    inserted(
        Attendance,
        [
            {
                "appointment_id": appointment_id,
                "person_id": person_id,
                "during": Range(at, at + length),
            }
            for (story, at), appointment_id in zip(talks, appointments, strict=True)
            for person_id in (story.match.coachee_id, story.match.coach_id)
        ],
    )
    inserted(
        TalkOutcome,
        [
            {"talk_id": talk_id, "was_held": True, "by_id": story.match.coach_id, "at": at + length}
            for (story, at), talk_id in zip(talks, made, strict=True)
            if at < now()
        ],
    )


def _talk_moments(story: _Story, taken: set[tuple[int, datetime]]) -> Iterator[datetime]:
    """When the two talk: on working days, at hours at which both are free. What goes on has one talk to come."""
    begin = story.started_at.date() + timedelta(days=14)
    days = [begin + timedelta(days=DAYS_BETWEEN_TALKS * number) for number in range(story.held)]
    if story.outcome is None:
        apart = (today() - timedelta(days=21) - begin) / max(1, story.held - 1)
        days = [begin + apart * number for number in range(story.held)] + [today() + timedelta(days=6)]
    for day in days:
        moment = next(at for at in _hours_from(day) if _are_free(story, at, taken))
        taken.update((person, moment) for person in (story.match.coachee_id, story.match.coach_id))
        yield moment


def _are_free(story: _Story, at: datetime, taken: set[tuple[int, datetime]]) -> bool:
    return all((person, at) not in taken for person in (story.match.coachee_id, story.match.coach_id))


def _hours_from(day: date) -> Iterator[datetime]:
    while True:
        if day.weekday() < 5:
            yield from (at_hour(day, hour) for hour in HOURS)
        day += timedelta(days=1)


def _add_goals(stories: Sequence[_Story], chance: Random) -> None:
    owners = [story for story in stories for _goal in range(chance.randint(1, 2))]
    goals = inserted(
        Goal, [{"owner_id": story.match.coachee_id, "written_at": story.started_at} for story in owners]
    )
    texts = [chance.choice(demo_words().goals) for _goal in goals]
    names = ("minus_two", "minus_one", "target", "plus_one", "plus_two")
    wordings = inserted(
        Wording,
        [
            {
                "goal_id": goal_id,
                "by_id": story.match.coachee_id,
                "text": goal.text,
                **dict(zip(names, goal.levels, strict=True)),
            }
            for story, goal_id, goal in zip(owners, goals, texts, strict=True)
        ],
    )
    inserted(
        Fixation,
        [
            {
                "goal_id": goal_id,
                "wording_id": wording_id,
                "by_id": story.match.coachee_id,
                "at": story.started_at + timedelta(days=14),
            }
            for story, goal_id, wording_id in zip(owners, goals, wordings, strict=True)
        ],
    )
    inserted(
        TrajectoryGoal,
        [
            {"trajectory_id": story.id, "goal_id": goal_id}
            for story, goal_id in zip(owners, goals, strict=True)
        ],
    )
    inserted(
        Measurement,
        [
            {
                "goal_id": goal_id,
                "moment": moment,
                "level": level,
                "measured_on": day,
                "by_id": story.match.coachee_id,
            }
            for story, goal_id in zip(owners, goals, strict=True)
            for moment, level, day in _measured(story, chance)
        ],
    )


def _measured(story: _Story, chance: Random) -> Iterator[tuple[Moment, int, date]]:
    level = chance.choice((-2, -2, -1))
    begin = story.started_at.date()
    yield Moment.START, level, begin + timedelta(days=14)
    level = min(2, level + chance.choice((0, 1, 1)))
    yield Moment.CHECK_IN, level, begin + timedelta(days=3 * DAYS_BETWEEN_TALKS)
    if story.closed_on is None:
        return
    level = min(2, level + chance.choice((0, 1, 1, 2)))
    yield Moment.END, level, story.closed_on
    after = story.closed_on + timedelta(weeks=6)
    if after < today() and story.outcome is not Outcome.HANDED_OVER:
        yield (
            Moment.AFTER_6_WEEKS,
            max(-2, level + chance.choice((-1, 0, 0, 1)) if level < 2 else level),
            after,
        )


def _add_reviews(stories: Sequence[_Story], chance: Random) -> None:
    words = demo_words()
    halfway = timedelta(days=3 * DAYS_BETWEEN_TALKS)
    inserted(
        CheckInCall, [{"trajectory_id": story.id, "at": story.started_at + halfway} for story in stories]
    )
    inserted(
        CheckIn,
        [
            {
                "trajectory_id": story.id,
                "side": side,
                "score": chance.choice((3, 4, 4, 5)),
                "text": chance.choice(words.check_ins),
                "at": story.started_at + halfway + timedelta(days=3),
            }
            for story in stories
            for side in BOTH
        ],
    )
    inserted(
        Evaluation,
        [
            {
                "trajectory_id": story.id,
                "side": side,
                **{statement: chance.choice((2, 3, 4, 4, 5)) for statement in STATEMENTS},
                "text": chance.choice(words.evaluations),
                "written_at": at_hour(story.closed_on, time(19)),
            }
            for story in stories
            if story.outcome
            for side in BOTH
            if chance.random() < EVALUATED
        ],
    )
    inserted(
        Note,
        [
            {
                "trajectory_id": story.id,
                "side": side,
                "kind": kind,
                "text": chance.choice(words.notes),
                "written_at": story.started_at + timedelta(days=40),
            }
            for story in stories
            for side in BOTH
            if story.outcome is None or chance.random() < NOTED
            for kind in NoteKind
        ],
    )

"""The network of the cast with rows in every table: made by the registry of the walls, and by hand what it lacks."""

import json
from datetime import UTC, date, datetime

from sqlalchemy import text

from app.coaching.models import (
    AppliedChange,
    CheckIn,
    CheckInCall,
    Closure,
    CoachingRequest,
    DeclinedPair,
    Evaluation,
    MatchAnswer,
    MatchingRound,
    MatchNudge,
    PairExclusion,
    Pin,
    PossibleCoach,
    Preference,
    Rematch,
    RequestDraft,
    RoundArchiving,
    RoundClosing,
    RoundReminder,
)
from app.expertise.models import (
    ConfirmationRequest,
    ConsultationEnd,
    GivenTime,
    Reachability,
    RecordImport,
)
from app.goals.models import Goal
from app.intervision.models import (
    Avoidance,
    CaseContribution,
    Division,
    EarlierSeat,
    GroupLock,
    Intention,
    LearningPoint,
    Method,
    Pledge,
    PollAnswer,
    PollChoice,
    PollOption,
    Presence,
    PulseCount,
    PulseGiven,
    RoleTaken,
    Run,
    SeasonReminder,
    SessionCancellation,
    SessionReminder,
)
from app.jobs.models import LongWork
from app.jobs.queue import enqueue
from app.organisation.models import NetworkSettings, Person, RegisterReview, SchoolClosure
from app.pipeline import Application
from tenants.archive.tables import tables_of
from tenants.base import Base
from tenants.session import session
from tests.walls.resources import RESOURCES, Place
from tests.world import Cast

SECRET = "Hoe zeg ik het mijn schoolleider, zonder dat het een verwijt wordt?"
"""A confidential text of the network."""
PLAIN = 'Öztürk \\ "De Wilg" \' ,\t€ {1} \u2028 👀'
"""Everything that a format could trip over."""


def fill(app: Application, cast: Cast) -> None:
    """Make rows in every table of the cast's network, and a job that waits."""
    place = Place(cast.network, cast["ib"], cast)
    with app.database.unit_of_work(cast.network, with_identities=True) as unit:
        place.get("match_id")  # first: what else is made could change what a proposal was made from
        for name, resource in RESOURCES.items():
            if resource.is_owned:
                place.get(name)
        request_id, coach_id = place.get("request_id"), place.get("coaching.coach_id")
        other_id, round_id = cast["colleague"].person_id, place.get("round_id")
        unit.add_all(
            [
                Pin(request_id=request_id, coach_id=coach_id, by_id=other_id),
                PairExclusion(request_id=request_id, coach_id=other_id, by_id=other_id),
                Preference(person_id=other_id, other_id=coach_id, as_coach=False, wanted=False),
                RequestDraft(round_id=round_id, person_id=other_id, content=json.dumps({"question": SECRET})),
                RoundArchiving(round_id=round_id, by_id=other_id),
                RoundClosing(round_id=round_id, by_id=other_id),
                RoundReminder(
                    round_id=round_id, person_id=other_id, occasion="days", about_day=date(2030, 8, 1)
                ),
                Person(first_name="Ayşe", last_name=PLAIN, email=None),
                RegisterReview(digest="0" * 64, effects=[{"name": PLAIN}], by_id=other_id),
                NetworkSettings(
                    school_years=2, months_confirmed=18, by_id=other_id, at=datetime(2030, 8, 1, tzinfo=UTC)
                ),
                SchoolClosure(school_id=cast.schools["linde"], closed_on=date(2030, 8, 1), by_id=other_id),
            ]
        )
        unit.get_one(MatchingRound, (cast.network.id, round_id)).name = PLAIN
        _end(place.get("trajectory_id"))
        unit.add_all(
            [
                MatchAnswer(match_id=place.get("match_id"), side=1, answer="accepted"),
                MatchNudge(match_id=place.get("match_id"), side=2),
                DeclinedPair(request_id=request_id, coach_id=other_id),
                PossibleCoach(
                    proposal_id=place.get("coaching.proposal_id"),
                    person_id=other_id,
                    rank=1,
                    gain=1,
                    coachable=[request_id],
                ),
                AppliedChange(proposal_id=place.get("coaching.proposal_id"), by_id=other_id),
            ]
        )

        _furnish_intervision(place, coach_id)
        _furnish_expertise(place)
        unit.execute(
            text("UPDATE school SET latitude = 0.1 + 0.2, longitude = 1e-7 WHERE latitude IS NOT NULL")
        )
        _write_secret(request_id)
        enqueue("organisation.send_invitation", invitation_id=1)


def _end(trajectory_id: int) -> None:
    """The coaching ended, with a word of one of the two."""
    closure = Closure(trajectory_id=trajectory_id, outcome="early", by_id=0, closed_on=date(2030, 8, 1))
    session().add(closure)
    session().flush()
    scores = {"practice": 4, "noticed": 3, "outside": 5, "worthwhile": 4}
    session().add_all(
        [
            CheckInCall(trajectory_id=trajectory_id),
            CheckIn(trajectory_id=trajectory_id, side=1, score=4, text=SECRET),
            Evaluation(trajectory_id=trajectory_id, side=1, text=SECRET, **scores),
            Rematch(trajectory_id=trajectory_id),
        ]
    )


def _furnish_intervision(place: Place, guest_id: int) -> None:
    """What intervision keeps beside a season with a group and a session."""
    season_id, group_id, session_id = (place.get(name) for name in ("season_id", "group_id", "session_id"))
    mine = {"session_id": session_id, "person_id": place.get("intervision.member")}
    work = LongWork(kind="intervision.form_groups", subject_id=season_id, person_id=0)
    goal, begin = Goal(owner_id=mine["person_id"]), datetime(2030, 8, 1, 9, tzinfo=UTC)
    session().add_all([work, goal])
    session().flush()
    option = session().get_one(PollOption, (place.network.id, place.get("intervision.option_id")))
    session().add_all(
        [
            Avoidance(person_id=mine["person_id"], other_id=guest_id, by_id=0),
            EarlierSeat(school_year=2024, group_name=PLAIN, person_id=guest_id),
            GroupLock(group_id=group_id, by_id=0),
            SeasonReminder(
                season_id=season_id, person_id=mine["person_id"], occasion="week", about_day=date(2030, 8, 1)
            ),
            Division(
                season_id=season_id, work_id=work.id, by_id=0, calculated_at=begin, engine_version="1",
                input_hash="0" * 64, status="bounded", value=1, upper_bound=2, iterations=3, seconds=0.5,
                groups=[], unplaced=[],
            ),
            SessionCancellation(session_id=session_id, by_id=0),
            PollChoice(poll_id=option.poll_id, option_id=option.id, by_id=0),
            PollAnswer(option_id=option.id, person_id=mine["person_id"], answer="yes"),
            SessionReminder(**mine, about="poll"),
            Presence(**mine, was_there=True, by_id=0),
            Method(code="own-muur", name=PLAIN, steps=[{"name": PLAIN, "minutes": 5, "question": ""}], by_id=0),
            Run(session_id=session_id, method="incident", steps=[{"name": PLAIN}], started_by_id=0),
            RoleTaken(**mine, role="leader"),
            Pledge(group_id=group_id, person_id=mine["person_id"]),
            CaseContribution(**mine, happened=SECRET, question=SECRET, tried=SECRET, wanted=SECRET),
            Intention(
                **mine, text=SECRET, goal_id=goal.id, outcome="done", reflection=SECRET, followed_up_at=begin
            ),
            LearningPoint(session_id=session_id, text=SECRET, by_id=0),
            PulseGiven(**mine),
            PulseCount(session_id=session_id, statement=1, answer=4, number=1),
        ]
    )  # fmt: skip


def _furnish_expertise(place: Place) -> None:
    """What expertise keeps beside a record, a proposal and a question."""
    person_id, school_id = place.get("expertise.teacher"), place.get("expertise.school_id")
    consultation_id = place.get("consultation_id")
    given = {"from_school_id": school_id, "to_school_id": school_id, "minutes": 30, "school_year": 2030}
    session().add_all(
        [
            Reachability(person_id=person_id, halfdays=[0, 9], ways=["talk"], note=PLAIN),
            ConfirmationRequest(person_id=person_id, confirmed_on=date(2030, 8, 1)),
            RecordImport(school_id=school_id, by_id=0, filename=PLAIN, entries=SECRET, counts={PLAIN: 1}),
            ConsultationEnd(consultation_id=consultation_id, outcome="helped", minutes=30, thanks=SECRET),
            GivenTime(**given),
        ]
    )


def _write_secret(request_id: int) -> None:
    request = session().query(CoachingRequest).filter_by(id=request_id).one()
    request.question = SECRET


def empty_tables(app: Application, cast: Cast) -> list[str]:
    """The tables in which the cast's network has no row."""
    with app.database.unit_of_work(cast.network, read_only=True) as unit:
        names = [table.name for table in tables_of(Base.metadata, unit.connection())]
        counts = {name: unit.scalar(text(f'SELECT count(*) FROM "{name}"')) for name in names}
    return [name for name, count in counts.items() if not count]

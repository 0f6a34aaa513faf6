"""How to make what the URLs of coaching, goals and the agenda name."""

from collections.abc import Callable
from datetime import timedelta

from app.agenda.models import CalendarFeed
from app.coaching.further import look_further
from app.coaching.models import (
    AgreementLine,
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    Match,
    MatchingRound,
    NoteKind,
    RequestTheme,
    Talk,
    Theme,
    Trajectory,
    TrajectoryGoal,
)
from app.coaching.queries import latest_change
from app.coaching.round_facts import possible_coaches
from app.coaching.services.attempts import keep_effect, read_trial, start_attempt
from app.coaching.services.notes import create_note
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal, read_work
from app.coaching.services.publication import publish_round
from app.coaching.services.trajectories import start_trajectory
from app.coaching.what_if import Change, Loosened, effect_of
from app.identity.secrets import digest
from app.jobs.models import LongWork
from app.kernel.actor import SYSTEM, Actor
from app.kernel.clock import today
from app.kernel.permissions import Role
from tenants.session import session
from tests.coaching.agreements import fill_agreement
from tests.coaching.talks import talks_of_every_kind
from tests.walls.places import Place, Resource, kept


def _round(name: str) -> Callable[[Place], int]:
    """A round in which somebody asked and somebody else offers, with its proposal."""

    def make(place: Place) -> int:
        begin = today() - timedelta(days=1 if name == "open" else 2)
        round_id = kept(MatchingRound(name=name, starts_on=begin, ends_on=begin + timedelta(days=200)))
        place.get("coaching.profile")
        request = CoachingRequest(
            round_id=round_id, person_id=place.get("coaching.asker"), question="Een vraag",
            halfdays=[0, 1], travel_limit=120, online=True,
        )  # fmt: skip
        kept(RequestTheme(request_id=kept(request), theme="tasks", weight=2))
        _propose(round_id)
        return round_id

    return make


def _profile(place: Place) -> int:
    profile = CoachProfile(
        person_id=place.get("coaching.coach_id"), kinds=["bo"], concepts=[], declared_boards=[], halfdays=[0],
        travel_limit=120, online=True, capacity=2,
    )  # fmt: skip
    return kept(CoachStrength(profile_id=kept(profile), theme="tasks", strength=3))


def _propose(round_id: int) -> None:
    work = LongWork(kind=CALCULATION, subject_id=round_id, person_id=0)
    work_id = kept(work)
    _, facts = read_work(work_id)
    judgement, result, seconds = calculate(facts, lambda _stage, _fraction: None)
    further = look_further(facts, possible_coaches(facts), judgement, result, lambda _stage, _fraction: None)
    keep_proposal(work_id, facts, judgement, result, seconds)
    keep_further(work_id, further)
    session().flush()


def _request(place: Place) -> int:
    return session().query(CoachingRequest.id).filter_by(round_id=place.get("round_id")).scalar() or 0


def _match(place: Place) -> int:
    """A published pair. The open round is made first, since these two are no strangers to each other afterwards."""
    place.get("round_id")
    round_id = place.get("coaching.published_round")
    publish_round(SYSTEM, round_id)
    return session().query(Match.id).filter_by(round_id=round_id).scalar() or 0


def _running(place: Place) -> int:
    """The published round, in which somebody joined late, with a change calculated."""
    place.get("match_id")
    round_id = place.get("coaching.published_round")
    late = CoachingRequest(
        round_id=round_id, person_id=place.get("coaching.wanted"), halfdays=[0], travel_limit=120, online=True
    )
    kept(RequestTheme(request_id=kept(late), theme="tasks", weight=2))
    _propose(round_id)
    return round_id


def _change(place: Place) -> int:
    """The change that was calculated."""
    round_id = place.get("published_id")
    change = latest_change(round_id)
    assert change
    return change.id


def _trajectory(place: Place) -> int:
    """The coaching that follows from the published pair."""
    trajectory = start_trajectory(session().get_one(Match, (place.network.id, place.get("match_id"))))
    fill_agreement(trajectory)
    return trajectory.id


def _draft_goal(place: Place) -> int:
    """The goal of the trajectory that was not fixed: it came last."""
    of_trajectory = session().query(TrajectoryGoal).filter_by(trajectory_id=place.get("trajectory_id"))
    return max(one.goal_id for one in of_trajectory)


def _agreement_line(place: Place) -> int:
    return session().query(AgreementLine).filter_by(trajectory_id=place.get("trajectory_id"))[0].id


def _talk(place: Place) -> int:
    trajectory = session().get_one(Trajectory, (place.network.id, place.get("trajectory_id")))
    return talks_of_every_kind(trajectory).id


def _appointment(place: Place) -> int:
    return session().get_one(Talk, (place.network.id, place.get("talk_id"))).appointment_id


def _feed(place: Place) -> str:
    token = f"calendar-of-{place.network.slug}"
    kept(CalendarFeed(person_id=place.member.person_id, token_hash=digest(token)))
    return token


def _theme(_: Place) -> int:
    return kept(Theme(code="own-muur", label="Muurvast"))


def _note(place: Place) -> int:
    """A note that the IB'er keeps to herself."""
    trajectory = session().get_one(Trajectory, (place.network.id, place.get("trajectory_id")))
    actor = Actor(trajectory.coachee_id, "Iemand", frozenset({Role.IB}))
    return create_note(
        actor, trajectory.id, {"kind": NoteKind.OWN, "text": "Een gedachte", "not_about_pupil": False}
    )


def _attempt(place: Place) -> int:
    """Another line of fairness that was tried on the open round, and worked out."""
    actor, change = Actor(0, "Iemand", frozenset({Role.COORDINATOR})), Change(Loosened.LINE, 500)
    attempt = start_attempt(actor, place.get("round_id"), change)
    _, trial = read_trial(attempt.work_id)
    keep_effect(attempt.work_id, effect_of(trial))
    return attempt.id


COACHING: dict[str, Resource] = {
    "agenda.token": Resource(_feed),
    "appointment_id": Resource(_appointment),
    "attempt_id": Resource(_attempt),
    "coaching.asker": Resource(lambda place: place.somebody("ib", Role.IB, "school_id")),
    "coaching.coach_id": Resource(lambda place: place.somebody("coach", Role.COACH)),
    "coaching.copied_from": Resource(lambda place: place.get("round_id")),
    "coaching.person_id": Resource(lambda place: place.get("coaching.coach_id")),
    "coaching.profile": Resource(_profile),
    "coaching.unwanted": Resource(lambda place: place.get("coaching.asker")),
    "coaching.wanted": Resource(lambda place: place.somebody("colleague", Role.IB, "school_id")),
    "coaching.published_round": Resource(_round("published")),
    "coaching.proposal_id": Resource(_change),
    "goal_id": Resource(_draft_goal),
    "line_id": Resource(_agreement_line),
    "match_id": Resource(_match),
    "note_id": Resource(_note),
    "published_id": Resource(_running),
    "request_id": Resource(_request),
    "round_id": Resource(_round("open")),
    "talk_id": Resource(_talk),
    "theme_id": Resource(_theme),
    "trajectory_id": Resource(_trajectory),
}

"""What waits for somebody, gathered from every room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.agenda.models import Appointment
from app.agenda.policy import SEE_AGENDA
from app.agenda.queries import agenda_of
from app.coaching.labels import PHASES
from app.coaching.models import CoachProfile, Match, MatchingRound, Proposal, Publication
from app.coaching.participants import Turnout, schools_in, turnout
from app.coaching.phases import RoundState
from app.coaching.policy import ASK_COACHING, OFFER_COACHING, RUN_ROUNDS, SEE_RELEASED
from app.coaching.queries import (
    Draft,
    OwnTrajectory,
    SentRequest,
    Step,
    all_trajectories,
    closed_round,
    counts_of,
    draft_of,
    late_round,
    latest_proposal,
    open_round,
    own_trajectories,
    pairs_of,
    profile_of,
    requests_by,
    round_states,
    round_with,
    unanswered_by,
    unmatched_count,
)
from app.coaching.services.absence import Absence, absence_from_today, absence_of
from app.expertise.policy import KEEP_RECORDS, SEE_TEAM
from app.expertise.queries.waiting import TeamAttention, Waiting, team_attention, waiting_for
from app.intervision.policy import JOIN_IN, RUN_SEASONS
from app.intervision.queries.next_steps import (
    NextSteps,
    SeasonAttention,
    next_steps_of,
    season_attention,
)
from app.kernel.actor import Actor
from app.kernel.clock import now, today
from app.kernel.permissions import Role
from app.organisation.models import LoginState, Person
from app.organisation.policy import MANAGE_PEOPLE
from app.organisation.queries import Workplace, holders, names_by_id, people_by_id, workplaces
from app.organisation.queries.inviting import waiting_counts

APPOINTMENTS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class RoundToday:
    """Where the latest round stands, for the coordinator."""

    round: MatchingRound
    state: RoundState
    phase: str
    publication: Publication | None
    proposal: Proposal | None
    turnout: Turnout
    unmatched: int


@dataclass(frozen=True, slots=True)
class PartnerToday:
    """The other half of one of my pairs."""

    match: Match
    round: MatchingRound
    person: Person
    school: str
    waits_for_me: bool
    """Whether I have not answered it yet."""

    @property
    def is_past(self) -> bool:
        """Whether the round is over."""
        return self.round.ends_on < today()


@dataclass(frozen=True, slots=True)
class CoachingToday:
    """A trajectory of mine, with the other's name."""

    own: OwnTrajectory
    other: str

    @property
    def waits_for_me(self) -> bool:
        """Whether there is something to do next."""
        return self.own.step is not Step.NONE


@dataclass(frozen=True, slots=True)
class Today:
    """Everything on the page; what is not for this actor is empty."""

    runs_rounds: bool = False
    round: RoundToday | None = None
    uninvited: Mapping[LoginState, int] = field(default_factory=dict[LoginState, int])
    """How many people still need an invitation, or another, by how far they are."""
    open_round: MatchingRound | None = None
    late_round: MatchingRound | None = None
    """A published round that I can still join, when none is open."""
    closed_round: MatchingRound | None = None
    """Where no round is open: the one whose requests are closed and whose pairs are not known yet."""
    draft: Draft | None = None
    """What I filled in for the open round and have not sent."""
    asks: bool = False
    has_asked: bool = False
    waits_since: MatchingRound | None = None
    """The last round in which I asked, when it was published without a coach for me."""
    offers: bool = False
    profile: CoachProfile | None = None
    is_away: bool = False
    absence: Absence | None = None
    summer: date | None = None
    """The last day of this school year."""
    coaching: Sequence[CoachingToday] = ()
    """My trajectories that go on, or were closed lately."""
    trajectories: Mapping[str, int] = field(default_factory=dict[str, int])
    """For the coordinator: how many go on, are quiet or silent."""
    intervision: NextSteps = field(default_factory=NextSteps)
    """My next session, and what waits for me there."""
    season: SeasonAttention | None = None
    """For the coordinator: how the groups of intervision do."""
    keeps_records: bool = False
    expertise: Waiting = field(default_factory=Waiting)
    """What waits for me there."""
    team: TeamAttention = field(default_factory=TeamAttention)
    """For leader and IB'er: what the team lacks."""
    appointments: Sequence[Appointment] = ()
    """My next ones."""
    my_coaches: Sequence[PartnerToday] = ()
    my_coachees: Sequence[PartnerToday] = ()
    my_schools: Sequence[tuple[int, str]] = ()
    sees_released: bool = False
    """Whether an IB'er of my school can show me something of her coaching."""
    coordinators: Sequence[Person] = field(default_factory=list)


def today_of(actor: Actor) -> Today:
    """What waits for this actor, in a number of queries that depends on the roles only."""
    takes_part = actor.may(ASK_COACHING) or actor.may(OFFER_COACHING)
    current = open_round() if takes_part else None
    closed = closed_round() if takes_part and current is None else None
    sent = requests_by(actor.person_id) if actor.may(ASK_COACHING) else []
    profile = profile_of(actor.person_id) if actor.may(OFFER_COACHING) else None
    coaches, coachees = _partners(actor)
    return Today(
        runs_rounds=actor.may(RUN_ROUNDS),
        round=_round_today() if actor.may(RUN_ROUNDS) else None,
        uninvited=waiting_counts(actor) if actor.may(MANAGE_PEOPLE) else {},
        open_round=current,
        late_round=late_round(actor.person_id)
        if actor.may(ASK_COACHING) and current is None and closed is None
        else None,
        closed_round=closed.round if closed else None,
        draft=draft_of(actor, current.id) if current and actor.may(ASK_COACHING) else None,
        asks=actor.may(ASK_COACHING),
        has_asked=_asked_in(current or (closed.round if closed else None), sent),
        waits_since=next((one.round if one.waits else None for one in sent if one.is_published), None),
        offers=actor.may(OFFER_COACHING),
        profile=profile,
        is_away=profile is not None and profile.is_away_on(today()),
        absence=absence_of(profile) if profile else None,
        summer=absence_from_today("summer").end,
        coaching=_coaching(actor) if takes_part else [],
        trajectories=counts_of(all_trajectories(actor)) if actor.may(RUN_ROUNDS) else {},
        intervision=next_steps_of(actor) if actor.may(JOIN_IN) else NextSteps(),
        season=season_attention() if actor.may(RUN_SEASONS) else None,
        keeps_records=actor.may(KEEP_RECORDS),
        expertise=waiting_for(actor) if actor.may(KEEP_RECORDS) else Waiting(),
        team=team_attention(actor) if actor.may(SEE_TEAM) else TeamAttention(),
        appointments=agenda_of(actor.person_id, now())[:APPOINTMENTS_SHOWN] if actor.may(SEE_AGENDA) else [],
        my_coaches=coaches,
        my_coachees=coachees,
        my_schools=_my_schools(workplaces({actor.person_id}).get(actor.person_id, [])),
        sees_released=actor.may(SEE_RELEASED),
        coordinators=[] if actor.may(RUN_ROUNDS) else holders(Role.COORDINATOR),
    )


def _coaching(actor: Actor) -> list[CoachingToday]:
    found = own_trajectories(actor)
    names = names_by_id({own.other_id for own in found}) if found else {}
    return [CoachingToday(own, names[own.other_id].name) for own in found]


def _asked_in(matching_round: MatchingRound | None, sent: Sequence[SentRequest]) -> bool:
    return matching_round is not None and matching_round.id in {one.round.id for one in sent}


def _round_today() -> RoundToday | None:
    state = next((one for one in round_states() if not one.archived_at), None)
    if state is None:
        return None
    matching_round = state.round
    proposal = latest_proposal(matching_round.id)
    return RoundToday(
        round=matching_round,
        state=state,
        phase=str(PHASES[state.phase]),
        publication=state.publication,
        proposal=proposal,
        turnout=turnout(matching_round),
        unmatched=unmatched_count(proposal.id) if proposal else 0,
    )


def _partners(actor: Actor) -> tuple[list[PartnerToday], list[PartnerToday]]:
    """My coaches and my coachees in the latest round in which I have any."""
    matches = pairs_of(actor)
    latest = [match for match in matches if match.round_id == matches[0].round_id]
    other = {
        match.id: match.coach_id if match.coachee_id == actor.person_id else match.coachee_id
        for match in latest
    }
    people, work = people_by_id(set(other.values())), workplaces(set(other.values()))
    latest_round = round_with(latest[0].round_id) if latest else None
    unanswered = unanswered_by(actor) if latest else set[int]()
    partners = [
        PartnerToday(
            match,
            latest_round,
            people[other[match.id]],
            schools_in(work.get(other[match.id], [])),
            match.id in unanswered,
        )
        for match in latest
        if latest_round
    ]
    coaches = [one for one in partners if one.match.coachee_id == actor.person_id]
    return coaches, [one for one in partners if one not in coaches]


def _my_schools(work: list[Workplace]) -> list[tuple[int, str]]:
    schools = {place.school_id: f"{place.school_name}, {place.city}" for place in work if place.school_id}
    return sorted(schools.items(), key=lambda school: school[1])

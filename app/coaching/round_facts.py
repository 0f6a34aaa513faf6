"""Everything that a calculation is given, read from the database as plain facts for the pure core."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from app.coaching.matching import (
    ENGINE_VERSION,
    CoacheeFacts,
    CoachFacts,
    Instance,
    Judgement,
    Rules,
    Terms,
    judge,
)
from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    DeclinedPair,
    MatchingRound,
    PairExclusion,
    Pin,
    Preference,
    RequestTheme,
)
from app.coaching.queries import earlier_pairs, profiles, rounds_waited
from app.kernel.among import among
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.queries import Workplace, holder_ids, holder_ids_by_name, place_of_postcode, workplaces
from tenants.session import session

Place = tuple[float, float]

TYPICAL_TRAVEL_LIMIT = 30
"""Minutes that somebody is taken to travel who has not been asked yet."""


class Persons(NamedTuple):
    """People whom somebody wishes for, and people whom somebody does not want."""

    wished: frozenset[str]
    excluded: frozenset[str]


@dataclass(frozen=True)
class RoundFacts:
    """A round as it is at this moment. Coachees are known by the id of their request, coaches by their person's."""

    coachees: tuple[CoacheeFacts, ...]
    coaches: tuple[CoachFacts, ...]
    rules: Rules
    waited: Mapping[str, int]
    pinned: tuple[tuple[str, str], ...]
    """The coordinator's locks: pairs of ids."""
    ruled_out: Mapping[str, frozenset[str]]
    """The coaches whom the coordinator ruled out, and pairs that were declined in this round, by coachee."""
    sufficiency: int

    def judged(self) -> Judgement:
        """Every request with every coach: what forbids the pair and what it scores."""
        coachees = [
            replace(coachee, excludes=coachee.excludes | self.ruled_out.get(coachee.id, frozenset()))
            for coachee in self.coachees
        ]
        return judge(coachees, self.coaches, self.rules)

    def instance(self, judgement: Judgement) -> Instance:
        """What is to be matched. Raises MalformedInstance when a pin is no permitted pair."""
        return judgement.instance(Terms(pinned=self.pinned, sufficiency=self.sufficiency), waited=self.waited)

    @property
    def decisions(self) -> dict[str, Any]:
        """What the coordinator decided, to be kept beside the proposal that followed it."""
        ruled_out = [
            [request, coach] for request, coaches in self.ruled_out.items() for coach in sorted(coaches)
        ]
        return {"pinned": [list(pair) for pair in self.pinned], "ruled_out": ruled_out}

    @property
    def digest(self) -> str:
        """SHA-256 over what people told and over the version of the engine.

        Without the coordinator's decisions: to lock what is proposed, or to rule out what is not, changes no pair.
        """
        everything = [_by_name(facts) for facts in (*self.coachees, *self.coaches)]
        rules = [asdict(self.rules), dict(self.waited), ENGINE_VERSION]
        return hashlib.sha256(
            json.dumps([everything, rules], default=_plain, sort_keys=True).encode()
        ).hexdigest()


class _Asked(NamedTuple):
    """What a request says by itself."""

    id: int
    person_id: int
    halfdays: Sequence[int]
    travel_limit: int
    online: bool


def facts_of(
    matching_round: MatchingRound, *, only_request: int | None = None, only_coach: int | None = None
) -> RoundFacts:
    """Read the facts of a round in a fixed number of queries; `only_…` limits the IB'ers, or the coaches, to one."""
    requests = _requests(matching_round.id, only_request)
    coaches = [one for one in holder_ids_by_name(Role.COACH) if only_coach in {None, one}]
    work = defaultdict(list, workplaces({request.person_id for request in requests} | set(coaches)))
    as_ib, as_coach = _preferences(as_coach=False), _preferences(as_coach=True)
    requests = [request for request in requests if _as_ib(work[request.person_id])]
    return RoundFacts(
        coachees=_coachees(requests, work, as_ib),
        coaches=_coaches(coaches, matching_round, work, as_coach),
        rules=Rules(recent=_recent(matching_round)),
        waited={
            str(request): rounds for request, rounds in rounds_waited(matching_round, only_request).items()
        },
        pinned=_pinned(requests),
        ruled_out=_ruled_out(requests),
        sufficiency=matching_round.sufficiency,
    )


def possible_coaches(facts: RoundFacts) -> tuple[CoachFacts, ...]:
    """Every IB'er who is no coach yet, as she might offer: one place, and what she knows from her own schools."""
    ids = sorted(holder_ids(Role.IB) - {int(coach.id) for coach in facts.coaches})
    work = workplaces(ids)
    return tuple(
        CoachFacts(
            id=str(person_id),
            person=str(person_id),
            capacity=1,
            schools=_schools(work[person_id]),
            boards=_boards(work[person_id]),
            kinds=frozenset(kind for place in _as_ib(work[person_id]) for kind in place.kinds) or None,
            concepts=frozenset(place.concept for place in _as_ib(work[person_id]) if place.concept),
            location=_location(_as_ib(work[person_id])),
            travel_limit=TYPICAL_TRAVEL_LIMIT,
        )
        for person_id in ids
    )


def _requests(round_id: int, only: int | None) -> list[_Asked]:
    told = (CoachingRequest.halfdays, CoachingRequest.travel_limit, CoachingRequest.online)
    requests = select(CoachingRequest.id, CoachingRequest.person_id, *told).where(
        CoachingRequest.round_id == round_id
    )
    if only is not None:
        requests = requests.where(CoachingRequest.id == only)
    return [_Asked(*row) for row in session().execute(requests.order_by(CoachingRequest.id))]


def _coachees(
    requests: Sequence[_Asked],
    work: Mapping[int, list[Workplace]],
    preferences: Mapping[int, Persons],
) -> tuple[CoacheeFacts, ...]:
    themes = _themes(requests)
    return tuple(
        CoacheeFacts(
            id=str(request.id),
            person=str(request.person_id),
            schools=_schools(work[request.person_id]),
            boards=_boards(work[request.person_id]),
            kinds=frozenset(kind for place in _as_ib(work[request.person_id]) for kind in place.kinds),
            concepts=frozenset(place.concept for place in _as_ib(work[request.person_id]) if place.concept),
            location=_location(_as_ib(work[request.person_id])),
            online=request.online,
            travel_limit=request.travel_limit,
            halfdays=frozenset(request.halfdays),
            themes=themes[request.id],
            wishes=preferences[request.person_id].wished,
            excludes=preferences[request.person_id].excluded,
        )
        for request in requests
    )


def _coaches(
    person_ids: Sequence[int],
    matching_round: MatchingRound,
    work: Mapping[int, list[Workplace]],
    preferences: Mapping[int, Persons],
) -> tuple[CoachFacts, ...]:
    known = profiles(person_ids)
    strengths = _by_theme(
        select(CoachStrength.profile_id, CoachStrength.theme, CoachStrength.strength).where(
            among(CoachStrength.profile_id, [profile.id for profile in known.values()])
        )
    )
    first_day = max(matching_round.starts_on, today())
    return tuple(
        _coach(
            known[person_id],
            strengths[known[person_id].id],
            work[person_id],
            preferences[person_id],
            first_day,
        )
        if person_id in known
        else CoachFacts(id=str(person_id), person=str(person_id), capacity=0, profile=False)
        for person_id in person_ids
    )


def _coach(
    profile: CoachProfile,
    strengths: Mapping[str, int],
    work: list[Workplace],
    persons: Persons,
    first_day: date,
) -> CoachFacts:
    location = _location([place for place in work if place.school_id])
    return CoachFacts(
        id=str(profile.person_id),
        person=str(profile.person_id),
        capacity=profile.capacity,
        schools=_schools(work),
        boards=_boards(work) | frozenset(profile.declared_boards),
        kinds=frozenset(profile.kinds) or None,
        concepts=frozenset(profile.concepts),
        location=location or (place_of_postcode(profile.postcode) if profile.postcode else None),
        online=profile.online,
        travel_limit=profile.travel_limit,
        halfdays=frozenset(profile.halfdays),
        strengths=strengths,
        wishes=persons.wished,
        excludes=persons.excluded,
        unavailable=profile.is_away_on(first_day),
    )


def _themes(requests: Sequence[_Asked]) -> Mapping[int, dict[str, int]]:
    columns = select(RequestTheme.request_id, RequestTheme.theme, RequestTheme.weight)
    return _by_theme(columns.where(among(RequestTheme.request_id, [request.id for request in requests])))


def _by_theme(rows: Select[int, str, int]) -> Mapping[int, dict[str, int]]:
    """A number for each theme, by the row that the themes belong to."""
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for belongs_to, theme, number in session().execute(rows):
        found[belongs_to][theme] = number
    return found


def _preferences(*, as_coach: bool) -> Mapping[int, Persons]:
    wished: defaultdict[int, set[str]] = defaultdict(set)
    excluded: defaultdict[int, set[str]] = defaultdict(set)
    said = select(Preference.person_id, Preference.other_id, Preference.wanted)
    for person_id, other_id, wanted in session().execute(said.where(Preference.as_coach.is_(as_coach))):
        (wished if wanted else excluded)[person_id].add(str(other_id))
    persons: defaultdict[int, Persons] = defaultdict(lambda: Persons(frozenset(), frozenset()))
    for person_id in wished.keys() | excluded.keys():
        persons[person_id] = Persons(frozenset(wished[person_id]), frozenset(excluded[person_id]))
    return persons


def _ruled_out(requests: Sequence[_Asked]) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    ids = [request.id for request in requests]
    for row in (PairExclusion, DeclinedPair):
        pairs = select(row.request_id, row.coach_id).where(among(row.request_id, ids))
        for request_id, coach_id in session().execute(pairs):
            found[str(request_id)] |= {str(coach_id)}
    return found


def _pinned(requests: Sequence[_Asked]) -> tuple[tuple[str, str], ...]:
    ids = [request.id for request in requests]
    pins = select(Pin.request_id, Pin.coach_id).where(among(Pin.request_id, ids)).order_by(Pin.request_id)
    return tuple((str(request_id), str(coach_id)) for request_id, coach_id in session().execute(pins))


def _recent(matching_round: MatchingRound) -> frozenset[tuple[str, str]]:
    return frozenset((str(coachee), str(coach)) for coachee, coach in earlier_pairs(matching_round))


def _as_ib(work: list[Workplace]) -> list[Workplace]:
    return [place for place in work if place.role == Role.IB]


def _schools(work: list[Workplace]) -> frozenset[str]:
    return frozenset(place.school_code for place in work if place.school_code)


def _boards(work: list[Workplace]) -> frozenset[str]:
    return frozenset(place.board_number for place in work if place.board_number)


def _location(work: list[Workplace]) -> Place | None:
    """Where somebody starts from: the first of her schools, in order of their codes, that has a coordinate."""
    known = sorted((p.school_code or "", p.latitude, p.longitude) for p in work if p.latitude and p.longitude)
    return (known[0][1], known[0][2]) if known else None


def _by_name(facts: CoacheeFacts | CoachFacts) -> dict[str, Any]:
    """The facts as `asdict` gives them, without copying every set in them."""
    return {field.name: getattr(facts, field.name) for field in fields(facts)}


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)

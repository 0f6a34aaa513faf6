"""A season of intervision that goes on: who takes part, and groups that keep to every rule."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from sqlalchemy import delete, select, update

from app.coaching.models import Match
from app.coaching.themes import THEMES
from app.demo.plan import PlannedPerson, address_of
from app.demo.seed.seeding import Seeding, add_rows, at_hour
from app.demo.seed.sessions import SeasonSeeding, SeededGroup, add_sessions
from app.intervision.models import (
    Experience,
    GroupMember,
    GroupSchool,
    Participation,
    Season,
    SeasonPublication,
)
from app.intervision.queries import groups_in, members_of
from app.intervision.services.membership import found_groups
from app.intervision.services.seasons import suggested_season
from app.kernel.clock import now, school_year, today
from app.kernel.permissions import Role
from tenants.session import session

BEGAN_DAYS_AGO, LASTS_DAYS = 110, 300
TAKES_PART, TAKES_NO_PART = 0.88, 0.06
"""Shares of the IB'ers who said yes and no; the rest is silent."""
MOST_THEMES = 3
PUBLISHED_AFTER = timedelta(days=18)
TROUBLES = ("half_empty", "fell_out", "called_off", "too_small")
"""What goes less well, each in one group of so many, so that the coordinator has something to do."""
GROUPS_FOR_TROUBLES = 24
LEFT_DAYS_AGO = timedelta(days=9)


@dataclass(slots=True)
class _Group:
    """A group while people are put in it."""

    halfdays: set[int]
    people: list[int] = field(default_factory=list)
    schools: set[str] = field(default_factory=set)
    kept_apart: set[int] = field(default_factory=set)

    def fits(self, person_id: int, person: PlannedPerson, halfdays: Collection[int], most: int) -> bool:
        """Whether no rule keeps somebody out of it."""
        return (
            len(self.people) < most
            and bool(self.halfdays & set(halfdays))
            and not self.schools & person.schools
            and person_id not in self.kept_apart
        )


def add_season(seeding: Seeding) -> None:
    """The season of this school year, from its answers to what was harvested and what is still to come."""
    chance = seeding.chance("intervision")
    season = _season()
    people = {
        seeding.people[person.who.email]: person for person in seeding.plan.people if person.has(Role.IB)
    }
    shown = seeding.people[address_of(seeding.plan.code, Role.IB)]
    halfdays = _add_answers(season, people, shown, chance)
    groups = _formed(season, people, halfdays, shown, chance)
    found_groups(
        season.id, [(f"Groep {number}", group.people) for number, group in enumerate(groups, start=1)]
    )
    coordinator = seeding.people[address_of(seeding.plan.code, Role.COORDINATOR)]
    known_at = at_hour(season.starts_on, time(14)) + PUBLISHED_AFTER
    session().add(SeasonPublication(season_id=season.id, by_id=coordinator, at=known_at))
    rows = groups_in(season.id)
    session().execute(update(GroupMember).where(GroupMember.season_id == season.id).values(since=known_at))
    members = members_of([row.id for row in rows])
    made = {frozenset(members[row.id]): row for row in rows}
    seeded = [
        SeededGroup(
            made[frozenset(group.people)].id, list(group.people), sorted(group.halfdays), set(group.schools)
        )
        for group in groups
    ]
    _make_trouble(season, seeded, shown)
    placed = {one for group in groups for one in group.people}
    add_sessions(
        SeasonSeeding(
            season=season,
            groups=seeded,
            shown=shown,
            coordinator=coordinator,
            schools={person_id: person.schools for person_id, person in people.items()},
            guests=[one for one in people if one in placed or one in halfdays],
        ),
        chance,
    )


def _season() -> Season:
    """The season that began a few months ago, whatever day it is today."""
    begin = today() - timedelta(days=BEGAN_DAYS_AGO)
    year = school_year(today())
    season = Season(
        **{
            **suggested_season(),
            "name": f"Intervisie {year}–{year + 1}",
            "starts_on": begin,
            "ends_on": begin + timedelta(days=LASTS_DAYS),
            "join_until": begin + timedelta(days=14),
        }
    )
    session().add(season)
    session().flush()
    return season


def _add_answers(
    season: Season, people: Mapping[int, PlannedPerson], shown: int, chance: Random
) -> dict[int, tuple[int, ...]]:
    """What the IB'ers answered; gives the half-days of who takes part."""
    taking_part: dict[int, tuple[int, ...]] = {}
    rows = []
    for person_id, person in people.items():
        draw = 0.0 if person_id == shown else chance.random()
        if draw >= TAKES_PART + TAKES_NO_PART:
            continue
        takes_part = draw < TAKES_PART
        if takes_part:
            taking_part[person_id] = _halfdays(person, chance)
        rows.append(
            {
                "season_id": season.id,
                "person_id": person_id,
                "takes_part": takes_part,
                "halfdays": list(taking_part[person_id]) if takes_part else [],
                "themes": _themes(person, chance) if takes_part else [],
                "experience": _experience(person) if takes_part else None,
                "answered_at": _answered_at(season, chance),
            }
        )
    add_rows(Participation, rows)
    return taking_part


def _halfdays(person: PlannedPerson, chance: Random) -> tuple[int, ...]:
    """Those on which she said that she works; she is free on any of them for a session."""
    known = person.request or person.earlier_request or person.profile
    return known.halfdays if known else tuple(sorted(chance.sample(range(10), 5)))


def _themes(person: PlannedPerson, chance: Random) -> list[str]:
    known = person.request or person.earlier_request
    if known:
        return [theme for theme, _weight in known.themes][:MOST_THEMES]
    return sorted(chance.sample(list(THEMES), MOST_THEMES))


def _experience(person: PlannedPerson) -> Experience:
    if person.years < 2:
        return Experience.STARTING
    return Experience.SOME if person.years <= 5 else Experience.LONG


def _answered_at(season: Season, chance: Random) -> datetime:
    return at_hour(season.starts_on + timedelta(days=chance.randint(1, 13)), time(chance.randint(8, 20)))


def _formed(
    season: Season,
    people: Mapping[int, PlannedPerson],
    halfdays: Mapping[int, tuple[int, ...]],
    shown: int,
    chance: Random,
) -> list[_Group]:
    """Groups, the one of the IB'er who can be tried first; who fits in none has no group yet."""
    apart = _coaching()
    order = [one for one in halfdays if one != shown]
    chance.shuffle(order)
    groups: list[_Group] = []
    for person_id in [shown, *order]:
        group = _first_that_fits(groups, person_id, people[person_id], halfdays[person_id], season.target)
        if group is None:
            group = _Group(set(halfdays[person_id]))
            groups.append(group)
        _put(group, person_id, people[person_id], halfdays[person_id], apart)
    large = [group for group in groups if len(group.people) >= season.smallest]
    small = [one for group in groups if len(group.people) < season.smallest for one in group.people]
    for person_id in small:
        group = _first_that_fits(large, person_id, people[person_id], halfdays[person_id], season.largest)
        if group is not None:
            _put(group, person_id, people[person_id], halfdays[person_id], apart)
    return large


def _first_that_fits(
    groups: Iterable[_Group],
    person_id: int,
    person: PlannedPerson,
    halfdays: Collection[int],
    most: int,
) -> _Group | None:
    return next((group for group in groups if group.fits(person_id, person, halfdays, most)), None)


def _put(
    group: _Group,
    person_id: int,
    person: PlannedPerson,
    halfdays: Collection[int],
    apart: Mapping[int, set[int]],
) -> None:
    group.people.append(person_id)
    group.halfdays &= set(halfdays)
    group.schools |= person.schools
    group.kept_apart |= apart[person_id]


def _coaching() -> defaultdict[int, set[int]]:
    """Who is or was coach or coachee of whom: they meet enough."""
    pairs: defaultdict[int, set[int]] = defaultdict(set)
    for coachee, coach in session().execute(select(Match.coachee_id, Match.coach_id)):
        pairs[coachee].add(coach)
        pairs[coach].add(coachee)
    return pairs


def _make_trouble(season: Season, groups: list[SeededGroup], shown: int) -> None:
    """Let some groups go less well; never the one of who can be tried."""
    others = [group for group in groups if shown not in group.people]
    for position, group in enumerate(others):
        kind = position % GROUPS_FOR_TROUBLES
        if kind < len(TROUBLES):
            group.trouble = TROUBLES[kind]
        if group.trouble == "too_small":
            _let_leave(season, group)


def _let_leave(season: Season, group: SeededGroup) -> None:
    """As many leave as make the group too small."""
    gone = group.people[season.smallest - 1 :]
    group.people = group.people[: season.smallest - 1]
    of_group = GroupMember.group_id == group.id
    session().execute(
        update(GroupMember)
        .where(of_group, GroupMember.person_id.in_(gone))
        .values(left_at=now() - LEFT_DAYS_AGO)
    )
    session().execute(
        delete(GroupSchool).where(GroupSchool.group_id == group.id, GroupSchool.person_id.in_(gone))
    )

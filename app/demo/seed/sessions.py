"""The sessions of a season: when they were and will be, who has a seat, and how dates were found."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import Range

from app.agenda.models import Appointment, Attendance, Status
from app.demo.seed.harvest import add_harvest
from app.demo.seed.polls import add_polls
from app.demo.seed.seeding import SESSION_HOURS, add_rows, at_hour, inserted
from app.intervision.models import (
    Booking,
    BookingState,
    GroupSchool,
    IntervisionSession,
    Presence,
    Season,
    SessionCancellation,
)
from app.intervision.school_weeks import falls_in_holiday
from app.intervision.services.dating import KIND
from app.kernel.clock import now, today
from app.organisation.models import School
from tenants.session import session

FIRST_AFTER, BETWEEN, SPREAD = 34, 42, 12
"""Days from the start of the season to the first session, between two, and by how much groups differ."""
SHOWN_NEXT_IN, SHOWN_BETWEEN = 6, 29
"""The group of who can be tried meets in so many days."""
DATED_AHEAD = 2
"""So many sessions to come have a date."""
CAME, CAME_OF_HALF_EMPTY, GAVE_BACK, WITH_GUEST = 0.86, 0.2, 0.07, 0.4


@dataclass(slots=True)
class SeededGroup:
    """A group with what its sessions need."""

    id: int
    people: list[int]
    halfdays: list[int]
    schools: set[str]
    trouble: str | None = None


@dataclass(slots=True)
class SeasonSeeding:
    """A season while its sessions are made."""

    season: Season
    groups: list[SeededGroup]
    shown: int
    coordinator: int
    schools: dict[int, frozenset[str]]
    """The codes of the schools of each IB'er."""
    guests: list[int]
    """Who could come to a session of another group."""


@dataclass(slots=True)
class SeededSession:
    """A session with who has a seat, and who was there."""

    group: SeededGroup
    number: int
    starts_at: datetime | None
    is_called_off: bool
    seats: int
    booked: list[int] = field(default_factory=list)
    guests: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    given_back: list[int] = field(default_factory=list)
    there: list[int] = field(default_factory=list)
    id: int = 0
    appointment_id: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether it was held."""
        return self.starts_at is not None and self.starts_at < now() and not self.is_called_off


def add_sessions(seeding: SeasonSeeding, chance: Random) -> None:
    """Every session of every group, and all that goes with it."""
    agenda = _Agenda(timedelta(minutes=seeding.season.minutes))
    sessions = [one for group in seeding.groups for one in _planned(seeding, group, agenda, chance)]
    _invite_guests(seeding, sessions, agenda, chance)
    _add_appointments(seeding, sessions, agenda.length)
    _add_sessions(seeding, sessions)
    _add_bookings(sessions)
    add_polls(seeding, sessions, chance)
    add_harvest(seeding, sessions, chance)


class _Agenda:
    """Who is booked when: by coaching already, and by what is planned here."""

    def __init__(self, length: timedelta) -> None:
        self.length = length
        self._taken: defaultdict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        rows = select(Attendance.person_id, Attendance.during).where(Attendance.status == Status.BOOKED)
        for person_id, during in session().execute(rows):
            if during.lower and during.upper:
                self._taken[person_id].append((during.lower, during.upper))

    def is_free(self, person_id: int, start: datetime) -> bool:
        """Whether somebody is nowhere else for as long as a session lasts."""
        return all(start + self.length <= begin or end <= start for begin, end in self._taken[person_id])

    def take(self, person_id: int, start: datetime) -> None:
        """Book somebody."""
        self._taken[person_id].append((start, start + self.length))


def _planned(
    seeding: SeasonSeeding, group: SeededGroup, agenda: _Agenda, chance: Random
) -> Iterator[SeededSession]:
    """The sessions of one group, the first first."""
    season = seeding.season
    days = _days(seeding, group, chance)
    ahead = 0
    for number, day in enumerate(days, start=1):
        is_past = day < today()
        ahead += not is_past
        is_dated = is_past or ahead <= DATED_AHEAD
        start = _moment(group, day, agenda, season.region) if is_dated else None
        made = SeededSession(
            group, number, start, _is_called_off(group, is_past, ahead, days, number), _seats(season, group)
        )
        if start is not None:
            _seat(made, group, agenda, seeding.shown, chance)
        yield made


def _days(seeding: SeasonSeeding, group: SeededGroup, chance: Random) -> list[date]:
    count = seeding.season.sessions
    if seeding.shown in group.people:
        return [
            today() + timedelta(days=SHOWN_NEXT_IN + SHOWN_BETWEEN * number)
            for number in range(-2, count - 2)
        ]
    begin = seeding.season.starts_on + timedelta(days=FIRST_AFTER + chance.randint(0, SPREAD))
    return [begin + timedelta(days=BETWEEN * number) for number in range(count)]


def _seats(season: Season, group: SeededGroup) -> int:
    return len(group.people) + season.open_seats


def _is_called_off(group: SeededGroup, is_past: bool, ahead: int, days: list[date], number: int) -> bool:
    if group.trouble == "called_off":
        return ahead == 1
    is_last_held = is_past and (number == len(days) or days[number] >= today())
    return group.trouble == "fell_out" and (is_last_held or ahead == 1)


def _moment(group: SeededGroup, day: date, agenda: _Agenda, region: str) -> datetime:
    """An hour on a half-day of the group in a school week, on that day or after it, at which everybody is free."""
    while True:
        for halfday in group.halfdays:
            on = day + timedelta(days=(halfday // 2 - day.weekday()) % 7)
            is_same_side = (on < today()) == (day < today()) and on != today()
            if falls_in_holiday(region, on):
                continue
            for hour in SESSION_HOURS[halfday % 2]:
                start = at_hour(on, hour)
                if is_same_side and all(agenda.is_free(one, start) for one in group.people):
                    return start
        day += timedelta(days=-7 if day < today() else 7)


def _seat(made: SeededSession, group: SeededGroup, agenda: _Agenda, shown: int, chance: Random) -> None:
    start = made.starts_at
    if start is None:
        return
    came = CAME_OF_HALF_EMPTY if group.trouble == "half_empty" else CAME
    for person_id in group.people:
        if not made.is_over and person_id != shown and chance.random() < GAVE_BACK:
            made.given_back.append(person_id)
            continue
        made.booked.append(person_id)
        if not made.is_called_off:
            agenda.take(person_id, start)
        if made.is_over and (person_id == shown or chance.random() < came):
            made.there.append(person_id)


def _invite_guests(
    seeding: SeasonSeeding, sessions: list[SeededSession], agenda: _Agenda, chance: Random
) -> None:
    """Guests in some sessions to come; of the group of who can be tried the next one is full, and somebody waits."""
    for made in sessions:
        start = made.starts_at
        if start is None or start < now() or made.is_called_off:
            continue
        is_shown = seeding.shown in made.group.people
        wanted = seeding.season.open_seats if is_shown else int(chance.random() < WITH_GUEST)
        if not wanted:
            continue
        around = set(made.group.schools)
        tries = chance.sample(seeding.guests, min(40, len(seeding.guests)))
        for guest in tries:
            schools = seeding.schools[guest]
            if guest in made.group.people or schools & around or not agenda.is_free(guest, start):
                continue
            if len(made.guests) < wanted:
                made.guests.append(guest)
                agenda.take(guest, start)
                around |= schools
            elif is_shown and not made.waiting:
                made.waiting.append(guest)


def _add_appointments(seeding: SeasonSeeding, sessions: list[SeededSession], length: timedelta) -> None:
    dated = [(made, made.starts_at) for made in sessions if made.starts_at is not None]
    places = _places([group.id for group in seeding.groups])
    ids = inserted(
        Appointment,
        [
            {
                "kind": KIND,
                "starts_at": start,
                "ends_at": start + length,
                "place": places[made.group.id][made.number % len(places[made.group.id])],
                "cancelled_at": min(now(), start) - timedelta(days=3) if made.is_called_off else None,
            }
            for made, start in dated
        ],
    )
    for (made, _start), appointment_id in zip(dated, ids, strict=True):
        made.appointment_id = appointment_id
    add_rows(
        Attendance,
        [
            {
                "appointment_id": made.appointment_id,
                "person_id": person_id,
                "during": Range(start, start + length),
                "status": Status.CANCELLED if made.is_called_off else Status.BOOKED,
            }
            for made, start in dated
            for person_id in [*made.booked, *made.guests]
        ],
    )


def _places(group_ids: list[int]) -> dict[int, list[str]]:
    """Where a group meets: at its schools, in turns."""
    rows = session().execute(
        select(GroupSchool.group_id, School.name, School.city)
        .join(School, (School.tenant_id == GroupSchool.tenant_id) & (School.id == GroupSchool.school_id))
        .where(GroupSchool.group_id.in_(group_ids))
        .order_by(GroupSchool.group_id, School.code)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for group_id, name, city in rows:
        found[group_id].append(f"{name}, {city}")
    return {group_id: found[group_id] or ["Online"] for group_id in group_ids}


def _add_sessions(seeding: SeasonSeeding, sessions: list[SeededSession]) -> None:
    ids = inserted(
        IntervisionSession,
        [
            {
                "season_id": seeding.season.id,
                "group_id": made.group.id,
                "number": made.number,
                "appointment_id": made.appointment_id,
                "seats": made.seats,
                "facilitator_id": made.booked[made.number % len(made.booked)] if made.booked else None,
                "method": "five_steps" if made.is_over else None,
            }
            for made in sessions
        ],
    )
    for made, session_id in zip(sessions, ids, strict=True):
        made.id = session_id
    add_rows(
        SessionCancellation,
        [
            {
                "session_id": made.id,
                "by_id": made.booked[0] if made.booked else seeding.coordinator,
                "at": min(now(), made.starts_at) - timedelta(days=3),
            }
            for made in sessions
            if made.is_called_off and made.starts_at is not None
        ],
    )
    add_rows(
        Presence,
        [
            {
                "session_id": made.id,
                "person_id": person_id,
                "was_there": person_id in made.there,
                "by_id": made.booked[0],
                "at": made.starts_at,
            }
            for made in sessions
            if made.is_over
            for person_id in made.booked
        ],
    )


def _add_bookings(sessions: list[SeededSession]) -> None:
    add_rows(
        Booking,
        [
            {
                "session_id": made.id,
                "person_id": person_id,
                "seats": made.seats,
                "seat": seat,
                "is_guest": person_id not in made.group.people,
                "state": state,
                "since": now() - timedelta(days=5),
            }
            for made in sessions
            for person_id, seat, state in _bookings(made)
        ],
    )


def _bookings(made: SeededSession) -> Iterator[tuple[int, int | None, BookingState]]:
    for seat, person_id in enumerate([*made.booked, *made.guests], start=1):
        yield person_id, seat, BookingState.BOOKED
    for person_id in made.given_back:
        yield person_id, None, BookingState.GIVEN_BACK
    for person_id in made.waiting:
        yield person_id, None, BookingState.WAITING

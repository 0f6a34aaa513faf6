"""What stands in the database at the end, against what clients were told."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import text

from app.pipeline import Application
from tenants.context import Network
from tests.crash.clients import Answers
from tests.crash.seats import OPEN_SEATS

DRAIN_SECONDS = 420
"""A job of a killed worker is taken over after a minute or two, and then tried again later and later."""

_BOOKED = text("SELECT session_id, person_id, seat FROM booking WHERE is_guest AND state = 'booked'")
_OVER = text("""
    SELECT count(*) FROM (
        SELECT b.session_id FROM booking b JOIN intervision_session s ON s.id = b.session_id
        WHERE b.seat IS NOT NULL GROUP BY b.session_id, s.seats
        HAVING count(*) > s.seats OR count(*) FILTER (WHERE b.is_guest) > :open) AS full_sessions
""")
_WITHOUT_TIME = text("""
    SELECT count(*) FROM booking b JOIN intervision_session s ON s.id = b.session_id
    WHERE b.state = 'booked' AND NOT EXISTS (
        SELECT FROM attendance a WHERE a.appointment_id = s.appointment_id AND a.person_id = b.person_id
          AND a.status = 'booked')
""")
_TIME_WITHOUT = text("""
    SELECT count(*) FROM attendance a JOIN intervision_session s ON s.appointment_id = a.appointment_id
    WHERE a.status = 'booked' AND NOT EXISTS (
        SELECT FROM booking b WHERE b.session_id = s.id AND b.person_id = a.person_id AND b.state = 'booked')
""")
_MAILS = text("SELECT split_part(key, '-', 4)::bigint, split_part(key, '-', 3)::bigint FROM kept_mail")
"""The key of a mail is its job, the network, and then the ids by name: person before session."""
_JOBS = text("SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'network' AND status = ANY(:states)")


@dataclass(frozen=True, slots=True)
class Found:
    """The end of it."""

    booked: list[tuple[int, int]]
    """Session and person of each booking of a guest."""
    seats: list[tuple[int, int]]
    """Session and number of each seat that a guest has."""
    over_capacity: int
    out_of_step: int
    """Bookings without their time in the agenda, and the other way round."""
    mailed: list[tuple[int, int]]
    """Session and person of each confirmation that was sent."""
    jobs_left: int
    jobs_failed: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure, and what it must be."""

    label: str
    value: int
    wanted: int

    @property
    def is_met(self) -> bool:
        """Whether it is."""
        return self.value == self.wanted


def look(app: Application, network: Network) -> Found:
    """Read what became of it."""
    with app.database.unit_of_work(network, read_only=True) as unit:
        rows = unit.execute(_BOOKED).all()
        over = unit.scalar(_OVER, {"open": OPEN_SEATS})
        out_of_step = unit.scalar(_WITHOUT_TIME) + unit.scalar(_TIME_WITHOUT)
    with app.database.global_unit(read_only=True) as unit:
        mails = [(session_id, person_id) for session_id, person_id in unit.execute(_MAILS)]
        left = unit.scalar(_JOBS, {"states": ["todo", "doing"]})
        failed = unit.scalar(_JOBS, {"states": ["failed"]})
    return Found(
        booked=[(row.session_id, row.person_id) for row in rows],
        seats=[(row.session_id, row.seat) for row in rows],
        over_capacity=over,
        out_of_step=out_of_step,
        mailed=mails,
        jobs_left=left,
        jobs_failed=failed,
    )


def wait_for_mails(app: Application) -> float:
    """Wait until no job is left, or too long; gives the seconds that it took."""
    started = time.monotonic()
    while time.monotonic() < started + DRAIN_SECONDS:
        with app.database.global_unit(read_only=True) as unit:
            if not unit.scalar(_JOBS, {"states": ["todo", "doing"]}):
                break
        time.sleep(1)
    return time.monotonic() - started


def judge(answers: Answers, found: Found, tries: int, seats: int) -> list[Bar]:
    """Each figure with its bar."""
    booked, mailed = set(found.booked), set(found.mailed)
    return [
        Bar("tries that were answered", answers.answered, tries),
        Bar("answers that nobody should get", answers.wrong.total(), 0),
        Bar("seats that were booked", len(found.booked), seats),
        Bar("acknowledged bookings that were lost", len(answers.booked - booked), 0),
        Bar("bookings that nobody was told of", len(booked - answers.booked), 0),
        Bar("people booked twice in a session", _twice(found.booked), 0),
        Bar("seats given to two people", _twice(found.seats), 0),
        Bar("sessions over capacity", found.over_capacity, 0),
        Bar("bookings out of step with the agenda", found.out_of_step, 0),
        Bar("bookings without a mail", len(booked - mailed), 0),
        Bar("mails without a booking", len(mailed - booked), 0),
        Bar("mails that came twice", _twice(found.mailed), 0),
        Bar("jobs that were left or given up", found.jobs_left + found.jobs_failed, 0),
    ]


def _twice(found: Collection[tuple[int, int]]) -> int:
    return len(found) - len(set(found))

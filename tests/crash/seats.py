"""What is fought for: sessions with few seats for guests, and who wants them."""

import random
from dataclasses import dataclass
from datetime import timedelta

from flask import session as cookie
from flask_wtf.csrf import generate_csrf

from app.identity.services import open_sign_in
from app.kernel.clock import today
from app.pipeline import Application
from tenants.context import Network
from tenants.provision import create_network
from tests.intervision.guests import an_ib
from tests.intervision.seasons import a_group, a_season, a_session
from tests.world import Member

OPEN_SEATS = 8
TRIES_FOR_A_SEAT = 5
TRIES_OF_A_GUEST = 10
AT_ONCE = 3
"""How many sessions are tried for at the same time."""


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody wants a seat in a session."""

    person_id: int
    session_id: int
    cookie: str
    token: str


@dataclass(frozen=True, slots=True)
class Field:
    """The network with its sessions, and every try in the order in which it is made."""

    network: Network
    session_ids: list[int]
    tries: list[Try]


def lay_out(app: Application, tries: int, seed: int) -> Field:
    """Make sessions with one seat for guests for each five tries, and guests who each try ten sessions, or all."""
    network = create_network(app.database, app.master_key, slug="waterland", code="PO2708", name="Waterland")
    opened = network.opened(app.master_key)
    sessions = tries // TRIES_FOR_A_SEAT // OPEN_SEATS
    each = min(TRIES_OF_A_GUEST, sessions)
    guests: list[Member] = []
    session_ids: list[int] = []
    with app.database.unit_of_work(opened, with_identities=True):
        season = a_season(open_seats=OPEN_SEATS)
        for number in range(sessions):
            pair = [an_ib(opened, f"member{number}-{side}").person_id for side in (1, 2)]
            group = a_group(season, pair, f"Groep {number + 1}")
            day = today() + timedelta(days=10 + number)
            session_ids.append(a_session(group, day=day, seats=OPEN_SEATS + len(pair)).id)
        guests = [an_ib(opened, f"guest{number}") for number in range(tries // each)]
    wanted = [
        Try(guest.person_id, session_ids[(number * each + turn) % sessions], *signed_in)
        for number, guest in enumerate(guests)
        for signed_in in [_signed_in(app, guest)]
        for turn in range(each)
    ]
    return Field(opened, session_ids, _in_order(wanted, seed))


def _in_order(wanted: list[Try], seed: int) -> list[Try]:
    """At any time a few sessions are fought for, so that seats are booked, and mails sent, until the end."""
    chance = random.Random(seed)
    keys = {one: (one.session_id // AT_ONCE, chance.random()) for one in wanted}
    return sorted(wanted, key=keys.__getitem__)


def _signed_in(app: Application, member: Member) -> tuple[str, str]:
    """The session cookie of somebody, and the token that her forms carry."""
    with app.database.global_unit():
        signed_in = open_sign_in(member.identity_id, "crash")
    with app.test_request_context():
        token = generate_csrf()
        values = {"_user_id": signed_in, "csrf_token": cookie["csrf_token"], "language": "nl"}
    serializer = app.session_interface.get_signing_serializer(app)
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps(values)}", token

"""Fill a new database with the networks of the demo."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    MatchingRound,
    Preference,
    RequestTheme,
)
from app.coaching.services.rounds import suggested_round
from app.demo.history import publish_earlier_round
from app.demo.plan import NetworkPlan, PlannedPerson, demo_codes, plan_of
from app.demo.shape import InventedRequest
from app.identity.models import Login
from app.identity.secrets import digest, new_token
from app.identity.services import add_membership
from app.kernel.clock import now, school_year, today
from app.kernel.permissions import Role
from app.organisation.models import Assignment, Invitation, Person, School
from app.organisation.networks import make_network
from tenants.context import Network, current_network_id
from tenants.session import Database, session

NO_PASSWORD = "!"  # noqa: S105 - no password has this hash
INVITED_DAYS_AGO, INVITATION_DAYS = 2, 7

Report = Callable[[float], None]
"""Called with the part that is done, from 0 to 1."""


def seed_demo(database: Database, master_key: bytes, report: Report) -> None:
    """Make every network of the demo."""
    plans = [plan_of(code) for code in demo_codes()]
    total, done = sum(len(plan.people) for plan in plans), 0
    for plan in plans:
        start, part = done / total, len(plan.people) / total
        seed_network(
            database,
            master_key,
            plan.code,
            lambda inner, start=start, part=part: report(start + part * inner),
        )
        done += len(plan.people)
    report(1.0)


def seed_network(
    database: Database, master_key: bytes, code: str, report: Report = lambda _done: None
) -> Network:
    """Make one network with its people, the round of last year, and the open one with requests and profiles."""
    plan = plan_of(code)
    network = make_network(database, master_key, code).opened(master_key)
    report(0.1)
    with database.unit_of_work(network, with_identities=True):
        people = _add_people(plan)
        report(0.4)
        _add_profiles(plan, people)
        earlier_id = _add_round(plan, people, earlier=True)
        report(0.6)
    publish_earlier_round(database, network, earlier_id)
    report(0.8)
    with database.unit_of_work(network):
        _add_round(plan, people, earlier=False)
        _add_preferences(plan, people)
    report(1.0)
    return network


def _add_people(plan: NetworkPlan) -> Mapping[str, int]:
    """People with logins, roles and invitations; gives the id of each person by address."""
    rows = [
        {
            "first_name": person.who.first_name,
            "infix": person.who.infix,
            "last_name": person.who.last_name,
            "email": person.who.email,
            "identity_id": _login(person) if person.has_login else None,
        }
        for person in plan.people
    ]
    added = session().execute(insert(Person).returning(Person.email, Person.id), rows)
    people = {email: person_id for email, person_id in added if email}
    _add_assignments(plan, people)
    _add_invitations(plan, people)
    return people


def _login(person: PlannedPerson) -> int:
    """The login of somebody whom a visitor can be; one for all networks, and without a password."""
    login = session().scalar(select(Login).where(Login.email == person.who.email))
    if login is None:
        login = Login(email=person.who.email, password_hash=NO_PASSWORD)
        session().add(login)
        session().flush()
    add_membership(login.id, current_network_id())
    return login.id


def _add_assignments(plan: NetworkPlan, people: Mapping[str, int]) -> None:
    schools = dict(session().execute(select(School.code, School.id)).all())
    first_day = date(school_year(today()), 8, 1)
    session().execute(
        insert(Assignment),
        [
            {
                "person_id": people[person.who.email],
                "role": role,
                "school_id": schools[school] if school else None,
                "since": first_day.replace(year=first_day.year - person.years),
            }
            for person in plan.people
            for role, school in person.roles
        ],
    )


def _add_invitations(plan: NetworkPlan, people: Mapping[str, int]) -> None:
    coordinator = next(person for person in plan.people if person.has(Role.COORDINATOR))
    sent_at = now() - timedelta(days=INVITED_DAYS_AGO)
    rows = [
        {
            "person_id": people[person.who.email],
            "email": person.who.email,
            "token_hash": digest(new_token()),
            "by_id": people[coordinator.who.email],
            "created_at": sent_at,
            "sent_at": sent_at,
            "expires_at": sent_at + timedelta(days=INVITATION_DAYS),
        }
        for person in plan.people
        if person.is_invited
    ]
    if rows:
        session().execute(insert(Invitation), rows)


def _add_profiles(plan: NetworkPlan, people: Mapping[str, int]) -> None:
    day = today()
    offers = {people[person.who.email]: person for person in plan.people if person.profile}
    rows = [_profile_row(person_id, person, day) for person_id, person in offers.items()]
    added = session().execute(insert(CoachProfile).returning(CoachProfile.person_id, CoachProfile.id), rows)
    profile_ids = dict(added.all())
    session().execute(
        insert(CoachStrength),
        [
            {"profile_id": profile_ids[person_id], "theme": theme, "strength": strength}
            for person_id, person in offers.items()
            if person.profile
            for theme, strength in person.profile.strengths
        ],
    )


def _profile_row(person_id: int, person: PlannedPerson, day: date) -> dict[str, Any]:
    profile = person.profile
    if profile is None:
        raise ValueError(person)
    return {
        "person_id": person_id,
        "kinds": list(profile.kinds),
        "concepts": list(profile.concepts),
        "declared_boards": list(profile.declared_boards),
        "halfdays": list(profile.halfdays),
        "travel_limit": profile.travel_limit,
        "online": profile.online,
        "capacity": profile.capacity,
        "postcode": profile.postcode,
        "about": profile.about,
        "unavailable_from": day - timedelta(days=30) if person.is_away else None,
        "unavailable_until": day + timedelta(days=120) if person.is_away else None,
    }


def _add_round(plan: NetworkPlan, people: Mapping[str, int], *, earlier: bool) -> int:
    """The round with its requests; gives its id."""
    matching_round = MatchingRound(**(_earlier_round() if earlier else suggested_round()))
    session().add(matching_round)
    session().flush()
    asked = {
        people[person.who.email]: request
        for person in plan.people
        if (request := person.earlier_request if earlier else person.request)
    }
    _add_requests(matching_round, asked)
    return matching_round.id


def _earlier_round() -> dict[str, Any]:
    """The round before the open one, a year earlier; it ran from September to the summer."""
    year = suggested_round()["ends_on"].year - 2
    return {"name": f"{year}–{year + 1}", "starts_on": date(year, 9, 15), "ends_on": date(year + 1, 7, 31)}


def _add_requests(matching_round: MatchingRound, asked: Mapping[int, InventedRequest]) -> None:
    rows = [
        {
            "round_id": matching_round.id,
            "person_id": person_id,
            "question": request.question,
            "halfdays": list(request.halfdays),
            "travel_limit": request.travel_limit,
            "online": request.online,
            "sent_at": min(now(), _noon(matching_round.starts_on)),
        }
        for person_id, request in asked.items()
    ]
    added = session().execute(
        insert(CoachingRequest).returning(CoachingRequest.person_id, CoachingRequest.id), rows
    )
    request_ids = dict(added.all())
    session().execute(
        insert(RequestTheme),
        [
            {"request_id": request_ids[person_id], "theme": theme, "weight": weight}
            for person_id, request in asked.items()
            for theme, weight in request.themes
        ],
    )


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=now().tzinfo)


def _add_preferences(plan: NetworkPlan, people: Mapping[str, int]) -> None:
    rows = [
        {
            "person_id": people[preference.person],
            "other_id": people[preference.other],
            "as_coach": False,
            "wanted": preference.wanted,
        }
        for preference in plan.preferences
    ]
    if rows:
        session().execute(insert(Preference), rows)

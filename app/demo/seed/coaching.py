"""Profiles, the round of last year with its pairs, and the open round with its requests and wishes."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    MatchingRound,
    Preference,
    RequestTheme,
)
from app.coaching.services.rounds import suggested_round
from app.demo.plan import PlannedPerson
from app.demo.seed.calculation import calculate_open_round, publish_earlier_round
from app.demo.seed.seeding import IN_ONE_GO, Seeding
from app.demo.shape import InventedRequest
from app.kernel.clock import now, today
from tenants.session import session


def add_profiles(seeding: Seeding) -> None:
    """What the coaches offer."""
    day = today()
    offers = {seeding.people[person.who.email]: person for person in seeding.plan.people if person.profile}
    rows = [_profile_row(person_id, person, day) for person_id, person in offers.items()]
    added = session().execute(
        insert(CoachProfile).returning(CoachProfile.person_id, CoachProfile.id),
        rows,
        execution_options=IN_ONE_GO,
    )
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


def add_earlier_round(seeding: Seeding) -> None:
    """The round of last year: requests, and the pairs that were published."""
    asked = {
        seeding.people[person.who.email]: person.earlier_request
        for person in seeding.plan.people
        if person.earlier_request
    }
    publish_earlier_round(_add_round(_earlier_round(), asked))


def add_open_round(seeding: Seeding) -> None:
    """The round of now: requests and wishes, and where the plan says so a first proposal."""
    asked = {
        seeding.people[person.who.email]: person.request for person in seeding.plan.people if person.request
    }
    matching_round = _add_round(suggested_round(), asked)
    _add_preferences(seeding)
    if seeding.plan.is_calculated:
        calculate_open_round(matching_round)


def _earlier_round() -> dict[str, Any]:
    """The round before the open one, a year earlier; it ran from September to the summer."""
    year = suggested_round()["ends_on"].year - 2
    return {"name": f"{year}–{year + 1}", "starts_on": date(year, 9, 15), "ends_on": date(year + 1, 7, 31)}


def _add_round(rules: dict[str, Any], asked: Mapping[int, InventedRequest]) -> MatchingRound:
    """A round with the requests of these people."""
    matching_round = MatchingRound(**rules)
    session().add(matching_round)
    session().flush()
    _add_requests(matching_round, asked)
    return matching_round


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


def _add_preferences(seeding: Seeding) -> None:
    rows = [
        {
            "person_id": seeding.people[preference.person],
            "other_id": seeding.people[preference.other],
            "as_coach": False,
            "wanted": preference.wanted,
        }
        for preference in seeding.plan.preferences
    ]
    if rows:
        session().execute(insert(Preference), rows)

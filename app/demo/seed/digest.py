"""A network in 64 figures: the same seed gives the same, in whatever order and by however many networks are made."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    CoachStrength,
    MatchingRound,
    Preference,
    RequestTheme,
)
from app.expertise.models import ExpertiseItem, ExpertiseRecord
from app.intervision.models import GroupMember, IntervisionGroup, Participation
from app.organisation.models import Assignment, Person, School
from tenants.session import session


def digest_of_network() -> str:
    """SHA-256 over people, roles, requests, profiles, preferences, groups and expertise as they are in the database, without ids and dates."""
    lines = sorted(json.dumps(fact, ensure_ascii=False) for fact in _facts())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _facts() -> Iterator[tuple[Any, ...]]:
    people = select(
        Person.id, Person.email, Person.first_name, Person.infix, Person.last_name, Person.identity_id
    )
    email = {}
    for person_id, address, *names, identity_id in session().execute(people):
        email[person_id] = address
        yield "person", address, *names, identity_id is not None
    roles = select(Assignment.person_id, Assignment.role, School.code).outerjoin(
        School, School.id == Assignment.school_id
    )
    for person_id, role, school in session().execute(roles):
        yield "role", email[person_id], role, school
    yield from _requests(email)
    yield from _profiles(email)
    yield from _groups(email)
    yield from _records(email)
    for wish in session().scalars(select(Preference)):
        yield "preference", email[wish.person_id], email[wish.other_id], wish.as_coach, wish.wanted


def _requests(email: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    themes: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for theme in session().scalars(select(RequestTheme).order_by(RequestTheme.theme)):
        themes[theme.request_id].append((theme.theme, theme.weight))
    rounds = list(session().scalars(select(MatchingRound.id).order_by(MatchingRound.starts_on)))
    for request in session().scalars(select(CoachingRequest)):
        said = (request.question, request.halfdays, request.travel_limit, request.online)
        yield "request", rounds.index(request.round_id), email[request.person_id], *said, themes[request.id]


def _groups(email: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    """Who takes part in intervision, and who is in which group."""
    for answer in session().scalars(select(Participation)):
        said = (answer.takes_part, answer.halfdays, answer.themes, answer.experience)
        yield "participation", email[answer.person_id], *said
    rows = select(IntervisionGroup.name, GroupMember.person_id, GroupMember.left_at).join(
        IntervisionGroup, IntervisionGroup.id == GroupMember.group_id
    )
    for name, person_id, left_at in session().execute(rows):
        yield "member", email[person_id], name, left_at is not None


def _profiles(email: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    strengths: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for strength in session().scalars(select(CoachStrength).order_by(CoachStrength.theme)):
        strengths[strength.profile_id].append((strength.theme, strength.strength))
    for profile in session().scalars(select(CoachProfile)):
        offered = (
            profile.kinds, profile.concepts, profile.declared_boards, profile.halfdays, profile.travel_limit,
            profile.online, profile.capacity, profile.postcode, profile.about,
        )  # fmt: skip
        is_away = profile.unavailable_from is not None
        yield "profile", email[profile.person_id], *offered, is_away, strengths[profile.id]


def _records(email: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    """What each says that she knows, likes, learns and wants, added up by the database: there are very many."""
    record = ExpertiseRecord
    said = func.concat_ws(
        "|", ExpertiseItem.code, record.kind, cast(record.level, Text), record.visibility,
        cast(record.willing, Text), record.course_title, record.course_state, record.own_words,
    )  # fmt: skip
    rows = select(record.person_id, func.md5(func.string_agg(said, aggregate_order_by(literal("\n"), said))))
    rows = rows.join(ExpertiseItem, ExpertiseItem.id == record.item_id).group_by(record.person_id)
    for person_id, everything in session().execute(rows):
        yield "records", email[person_id], everything

"""Who sees which record: three visibilities and every role, as a truth table over the cast (DOMAIN 5)."""

import pytest
from sqlalchemy import select

from app.expertise.models import ExpertiseRecord, Visibility
from app.expertise.policy import (
    CONSULT,
    FIND_COLLEAGUES,
    KEEP_RECORDS,
    RUN_TAXONOMY,
    SEE_MAP,
    SEE_TEAM,
    SET_NEEDS,
)
from app.expertise.queries import opened_to, visible_to
from app.organisation.queries import actor_of
from tests.expertise.records import a_record

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")
AT_SCHOOL = {"ib", "coach", "colleague", "leader", "other_leader", "teacher"}
"""Joost, the coach, is an IB'er too."""
LEADERS_AND_IBS = AT_SCHOOL - {"teacher"}


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in EVERYBODY}


def test_each_permission_has_its_roles(actors):
    permissions = (
        KEEP_RECORDS, SEE_TEAM, SEE_MAP, SET_NEEDS, FIND_COLLEAGUES, CONSULT, RUN_TAXONOMY,
    )  # fmt: skip
    may = {one.name: {key for key, actor in actors.items() if actor.may(one)} for one in permissions}
    assert may == {
        "expertise.keep_records": AT_SCHOOL,
        "expertise.see_team": LEADERS_AND_IBS,
        "expertise.see_map": LEADERS_AND_IBS | {"coordinator"},
        "expertise.set_needs": {"leader", "other_leader"},
        "expertise.find_colleagues": AT_SCHOOL | {"coordinator"},
        "expertise.consult": AT_SCHOOL,
        "expertise.run_taxonomy": {"coordinator"},
    }


@pytest.mark.parametrize(
    ("visibility", "seen_by", "opened"),
    [
        (Visibility.PRIVATE, {"teacher"}, set()),
        (Visibility.SCHOOL, {"teacher", "ib", "leader"}, {"teacher", "ib", "leader"}),
        (Visibility.NETWORK, set(EVERYBODY), set(EVERYBODY)),
    ],
)
def test_a_record_of_a_teacher_is_seen_by(unit, cast, actors, visibility, seen_by, opened):
    a_record(cast["teacher"].person_id, visibility=visibility)

    def sees(rule):
        return {
            key
            for key, actor in actors.items()
            if unit.scalars(select(ExpertiseRecord.id).where(rule(actor))).all()
        }

    assert sees(visible_to) == seen_by
    assert sees(opened_to) == opened

"""Who sees what of seasons and groups, as truth tables over the cast: DOMAIN rule 5."""

import pytest

from app.intervision.models import SeasonPublication
from app.intervision.policy import JOIN_IN, RUN_SEASONS, SEE_SESSIONS
from app.intervision.queries import group_with
from app.intervision.services import drafts
from app.intervision.services.answers import save_answer_for, save_own_answer
from app.intervision.services.divisions import start_division, stop_division
from app.intervision.services.earlier_groups import forget_earlier_year
from app.intervision.services.membership import found_group
from app.intervision.services.publication import publish_groups
from app.intervision.services.reminders import remind_at_once
from app.intervision.services.seasons import plan_season
from app.kernel.errors import Forbidden, NotFound
from app.organisation.queries import actor_of
from tests.intervision.seasons import a_season, an_answer

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")
IBS = {"ib", "coach", "colleague"}
"""Joost is a coach and an IB'er."""


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in EVERYBODY}


@pytest.fixture
def group(unit, cast):
    """A draft group of Fatima and Marloes."""
    season = a_season()
    for who in ("ib", "colleague"):
        an_answer(season, cast[who].person_id)
    return found_group(season.id, "Groep 1", [cast["ib"].person_id, cast["colleague"].person_id])


def test_each_permission_has_its_roles(actors):
    may = {
        permission.name: {key for key, actor in actors.items() if actor.may(permission)}
        for permission in (RUN_SEASONS, SEE_SESSIONS, JOIN_IN)
    }
    assert may == {
        "intervision.run_seasons": {"coordinator"},
        "intervision.see_sessions": {"coordinator"} | IBS,
        "intervision.join_in": IBS,
    }


@pytest.mark.parametrize(
    ("is_known", "sees"), [(False, {"coordinator"}), (True, {"coordinator", "ib", "colleague"})]
)
def test_a_group_is_the_coordinators_until_it_is_known_and_then_its_members_too(
    unit, actors, group, is_known, sees
):
    if is_known:
        unit.add(SeasonPublication(season_id=group.season_id, by_id=0))
        unit.flush()

    def seen_by(actor):
        try:
            return group_with(actor, group.id) is group
        except NotFound:
            return False

    assert {key for key, actor in actors.items() if seen_by(actor)} == sees


@pytest.mark.parametrize(
    "verb",
    [
        lambda actor, group: plan_season(actor, group.season_id, {}),
        lambda actor, group: start_division(actor, group.season_id),
        lambda actor, group: stop_division(actor, group.season_id),
        lambda actor, group: publish_groups(actor, group.season_id),
        lambda actor, group: remind_at_once(actor, group.season_id),
        lambda actor, group: save_answer_for(actor, group.season_id, 1, {}),
        lambda actor, group: drafts.move_person(actor, group.season_id, 1, None),
        lambda actor, group: drafts.move_to_new_group(actor, group.season_id, 1),
        lambda actor, group: drafts.lock_group(actor, group.id),
        lambda actor, group: drafts.unlock_group(actor, group.id),
        lambda actor, group: drafts.rename_group(actor, group.id, "Mijn groep"),
        lambda actor, _group: forget_earlier_year(actor, 2024),
    ],
)
@pytest.mark.parametrize("who", [key for key in EVERYBODY if key != "coordinator"])
def test_only_the_coordinator_forms_groups(actors, group, verb, who):
    with pytest.raises(Forbidden):
        verb(actors[who], group)


@pytest.mark.parametrize("who", [key for key in EVERYBODY if key not in IBS])
def test_only_an_ib_answers_for_herself(actors, group, who):
    with pytest.raises(Forbidden):
        save_own_answer(actors[who], group.season_id, {})

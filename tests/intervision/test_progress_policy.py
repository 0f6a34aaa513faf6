"""Who sees how a season goes and changes known groups: the coordinator alone."""

import pytest

from app.intervision.policy import RUN_SEASONS
from app.intervision.queries.next_steps import next_steps_of, season_attention
from app.intervision.services.regrouping import let_join, let_leave, merge_groups, replace_member, split_group
from app.kernel.errors import Forbidden
from app.organisation.queries import actor_of
from tests.intervision.seasons import a_group, a_season, a_session
from tests.world import PEOPLE


@pytest.mark.parametrize("who", [key for key, *_rest in PEOPLE])
def test_only_the_coordinator_changes_groups(app, cast, who):
    with app.database.unit_of_work(cast.network, with_identities=True):
        actor = actor_of(cast[who].identity_id)
        group = a_group(a_season(), [cast["ib"].person_id, cast["colleague"].person_id])
        assert actor.may(RUN_SEASONS) == (who == "coordinator")
        if who == "coordinator":
            return
        person = cast["ib"].person_id
        for change in (
            lambda: let_leave(actor, group.id, person, "x", mended=False),
            lambda: let_join(actor, group.id, person, "x"),
            lambda: replace_member(actor, group.id, person, person, "x"),
            lambda: merge_groups(actor, group.id, group.id, "x"),
            lambda: split_group(actor, group.id, "x"),
        ):
            with pytest.raises(Forbidden):
                change()


def test_an_ib_finds_her_next_session_and_the_coordinator_her_groups(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        assert season_attention() is None
        group = a_group(a_season(smallest=3), [cast["ib"].person_id, cast["colleague"].person_id])
        session = a_session(group)
        assert next_steps_of(actor_of(cast["ib"].identity_id)).next_session.id == session.id
        assert next_steps_of(actor_of(cast["coach"].identity_id)).next_session is None
        attention = season_attention()
        assert (attention.groups, attention.at_risk) == (1, 1)

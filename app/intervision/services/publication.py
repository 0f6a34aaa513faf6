"""Make the groups of a season known: from then on their members see each other."""

from flask_babel import gettext as _

from app.intervision.models import SeasonPublication
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import groups_in, members_of
from app.intervision.season_facts import facts_of_season
from app.intervision.services.divisions import refuse_while_forming
from app.intervision.services.seasons import changeable_season
from app.intervision.violations import broken_rules
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict
from tenants.session import session


def publish_groups(actor: Actor, season_id: int) -> None:
    """Make every draft group known, and mail its members and who is left over. All of it, or nothing.

    Raises Conflict without groups, when one of them breaks a rule, or when somebody did this at the same moment.
    """
    actor.require(RUN_SEASONS)
    season = changeable_season(season_id)
    refuse_while_forming(season_id)
    groups = groups_in(season_id)
    if not groups:
        raise Conflict(_("There are no groups yet. Form them first."))
    facts = facts_of_season(season)
    members = members_of([group.id for group in groups])
    broken = [group.name for group in groups if broken_rules(facts, members[group.id])]
    if broken:
        raise Conflict(_("These groups break a rule. Mend them first: %(groups)s.", groups=", ".join(broken)))
    session().add(SeasonPublication(season_id=season_id, by_id=actor.person_id))
    session().flush()
    placed: set[int] = set()
    for group_id, people in members.items():
        placed.update(people)
        for person_id in people:
            enqueue("intervision.tell_group", group_id=group_id, person_id=person_id)
    for person_id in sorted(facts.by_id.keys() - placed):
        enqueue("intervision.tell_left_over", season_id=season_id, person_id=person_id)
    record(actor, "publish groups", "season", season_id)

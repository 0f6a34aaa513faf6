"""Change the draft groups by hand: move somebody, lock a group, give it a name."""

from flask_babel import gettext as _
from sqlalchemy import delete, select

from app.intervision.models import GroupLock, GroupMember, GroupSchool, IntervisionGroup, Season
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import group_with, members_of
from app.intervision.queries.division import is_locked, names_taken
from app.intervision.rule_words import breach_words
from app.intervision.season_facts import facts_of_season
from app.intervision.services.divisions import group_name, refuse_while_forming
from app.intervision.services.membership import add_member, found_group
from app.intervision.services.seasons import changeable_season
from app.intervision.violations import broken_rules
from app.intervision.what_if import obstacles_of_joining
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.errors import Conflict, Invalid, NotFound
from app.organisation.queries import names_by_id
from tenants.session import session


def move_person(actor: Actor, season_id: int, person_id: int, group_id: int | None) -> int | None:
    """Put somebody in a group, or in none; gives the group that she leaves.

    Raises Conflict with the rule that forbids it.
    """
    season = _draft_of(actor, season_id)
    if group_id is None:
        left = _take_out(season, person_id)
    else:
        target = _group_in(actor, season, group_id)
        _refuse_locked(target)
        _refuse_breaking_rules(season, target, person_id)
        left = _take_out(season, person_id)
        add_member(target, person_id)
    record(actor, "move in draft", "person", person_id)
    return left


def move_to_new_group(actor: Actor, season_id: int, person_id: int) -> int | None:
    """Begin a group with somebody; gives the group that she leaves."""
    season = _draft_of(actor, season_id)
    if person_id not in facts_of_season(season).by_id:
        raise NotFound
    left = _take_out(season, person_id)
    taken = names_taken(season_id)
    name = next(name for number in range(1, 10_000) if (name := group_name(number)) not in taken)
    found_group(season_id, name, [person_id])
    record(actor, "move in draft", "person", person_id)
    return left


def lock_group(actor: Actor, group_id: int) -> None:
    """Keep a group as it is when groups are formed anew. Raises Conflict for one that breaks a rule."""
    group, season = _draft_group(actor, group_id)
    if is_locked(group_id):
        return
    if broken_rules(facts_of_season(season), members_of([group_id])[group_id]):
        raise Conflict(_("%(group)s breaks a rule and can't be locked like this.", group=group.name))
    session().add(GroupLock(group_id=group_id, by_id=actor.person_id))
    record(actor, "lock group", "intervision_group", group_id)


def unlock_group(actor: Actor, group_id: int) -> None:
    """Let a group be formed anew with the others."""
    _draft_group(actor, group_id)
    session().execute(delete(GroupLock).where(GroupLock.group_id == group_id))
    record(actor, "unlock group", "intervision_group", group_id)


def rename_group(actor: Actor, group_id: int, name: str) -> None:
    """Give a group a name of its own. Raises Invalid for one that another has."""
    actor.require(RUN_SEASONS)
    group = group_with(actor, group_id)
    if name in names_taken(group.season_id, but=[group_id]):
        raise Invalid({"name": [_("There is a group with this name already.")]})
    group.name = name
    record(actor, "rename group", "intervision_group", group_id)


def _draft_of(actor: Actor, season_id: int) -> Season:
    actor.require(RUN_SEASONS)
    season = changeable_season(season_id)
    refuse_while_forming(season_id)
    return season


def _draft_group(actor: Actor, group_id: int) -> tuple[IntervisionGroup, Season]:
    actor.require(RUN_SEASONS)
    group = group_with(actor, group_id)
    return group, _draft_of(actor, group.season_id)


def _group_in(actor: Actor, season: Season, group_id: int) -> IntervisionGroup:
    group = group_with(actor, group_id)
    if group.season_id != season.id:
        raise NotFound
    return group


def _refuse_breaking_rules(season: Season, target: IntervisionGroup, person_id: int) -> None:
    facts = facts_of_season(season)
    if person_id not in facts.by_id:
        raise NotFound
    obstacles = obstacles_of_joining(facts, members_of([target.id])[target.id], person_id)
    if obstacles:
        names = {one: name.name for one, name in names_by_id(facts.by_id).items()}
        words = " ".join(breach_words(breach, names) for breach in obstacles)
        raise Conflict(_("This is not possible: %(why)s", why=words))


def _take_out(season: Season, person_id: int) -> int | None:
    """Take somebody out of her draft group without a trace: nobody knew of it. An empty group goes."""
    member = session().scalar(
        select(GroupMember).where(
            GroupMember.season_id == season.id,
            GroupMember.person_id == person_id,
            GroupMember.left_at.is_(None),
        )
    )
    if member is None:
        return None
    group = session().scalars(select(IntervisionGroup).where(IntervisionGroup.id == member.group_id)).one()
    _refuse_locked(group)
    session().execute(
        delete(GroupSchool).where(GroupSchool.group_id == group.id, GroupSchool.person_id == person_id)
    )
    session().delete(member)
    session().flush()
    if not members_of([group.id])[group.id]:
        session().delete(group)
        session().flush()
        return None
    return group.id


def _refuse_locked(group: IntervisionGroup) -> None:
    if is_locked(group.id):
        raise Conflict(_("%(group)s is locked. Unlock it first.", group=group.name))

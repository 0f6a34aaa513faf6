"""Groups: for who is in them once they are made known, and for the coordinator."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, true

from app.intervision.models import GroupMember, IntervisionGroup, SeasonPublication
from app.intervision.policy import RUN_SEASONS
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.errors import NotFound
from tenants.session import session


def is_published() -> ColumnElement[bool]:
    """Whether the season of a group was made known."""
    return exists().where(
        SeasonPublication.tenant_id == IntervisionGroup.tenant_id,
        SeasonPublication.season_id == IntervisionGroup.season_id,
    )


def has_member(person_id: int) -> ColumnElement[bool]:
    """Whether somebody is in a group now."""
    return exists().where(
        GroupMember.tenant_id == IntervisionGroup.tenant_id,
        GroupMember.group_id == IntervisionGroup.id,
        GroupMember.person_id == person_id,
        GroupMember.left_at.is_(None),
    )


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Which groups the actor may know of."""
    if actor.may(RUN_SEASONS):
        return true()
    return is_published() & has_member(actor.person_id)


def group_with(actor: Actor, group_id: int) -> IntervisionGroup:
    """A group that the actor may know of. Raises NotFound."""
    found = session().scalar(
        select(IntervisionGroup).where(IntervisionGroup.id == group_id, visible_to(actor))
    )
    if found is None:
        raise NotFound
    return found


def groups_in(season_id: int) -> Sequence[IntervisionGroup]:
    """The groups of a season that have not ended, by name: group 2 comes before group 10."""
    going_on = (IntervisionGroup.season_id == season_id) & IntervisionGroup.ended_at.is_(None)
    return sorted(session().scalars(select(IntervisionGroup).where(going_on)), key=_in_order)


def _in_order(group: IntervisionGroup) -> tuple[str, int, int]:
    """By name, in which a number at the end counts as a number."""
    words, _space, number = group.name.rpartition(" ")
    return (words, int(number), group.id) if number.isdecimal() else (group.name, 0, group.id)


def group_of(person_id: int, season_id: int) -> IntervisionGroup | None:
    """In which group of a season somebody is, once that is known."""
    mine = (IntervisionGroup.season_id == season_id) & is_published() & has_member(person_id)
    return session().scalar(select(IntervisionGroup).where(mine))


def members_of(group_ids: Collection[int]) -> dict[int, list[int]]:
    """Who is in each of these groups now: ids of people, by seat; also of groups without anybody."""
    rows = session().execute(
        select(GroupMember.group_id, GroupMember.person_id)
        .where(among(GroupMember.group_id, group_ids), GroupMember.left_at.is_(None))
        .order_by(GroupMember.group_id, GroupMember.seat)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for group_id, person_id in rows:
        found[group_id].append(person_id)
    return {group_id: found[group_id] for group_id in group_ids}


def founded_in(group_ids: Collection[int]) -> dict[int, datetime]:
    """Since when each of these groups is there: since its first members came."""
    rows = session().execute(
        select(GroupMember.group_id, func.min(GroupMember.since).label("since"))
        .where(GroupMember.group_id.in_(group_ids))
        .group_by(GroupMember.group_id)
    )
    return {row.group_id: row.since for row in rows}


def group_by_id(group_id: int) -> IntervisionGroup | None:
    """A group, for the system's own mails."""
    return session().scalar(select(IntervisionGroup).where(IntervisionGroup.id == group_id))

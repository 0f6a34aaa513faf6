"""Put people in a group and take them out, with the schools that they bring. The database judges who fits."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, insert, select

from app.intervision.models import GROUP_SIZES, GroupMember, GroupSchool, IntervisionGroup
from app.kernel.clock import now
from app.kernel.errors import Conflict
from app.organisation.queries import workplaces
from tenants.session import session


def found_group(season_id: int, name: str, people: Collection[int]) -> IntervisionGroup:
    """Make a group of these people, without telling anybody."""
    group = IntervisionGroup(season_id=season_id, name=name)
    session().add(group)
    session().flush()
    for person_id in people:
        add_member(group, person_id)
    return group


def found_groups(season_id: int, named: Sequence[tuple[str, Collection[int]]]) -> None:
    """Make many groups at once, without telling anybody: a name and people for each."""
    if not named:
        return
    groups = session().scalars(
        insert(IntervisionGroup).returning(IntervisionGroup.id, sort_by_parameter_order=True),
        [{"season_id": season_id, "name": name} for name, _people in named],
    )
    members = list(zip(groups.all(), (people for _name, people in named), strict=True))
    work = workplaces({person_id for _group, people in members for person_id in people})
    session().execute(
        insert(GroupMember),
        [
            {"season_id": season_id, "group_id": group_id, "person_id": person_id, "seat": seat}
            for group_id, people in members
            for seat, person_id in enumerate(people, start=1)
        ],
    )
    schools = [
        {"group_id": group_id, "school_id": school_id, "person_id": person_id}
        for group_id, people in members
        for person_id in people
        for school_id in sorted({place.school_id for place in work.get(person_id, []) if place.school_id})
    ]
    if schools:
        session().execute(insert(GroupSchool), schools)


def add_member(group: IntervisionGroup, person_id: int) -> GroupMember:
    """Put somebody in a group. Raises Conflict when it is full; the database refuses two of one school."""
    taken = set(
        session().scalars(
            select(GroupMember.seat).where(GroupMember.group_id == group.id, GroupMember.left_at.is_(None))
        )
    )
    free = [seat for seat in range(1, GROUP_SIZES[1] + 1) if seat not in taken]
    if not free:
        raise Conflict(_("A group has at most %(most)s people.", most=GROUP_SIZES[1]))
    member = GroupMember(season_id=group.season_id, group_id=group.id, person_id=person_id, seat=free[0])
    schools = {place.school_id for place in workplaces({person_id}).get(person_id, []) if place.school_id}
    session().add(member)
    session().add_all(
        GroupSchool(group_id=group.id, school_id=school_id, person_id=person_id)
        for school_id in sorted(schools)
    )
    session().flush()
    return member


def remove_member(group: IntervisionGroup, person_id: int) -> None:
    """Take somebody out of a group; that she was in it stays known."""
    member = session().scalar(
        select(GroupMember).where(
            GroupMember.group_id == group.id,
            GroupMember.person_id == person_id,
            GroupMember.left_at.is_(None),
        )
    )
    if member is None:
        return
    member.left_at = now()
    session().execute(
        delete(GroupSchool).where(GroupSchool.group_id == group.id, GroupSchool.person_id == person_id)
    )
    session().flush()

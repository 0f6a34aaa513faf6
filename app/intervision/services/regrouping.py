"""Change groups that are known: somebody leaves or comes, groups are merged or split. All of it, or nothing."""

from collections.abc import Collection, Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from app.intervision.models import GroupMember, IntervisionGroup, Season
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import DatedSession, group_with, groups_in, members_of, published_at, season_with
from app.intervision.queries.division import names_taken
from app.intervision.regrouping import (
    NEW_GROUP,
    Members,
    Plan,
    joining,
    leaving,
    mended_leaving,
    merging,
    replacing,
    splitting,
)
from app.intervision.season_facts import SeasonFacts, facts_of_season
from app.intervision.services.divisions import group_name
from app.intervision.services.lines import settle
from app.intervision.services.membership import add_member, found_group, remove_member
from app.intervision.services.regrouped_seats import (
    call_off_sessions,
    give_seats_back,
    sessions_to_come,
    take_seats,
)
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record, record_each
from app.kernel.clock import now
from app.kernel.errors import Conflict, NotFound
from tenants.session import session

SUBJECT = "intervision_group"


def changeable_group(actor: Actor, group_id: int) -> tuple[IntervisionGroup, SeasonFacts, Members]:
    """A known group, with the facts of its season and who is in which of its groups. Raises Conflict, NotFound."""
    group = group_with(actor, group_id)
    if published_at(group.season_id) is None:
        raise Conflict(_("This group is not known yet. You can still change it at the groups of the season."))
    if group.ended_at is not None:
        raise Conflict(_("This group has ended."))
    season = season_with(group.season_id)
    return group, facts_of_season(season), members_of([one.id for one in groups_in(season.id)])


def let_leave(actor: Actor, group_id: int, person_id: int, seen: str, *, mended: bool) -> None:
    """Somebody leaves her group, if wanted with the smallest change that keeps the groups large enough."""
    group, facts, members = _held(actor, group_id)
    _refuse_stranger(group_id, members[group_id], person_id)
    plan = (mended_leaving if mended else leaving)(facts, members, group_id, person_id)
    _carry_out(actor, group, plan, seen)
    record(actor, "take out of group", SUBJECT, group_id)


def let_join(actor: Actor, group_id: int, person_id: int, seen: str) -> None:
    """Somebody who takes part comes into a group, from another or from none."""
    group, facts, members = _held(actor, group_id)
    _refuse_absent(facts, members[group_id], person_id)
    _carry_out(actor, group, joining(facts, members, group_id, person_id), seen)
    record(actor, "put in group", SUBJECT, group_id)


def replace_member(actor: Actor, group_id: int, person_id: int, comer_id: int, seen: str) -> None:
    """Somebody leaves a group and somebody else comes in her place."""
    group, facts, members = _held(actor, group_id)
    _refuse_stranger(group_id, members[group_id], person_id)
    _refuse_absent(facts, members[group_id], comer_id)
    _carry_out(actor, group, replacing(facts, members, group_id, person_id, comer_id), seen)
    record(actor, "replace in group", SUBJECT, group_id)


def merge_groups(actor: Actor, group_id: int, other_id: int, seen: str) -> None:
    """A group goes up in another: its people go there, and its sessions to come are called off."""
    group, facts, members = _held(actor, group_id)
    if other_id == group_id or other_id not in members:
        raise Conflict(_("The groups have changed since you opened this page. Look again."))
    _carry_out(actor, group, merging(facts, members, group_id, other_id), seen)
    record(actor, "merge groups", SUBJECT, group_id)


def split_group(actor: Actor, group_id: int, seen: str) -> int:
    """A group becomes two; gives the id of the new one."""
    group, facts, members = _held(actor, group_id)
    founded = _carry_out(actor, group, splitting(facts, members, group_id), seen)
    record(actor, "split group", SUBJECT, group_id)
    return founded or group_id


def _held(actor: Actor, group_id: int) -> tuple[IntervisionGroup, SeasonFacts, Members]:
    """As `changeable_group`, while nobody else changes groups of this season."""
    actor.require(RUN_SEASONS)
    season = season_with(group_with(actor, group_id).season_id)
    session().refresh(season, with_for_update=True)
    session().expire_all()
    return changeable_group(actor, group_id)


def _refuse_stranger(group_id: int, people: Collection[int], person_id: int) -> None:
    """Raises Conflict for who has left the group, NotFound for who was never in it."""
    if person_id in people:
        return
    seat = (GroupMember.group_id == group_id) & (GroupMember.person_id == person_id)
    if session().scalar(select(GroupMember.id).where(seat).limit(1)) is None:
        raise NotFound
    raise Conflict(_("This person is not in the group any more. Look again."))


def _refuse_absent(facts: SeasonFacts, people: Collection[int], person_id: int) -> None:
    if person_id not in facts.by_id or person_id in people:
        raise Conflict(_("This person does not take part any more, or is in the group already. Look again."))


def _carry_out(actor: Actor, group: IntervisionGroup, plan: Plan | None, seen: str) -> int | None:
    """Do what the plan says, if it is what the coordinator saw; gives the id of a group that was founded."""
    if plan is None or plan.digest != seen:
        raise Conflict(_("The groups have changed since you opened this page. Look again."))
    if not plan.is_possible:
        raise Conflict(_("This would break a rule, so it was not done. Look again."))
    season = season_with(group.season_id)
    touched = {one.group_id for one in plan.after if one.group_id != NEW_GROUP}
    groups = {one.id: one for one in groups_in(season.id) if one.id in touched}
    to_come = sessions_to_come(sorted(touched), [move.person_id for move in plan.moves])
    _call_off_ended(actor, plan, groups, to_come)
    for move in plan.moves:
        if move.source is not None:
            remove_member(groups[move.source], move.person_id)
            if move.source not in plan.ended:
                give_seats_back(to_come[move.source], move.person_id)
    founded = _found(season, plan)
    for move in plan.moves:
        if move.target is not None and move.target != NEW_GROUP:
            add_member(groups[move.target], move.person_id)
            take_seats(to_come[move.target], move.person_id)
    for dated in (one for group_id in touched.difference(plan.ended) for one in to_come[group_id]):
        settle(dated)
    _tell(plan, founded)
    record_each(actor, "change group", "person", [move.person_id for move in plan.moves])
    return founded


def _call_off_ended(
    actor: Actor,
    plan: Plan,
    groups: Mapping[int, IntervisionGroup],
    to_come: Mapping[int, list[DatedSession]],
) -> None:
    for group_id in plan.ended:
        own = {move.person_id for move in plan.moves if move.source == group_id}
        for session_id, told in call_off_sessions(actor, to_come[group_id]).items():
            for guest in sorted(set(told) - own):
                enqueue("intervision.tell_guest_called_off", session_id=session_id, person_id=guest)
        groups[group_id].ended_at = now()


def _found(season: Season, plan: Plan) -> int | None:
    people = [move.person_id for move in plan.moves if move.target == NEW_GROUP]
    if not people:
        return None
    taken = names_taken(season.id)
    name = next(name for number in range(1, 10_000) if (name := group_name(number)) not in taken)
    return found_group(season.id, name, people).id


def _tell(plan: Plan, founded: int | None) -> None:
    """Mail who goes, who comes, and who sees others come or go."""
    at = int(now().timestamp())
    moved = {move.person_id for move in plan.moves}
    for move in plan.moves:
        target = founded if move.target == NEW_GROUP else move.target
        if target is not None:
            enqueue("intervision.tell_other_group", group_id=target, person_id=move.person_id, at=at)
        elif move.source is not None:
            enqueue("intervision.tell_left_group", group_id=move.source, person_id=move.person_id, at=at)
    for group in plan.after:
        for person_id in group.people:
            if person_id not in moved:
                enqueue("intervision.tell_group_changed", group_id=group.group_id, person_id=person_id, at=at)

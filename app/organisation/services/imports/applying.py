"""Apply a list: judge it once more, and when that is what was shown, do it as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from app.jobs.progress import finish_work
from app.kernel.actor import Actor
from app.kernel.audit import record, record_each
from app.kernel.clock import now
from app.organisation.importing import Check, PersonPlan
from app.organisation.models import Assignment, Person
from app.organisation.queries.people import SUBJECT as PERSON
from app.organisation.services.imports.effects import (
    PERSON_FIELDS,
    ChangedPerson,
    ChangedRole,
    Effects,
    GivenRole,
    days,
)
from app.organisation.services.imports.judging import Report, list_to_judge, locked_import, note_judgement
from app.organisation.services.imports.rows import add_rows, change_people, change_roles, lock_people
from app.organisation.services.imports.starting import SUBJECT

JUDGING_TAKES, PEOPLE_TAKE = 0.6, 0.2
"""Parts of the time, for the bar."""
BATCH = 1000
"""So many rows go in at once: between two batches it is told how far it is, and cancel is heard."""


def apply_import(work_id: int, check: Check, report: Report) -> None:
    """Do what the preview showed, and end the work; a second time changes nothing.

    When the list means something else by now, because the network changed or another day began, nothing is done but
    keeping what it means now: the coordinator looks at that first.
    """
    work, row = locked_import(work_id)
    if work.has_ended or row.applied_at:
        return
    report("reading", 0.0)
    lock_people()
    judgement = list_to_judge(row).judged(check, lambda done: report("judging", JUDGING_TAKES * done))
    if judgement.digest != row.digest:
        note_judgement(row, judgement)
        row.overtaken_at = now()
    else:
        actor = Actor(work.person_id, "", frozenset())
        row.effects = _done(actor, judgement.plans, report).as_text()
        row.applied_at, row.overtaken_at = now(), None
        record(actor, "apply list of people", SUBJECT, row.id)
    finish_work(work)


def _done(actor: Actor, plans: Sequence[PersonPlan], report: Report) -> Effects:
    """Changes first: what ends makes room for what begins."""
    changed_people = [
        ChangedPerson(plan.known.id, {name: getattr(plan.known, name) for name in PERSON_FIELDS}, plan.fields)
        for plan in plans
        if plan.known and plan.changes_person
    ]
    change_people({change.id: change.after for change in changed_people})
    changed_roles = _change_roles(plans)
    ids = _add_people([plan for plan in plans if plan.known is None], report)
    person_ids = [plan.known.id if plan.known else next(ids) for plan in plans]
    new_roles = _add_roles(plans, person_ids, report)
    effects = Effects(
        {
            person_id: plan.fields
            for plan, person_id in zip(plans, person_ids, strict=True)
            if plan.known is None
        },
        changed_people,
        new_roles,
        changed_roles,
    )
    _record(actor, effects)
    return effects


def _change_roles(plans: Sequence[PersonPlan]) -> list[ChangedRole]:
    changes = [(plan.known.id, change) for plan in plans if plan.known for change in plan.changed]
    change_roles({change.known.id: (change.since, change.until) for _person, change in changes})
    return [
        ChangedRole(
            change.known.id,
            person_id,
            days(change.known.since, change.known.until),
            days(change.since, change.until),
        )
        for person_id, change in changes
    ]


def _add_people(plans: Sequence[PersonPlan], report: Report) -> Iterator[int]:
    added: list[int] = []
    for start in range(0, len(plans), BATCH):
        report("people", JUDGING_TAKES + PEOPLE_TAKE * start / len(plans))
        added += add_rows(Person, [plan.fields for plan in plans[start : start + BATCH]])
    return iter(added)


def _add_roles(plans: Sequence[PersonPlan], person_ids: Sequence[int], report: Report) -> list[GivenRole]:
    given = [
        {"person_id": person_id, **asdict(new)}
        for plan, person_id in zip(plans, person_ids, strict=True)
        for new in plan.added
    ]
    ids: list[int] = []
    for start in range(0, len(given), BATCH):
        report("roles", JUDGING_TAKES + PEOPLE_TAKE + PEOPLE_TAKE * start / len(given))
        ids += add_rows(Assignment, given[start : start + BATCH])
    return [
        GivenRole(role_id, one["person_id"], *days(one["since"], one["until"]))
        for role_id, one in zip(ids, given, strict=True)
    ]


def _record(actor: Actor, effects: Effects) -> None:
    """The trail of each person says the same as when it is done by hand."""
    ended = {role.id for role in effects.changed_roles if role.before[1] != role.after[1] and role.after[1]}
    for action, person_ids in (
        ("add person", list(effects.new_people)),
        ("edit person", [change.id for change in effects.changed_people]),
        ("add role", [role.person_id for role in effects.new_roles]),
        ("end role", [role.person_id for role in effects.changed_roles if role.id in ended]),
        ("change role", [role.person_id for role in effects.changed_roles if role.id not in ended]),
    ):
        record_each(actor, action, PERSON, person_ids)

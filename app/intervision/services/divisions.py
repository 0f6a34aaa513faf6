"""Form the groups of a season: start it, do it outside a transaction, keep what came out."""

import time
from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import delete

from app.intervision.grouping import ENGINE_VERSION, Progress, Result, Standing, Stop, solve
from app.intervision.models import Division, IntervisionGroup, Season
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import groups_in, members_of, published_at, season_with
from app.intervision.queries.division import locked_in, names_taken
from app.intervision.season_facts import SeasonFacts, facts_of_season
from app.intervision.services.membership import found_groups
from app.intervision.services.seasons import changeable_season
from app.intervision.violations import broken_rules
from app.jobs.models import LongWork
from app.jobs.progress import Cancelled, cancel_work, finish_work, start_work, work_on
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict
from tenants.context import current_network_id
from tenants.session import session

FORMING = "intervision.form_groups"


def start_division(actor: Actor, season_id: int) -> int:
    """Queue the forming of groups; gives the id of the work. Raises Conflict, with a way out, when it could not succeed."""
    actor.require(RUN_SEASONS)
    season = changeable_season(season_id)
    facts = facts_of_season(season)
    if len(facts.people) < season.smallest:
        raise Conflict(
            _(
                "%(count)s IB'ers take part, and a group has at least %(least)s. Wait for more answers, or make the "
                "smallest group smaller.",
                count=len(facts.people),
                least=season.smallest,
            )
        )
    _refuse_broken_locks(season, facts)
    record(actor, "form groups", "season", season_id)
    return start_work(actor, FORMING, season_id)


def stop_division(actor: Actor, season_id: int) -> None:
    """Stop looking for better groups: the best so far are kept."""
    actor.require(RUN_SEASONS)
    season_with(season_id)
    cancel_work(FORMING, season_id)


def refuse_while_forming(season_id: int) -> None:
    """Raise Conflict while groups are being formed: what is changed by hand would be lost."""
    work = work_on(FORMING, season_id)
    if work and not work.has_ended:
        raise Conflict(_("Groups are being formed at this moment. Wait until that is done, or stop it."))


def read_season_work(work_id: int) -> tuple[LongWork, SeasonFacts]:
    """For the job: what to divide, as it is at this moment."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    return work, facts_of_season(season_with(work.subject_id))


def divide(facts: SeasonFacts, report: Callable[[str, float], None]) -> tuple[Result, float]:
    """The best groups for these facts, with the seconds it took; when somebody stops it, the best so far."""
    started = time.perf_counter()
    return solve(facts.task, progress=_telling(report)), time.perf_counter() - started


def keep_division(work_id: int, facts: SeasonFacts, result: Result, seconds: float) -> None:
    """Keep a calculation, make its groups the draft, and end its work, in one transaction; twice changes nothing.

    When something changed meanwhile the calculation is kept and the draft stays as it was: the page says so. Of a
    season whose groups were made known meanwhile nothing is kept.
    """
    work = session().get_one(LongWork, (current_network_id(), work_id))
    if work.has_ended:
        return
    season = season_with(work.subject_id)
    session().refresh(season, with_for_update=True)
    if published_at(season.id):
        finish_work(work)
        return
    document = result.as_document()
    locked = set(facts.locked)
    session().add(
        Division(
            season_id=season.id,
            work_id=work.id,
            by_id=work.person_id,
            calculated_at=now(),
            engine_version=ENGINE_VERSION,
            input_hash=facts.digest,
            status=result.status.value,
            value=result.value,
            upper_bound=result.upper_bound,
            iterations=result.iterations,
            seconds=round(seconds, 3),
            groups=[{**one, "locked": tuple(one["people"]) in locked} for one in document["groups"]],
            unplaced=document["unplaced"],
        )
    )
    current = facts_of_season(season)
    if (current.digest, current.locked) == (facts.digest, facts.locked):
        _replace_groups(season, result, locked)
    finish_work(work)


def _telling(report: Callable[[str, float], None]) -> Progress:
    """Tell how far the work is, as best and bound; who presses stop has the best so far."""

    def tell(standing: Standing) -> None:
        try:
            report(f"{standing.best}/{standing.bound}", 0.0)
        except Cancelled as error:
            raise Stop from error

    return tell


def _replace_groups(season: Season, result: Result, locked: set[tuple[str, ...]]) -> None:
    """The groups that were calculated instead of those that are not locked."""
    kept = locked_in(season.id)
    old = [group.id for group in groups_in(season.id) if group.id not in kept]
    session().execute(delete(IntervisionGroup).where(IntervisionGroup.id.in_(old)))
    session().expire_all()
    taken = names_taken(season.id)
    free = (name for number in range(1, 10_000) if (name := group_name(number)) not in taken)
    found_groups(
        season.id,
        [
            (next(free), [int(person) for person in group.people])
            for group in result.groups
            if tuple(sorted(group.people)) not in locked
        ],
    )


def group_name(number: int) -> str:
    """What a group is called until somebody gives it another name. Dutch: its members read it, whoever made it."""
    return f"Groep {number}"


def _refuse_broken_locks(season: Season, facts: SeasonFacts) -> None:
    """A locked group may have become impossible since: raises Conflict that says which."""
    locked = locked_in(season.id)
    groups = [group for group in groups_in(season.id) if group.id in locked]
    members = members_of([group.id for group in groups])
    broken = [group.name for group in groups if broken_rules(facts, members[group.id])]
    if broken:
        raise Conflict(
            _(
                "These locked groups are not possible any more. Unlock them first: %(groups)s.",
                groups=", ".join(broken),
            )
        )

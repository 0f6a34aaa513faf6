"""What a network has after some weeks of use: proposals, a list of people that was sent and one that was applied.

Made in the copy, so that every page has something to show, and of the same kind in each network: where one has a thing
that another lacks, its page asks other questions.
"""

from dataclasses import replace

from sqlalchemy import select, text

from app.coaching.further import look_further
from app.coaching.queries import open_round
from app.coaching.queries.explanations import proposals_in
from app.coaching.round_facts import possible_coaches
from app.coaching.services.proposals import CALCULATION, calculate, keep_further, keep_proposal, read_work
from app.identity.services import add_operator
from app.jobs.models import LongWork
from app.kernel.actor import SYSTEM
from app.kernel.clock import today
from app.kernel.tables import read_table
from app.organisation.jobs import import_handlers
from app.organisation.models import School
from app.organisation.queries import PeopleFilter
from app.organisation.queries.inviting import Choice
from app.organisation.register import Register, shipped
from app.organisation.register.duo import Taken
from app.organisation.register.schools import packed
from app.organisation.services.imports.starting import start_application, start_import
from app.organisation.services.mailings import start_mailing
from app.organisation.services.register import Consent, keep_edition, take_into_use
from app.pipeline import Application
from tenants.context import Network
from tenants.session import session
from tests.benchmarks.people_file import people_file

OPERATOR = "operator@benchmark.example"
STAFF_OF_SCHOOL = 13
APPLIED_ROWS = 50
PROPOSALS = 2


def prepare_platform(app: Application) -> None:
    """Make an operator, and two editions of the register: one in use, and a later one to look at."""
    with app.app_context(), app.database.global_unit():
        add_operator(OPERATOR)
        take_into_use(None, _edition(renames=100), Consent())
        _edition(renames=50)


def prepare(app: Application, network: Network) -> None:
    """Make what is missing in one network."""
    with app.app_context(), app.database.unit_of_work(network):
        _propose()
        _release()
        _plan_mailing()
    applied = send_list(app, network, APPLIED_ROWS, seed=1)
    apply_list(app, network, applied)
    with app.database.unit_of_work(network, read_only=True):
        staff = STAFF_OF_SCHOOL * len(_schools())
    send_list(app, network, staff, seed=2)


def send_list(app: Application, network: Network, rows: int, *, seed: int) -> int:
    """Send an invented list of people and have it judged; gives the id of the import."""
    with app.app_context(), app.database.unit_of_work(network):
        table = read_table(people_file(_schools(), rows, seed))
        import_id = start_import(SYSTEM, "mensen.csv", table, ends_missing=False, language="nl")
    _work_on_import(app, network, import_id)
    return import_id


def apply_list(app: Application, network: Network, import_id: int) -> None:
    """Apply a list that was judged."""
    with app.app_context(), app.database.unit_of_work(network):
        start_application(SYSTEM, import_id, without_wrong=True)
    _work_on_import(app, network, import_id)


def _edition(*, renames: int) -> int:
    """An edition in which one in so many schools has another name."""
    schools = [
        replace(school, name="De Nieuwe Naam") if number % renames == 0 else school
        for number, school in enumerate(shipped().schools)
    ]
    content = packed(schools)
    return keep_edition(None, Taken(Register.of(today(), content), content, ()), b"")


def _propose() -> None:
    """Two proposals of the open round, so that there is something to compare."""
    current = open_round()
    for _ in range(PROPOSALS - len(proposals_in(current.id)) if current else 0):
        propose()


def _release() -> None:
    """A line of each agreement that the school leader may see."""
    session().execute(
        text("""
            INSERT INTO release (tenant_id, trajectory_id, line_id)
            SELECT tenant_id, trajectory_id, min(id) FROM agreement_line GROUP BY tenant_id, trajectory_id
            ON CONFLICT DO NOTHING""")
    )


def propose() -> None:
    """Calculate a proposal of the open round and keep it with all that belongs to it, as the worker does."""
    current = open_round()
    if current is None:
        return
    work = LongWork(kind=CALCULATION, subject_id=current.id, person_id=0)
    session().add(work)
    session().flush()
    _, facts = read_work(work.id)
    judgement, result, seconds = calculate(facts, lambda _stage, _done: None)
    further = look_further(facts, possible_coaches(facts), judgement, result, lambda _stage, _done: None)
    keep_proposal(work.id, facts, judgement, result, seconds)
    keep_further(work.id, further)


def _plan_mailing() -> None:
    """A mailing that has been sent to a few people who were not invited before."""
    waiting = session().scalars(
        text("SELECT id FROM person WHERE identity_id IS NULL AND email IS NOT NULL ORDER BY id DESC LIMIT 3")
    )
    start_mailing(SYSTEM, Choice(PeopleFilter(), tuple(waiting)), reminds=True, planned_on=None)


def _work_on_import(app: Application, network: Network, import_id: int) -> None:
    """What the worker would do, here: the job stays in the queue of the copy."""
    (handler, _forget) = import_handlers(app.settings, app.database)
    latest = select(LongWork.id).where(LongWork.subject_id == import_id).order_by(LongWork.id.desc()).limit(1)
    with app.database.unit_of_work(network):
        work_id = session().scalar(latest)
    with app.app_context():
        handler.work(network, work_id=work_id)


def _schools() -> list[tuple[str, str]]:
    return [
        (code, name)
        for code, name in session().execute(select(School.code, School.name).order_by(School.code))
    ]

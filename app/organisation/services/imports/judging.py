"""Judge a list against the network as it is, and keep what came out."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from app.jobs.models import LongWork
from app.jobs.progress import finish_work
from app.organisation.importing import Check, Judgement, NetworkFacts, RowReader, SchoolFinder, judge
from app.organisation.models import PeopleImport
from app.organisation.queries.imports import ColumnChoice, Sheet, choice_of, network_facts, sheet_of
from tenants.context import current_network_id
from tenants.session import session

Report = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class ListToJudge:
    """All that judging needs: it then touches no database."""

    sheet: Sheet
    choice: ColumnChoice
    ends_missing: bool
    facts: NetworkFacts

    def judged(self, check: Check, progress: Callable[[float], None]) -> Judgement:
        """What the list would do to the network; `check` says what is wrong with the values of a row."""
        school = next((one for one in self.facts.schools if one.id == self.choice.school_id), None)
        reader = RowReader(
            self.choice.columns, SchoolFinder(self.facts.schools), check, self.choice.role, school
        )
        return judge(self.sheet.rows, reader, self.facts, ends_missing=self.ends_missing, progress=progress)


def read_import_work(work_id: int) -> tuple[LongWork, PeopleImport]:
    """For the job: its work, and the import that it is about."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    return work, session().get_one(PeopleImport, (current_network_id(), work.subject_id))


def list_to_judge(row: PeopleImport) -> ListToJudge:
    """The list with the network as it is at this moment."""
    return ListToJudge(sheet_of(row), choice_of(row), row.ends_missing, network_facts())


def keep_judgement(work_id: int, judgement: Judgement) -> None:
    """Keep what a list would do, for the preview, and end the work; a second time changes nothing."""
    work, row = locked_import(work_id)
    if work.has_ended or row.applied_at:
        return
    note_judgement(row, judgement)
    finish_work(work)


def note_judgement(row: PeopleImport, judgement: Judgement) -> None:
    """Keep the judged rows with the import."""
    row.counts, row.digest, row.entries = judgement.counts, judgement.digest, judgement.document


def locked_import(work_id: int) -> tuple[LongWork, PeopleImport]:
    """The work and its import, which nobody else changes before this transaction ends."""
    work = session().get_one(LongWork, (current_network_id(), work_id))
    locked = select(PeopleImport).where(PeopleImport.id == work.subject_id).with_for_update()
    return work, session().scalars(locked).one()

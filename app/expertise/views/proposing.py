"""Propose records to the team: one by hand, or many from a list."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.import_words import STATES, fault_words
from app.expertise.importing import RowState
from app.expertise.labels import COURSE_STATES, KINDS, LEVELS
from app.expertise.policy import SEE_TEAM
from app.expertise.queries.record_imports import import_with, judged_list, latest_imports
from app.expertise.queries.teams import team_members, team_school, waiting_count
from app.expertise.schemas.proposing import (
    ApplicationSchema,
    FileKindSchema,
    ForWhomSchema,
    ProposalSchema,
)
from app.expertise.services import record_imports as services
from app.expertise.services.proposing import propose_record
from app.expertise.views import team_page as pages
from app.expertise.views.blueprint import blueprint
from app.kernel.errors import Invalid, NotFound
from app.kernel.tables import UnreadableTable, read_table, write_csv, write_xlsx
from app.web.forms import read_form, read_query, read_upload
from app.web.guard import acting, requires
from app.web.tables import ACCEPT, download
from app.web.tables import fault_words as fault_of_file

EXAMPLE = (
    (
        "Naam", "E-mailadres", "Onderwerp", "Soort", "Niveau", "Cursus", "Aanbieder", "Stand", "Begin", "Einde",
    ),
    (
        (
            "Bram Willems", "b.willems@dewilgen.example", "Dyslexie", "cursus", "", "Dyslexie in de klas",
            "Academie Waterland", "loopt", "1-9-2026", "31-1-2027",
        ),
        ("Fatima el Amrani", "", "Spelling", "expertise", "3", "", "", "", "", ""),
        ("Bram Willems", "", "Rekengesprekken", "ambitie", "", "", "", "", "", ""),
    ),
)  # fmt: skip
"""The file to begin from; its words are Dutch in each language."""


@blueprint.get("/team/<int:school_id>/voorstellen")
@requires(SEE_TEAM)
def show_team_proposals(school_id: int) -> ResponseReturnValue:
    """How many proposals wait, and the ways to make them."""
    return _start_page(school_id, {})


@blueprint.get("/team/<int:school_id>/voorstellen/nieuw")
@requires(SEE_TEAM)
def new_proposal(school_id: int) -> ResponseReturnValue:
    """A record for somebody of the team."""
    return _form(school_id, {"person_id": read_query(ForWhomSchema())["persoon"] or ""}, {})


@blueprint.post("/team/<int:school_id>/voorstellen")
@requires(SEE_TEAM)
def create_proposal(school_id: int) -> ResponseReturnValue:
    """Propose a record."""
    people = {person.id: person.name for person in team_members(acting(), school_id)}
    try:
        data = read_form(ProposalSchema())
        propose_record(acting(), school_id, data)
    except Invalid as wrong:
        return _form(school_id, request.form, wrong.fields), 422
    flash(
        _(
            "Proposed. Only %(name)s sees it, under My expertise, and decides. What %(name)s has already or did not want stays as it is.",
            name=people[data["person_id"]],
        ),
        "good",
    )
    return redirect(url_for("expertise.show_team_proposals", school_id=school_id))


@blueprint.post("/team/<int:school_id>/imports")
@requires(SEE_TEAM, takes_file=True)
def create_record_import(school_id: int) -> ResponseReturnValue:
    """Take a list in, and show what it means."""
    team_school(acting(), school_id)
    try:
        upload = read_upload("file")
        table = read_table(upload.content, limits=services.LIST_LIMITS)
        import_id = services.start_import(acting(), school_id, upload.name, table)
    except Invalid as wrong:
        return _start_page(school_id, wrong.fields), 422
    except UnreadableTable as error:
        return _start_page(school_id, {"file": [fault_of_file(error, services.LIST_LIMITS)]}), 422
    return redirect(url_for("expertise.show_record_import", school_id=school_id, import_id=import_id))


@blueprint.get("/team/<int:school_id>/imports/voorbeeld")
@requires(SEE_TEAM)
def show_record_import_example(school_id: int) -> ResponseReturnValue:
    """A file to begin from."""
    team_school(acting(), school_id)
    return download(write_xlsx(*EXAMPLE, "Team"), "voorstellen.xlsx")


@blueprint.get("/team/<int:school_id>/imports/<int:import_id>")
@requires(SEE_TEAM)
def show_record_import(school_id: int, import_id: int) -> ResponseReturnValue:
    """What the list means: which rows are new, there already, or wrong and why."""
    row = import_with(acting(), school_id, import_id)
    judged = judged_list(row)
    return render_template(
        "expertise/record_import.html",
        school=team_school(acting(), school_id),
        row=row,
        groups=[(state, STATES[state], judged.in_state(state)) for state in RowState],
        states=RowState,
        fault_words=fault_words,
        kinds=KINDS,
        shown=pages.SHOWN_ROWS,
    )


@blueprint.get("/team/<int:school_id>/imports/<int:import_id>/foute-rijen")
@requires(SEE_TEAM)
def show_wrong_records(school_id: int, import_id: int) -> ResponseReturnValue:
    """The wrong rows as a file, to mend and send again."""
    judged = judged_list(import_with(acting(), school_id, import_id))
    wrong = judged.in_state(RowState.WRONG)
    if not wrong:
        raise NotFound
    columns = (*judged.columns, "Rij", "Wat er niet klopt")
    rows = [
        (*entry.cells, str(entry.number), " ".join(fault_words(fault) for fault in entry.faults))
        for entry in wrong
    ]
    if read_query(FileKindSchema())["als"] == "csv":
        return download(write_csv(columns, rows), "foute-rijen.csv")
    return download(write_xlsx(columns, rows, "Foute rijen"), "foute-rijen.xlsx")


@blueprint.post("/team/<int:school_id>/imports/<int:import_id>/toepassing")
@requires(SEE_TEAM)
def create_record_import_application(school_id: int, import_id: int) -> ResponseReturnValue:
    """Propose the rows of a list, as a whole."""
    count = services.apply_import(acting(), school_id, import_id, **read_form(ApplicationSchema()))
    flash(
        ngettext(
            "%(num)s record was proposed. Only whom it is about sees it, and decides.",
            "%(num)s records were proposed. Only whom they are about see them, and decide.",
            count,
        ),
        "good",
    )
    return redirect(url_for("expertise.show_team_proposals", school_id=school_id))


def _start_page(school_id: int, errors: Any) -> str:
    school = team_school(acting(), school_id)
    return render_template(
        "expertise/team_proposals.html",
        school=school,
        waiting=waiting_count(acting(), school_id),
        imports=latest_imports(acting(), school_id),
        accept=ACCEPT,
        most=services.LIST_LIMITS.rows,
        days=services.KEPT.days,
        errors=errors,
    )


def _form(school_id: int, values: Any, errors: Any) -> str:
    return render_template(
        "expertise/proposal_form.html",
        school=team_school(acting(), school_id),
        people=[(person.id, person.name) for person in team_members(acting(), school_id)],
        items=pages.item_options(),
        kinds=KINDS,
        levels=LEVELS,
        course_states=COURSE_STATES,
        values=values,
        errors=errors,
    )

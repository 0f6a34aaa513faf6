"""The team of a school: who can do what, who learns what, and whom to ask."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.expertise.labels import LEVELS
from app.expertise.models import CourseState, RecordKind
from app.expertise.policy import SEE_TEAM
from app.expertise.queries import taxonomy
from app.expertise.queries.teams import team_of, team_schools, waiting_count
from app.expertise.schemas.proposing import FileKindSchema, TeamMatrixSchema
from app.expertise.views import team_page as pages
from app.expertise.views.blueprint import blueprint
from app.expertise.views.map_page import tabs
from app.kernel.errors import NotFound
from app.kernel.tables import write_csv, write_xlsx
from app.web.forms import read_query
from app.web.guard import acting, requires
from app.web.tables import download


@blueprint.get("/team")
@requires(SEE_TEAM)
def index_teams() -> ResponseReturnValue:
    """The team of the school; who works at more of them chooses."""
    schools = team_schools(acting())
    if not schools:
        raise NotFound
    if len(schools) == 1:
        return redirect(url_for("expertise.show_team", school_id=schools[0].id))
    return render_template("expertise/teams.html", tabs=tabs(), schools=schools)


@blueprint.get("/team/<int:school_id>")
@requires(SEE_TEAM)
def show_team(school_id: int) -> ResponseReturnValue:
    """What the team lacks and learns, who helps with what, and what each opened."""
    team = team_of(acting(), school_id)
    return render_template(
        "expertise/team.html",
        school=team.school,
        tabs=tabs("expertise.index_teams"),
        rows=pages.rows_of(team),
        helpers=pages.helpers_of(team),
        running=team.courses(CourseState.RUNNING),
        planned=team.courses(CourseState.PLANNED),
        fits=team.fits(),
        course_words=pages.course_words,
        fit_words=pages.fit_words,
        coming_words=pages.coming_words,
        kinds=RecordKind,
        waiting=waiting_count(acting(), school_id),
    )


@blueprint.get("/team/<int:school_id>/matrix")
@requires(SEE_TEAM)
def show_team_matrix(school_id: int) -> ResponseReturnValue:
    """People by domain; with `domein`, by its items."""
    team = team_of(acting(), school_id)
    known, chosen = taxonomy(), read_query(TeamMatrixSchema())["domein"]
    domain = next((one for one in known.domains if one.id == chosen), None)
    return render_template(
        "expertise/team_matrix.html",
        school=team.school,
        domain=domain,
        domains=[(one.id, one.name) for one in known.domains],
        columns=pages.matrix_columns(domain),
        rows=[(one.person.name, pages.matrix_cells(one, domain)) for one in team.colleagues],
        levels=LEVELS,
        marks=pages.MARKS,
    )


@blueprint.get("/team/<int:school_id>/lijst")
@requires(SEE_TEAM)
def show_team_list(school_id: int) -> ResponseReturnValue:
    """What the team opened, as a file."""
    kind = read_query(FileKindSchema())["als"]
    rows = pages.export_of(team_of(acting(), school_id))
    if kind == "csv":
        return download(write_csv(pages.EXPORTED, rows), "team.csv")
    return download(write_xlsx(pages.EXPORTED, rows, "Team"), "team.xlsx")

"""The expertise map: which school can do what, as a page and as a file."""

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise.policy import SEE_MAP, SET_NEEDS
from app.expertise.queries import taxonomy
from app.expertise.queries.map_schools import MapSchool, led_schools
from app.expertise.schemas import MapSchema
from app.expertise.views.attention_page import Attention
from app.expertise.views.blueprint import blueprint
from app.expertise.views.heat_rows import HeatMap
from app.expertise.views.map_page import domain_asked, tabs
from app.kernel.clock import school_year, today
from app.kernel.tables import write_xlsx
from app.organisation import labels
from app.web.forms import read_query
from app.web.guard import acting, requires
from app.web.paging import page_of
from app.web.tables import download

ON_PAGE = 25
ON_TOP = 3
YEARS_BACK = 5


@blueprint.get("/expertisekaart")
@requires(SEE_MAP)
def show_map() -> ResponseReturnValue:
    """Schools by domain, or by the items of one; on top what asks for attention."""
    asked = read_query(MapSchema())
    heat = _heat(asked)
    attention = Attention(heat)
    page = page_of(heat.schools, asked["after"], ON_PAGE)
    led = led_schools(acting()) if acting().may(SET_NEEDS) else frozenset[int]()
    return render_template(
        "expertise/map.html",
        tabs=tabs(),
        heat=heat,
        rows=heat.rows(page.items),
        page=page,
        attention=attention,
        urgent=attention.most_urgent(ON_TOP),
        asked=asked,
        needs_urls=[url_for("expertise.edit_needs", school_id=school_id) for school_id in sorted(led)],
        file_url=url_for("expertise.show_map_file", **heat.asked),
        domains=[(domain.id, domain.name) for domain in heat.taxonomy.domains],
        boards=_boards(heat.all_schools),
        kinds=_kinds(heat.all_schools),
        concepts=_concepts(heat.all_schools),
        years=_years(),
    )


@blueprint.get("/expertisekaart/bestand")
@requires(SEE_MAP)
def show_map_file() -> Response:
    """The same as the page shows, all schools of it, to take along."""
    heat = _heat(read_query(MapSchema()))
    columns = [_("School"), _("Where"), *(column.label for column in heat.columns)]
    rows = [
        [row["title"], row["text"], *(str(cell["count"]) for cell in row["cells"])]
        for row in heat.rows(heat.schools)
    ]
    feet = [
        [foot["title"], str(foot.get("text", "")), *(str(cell["count"]) for cell in foot["cells"])]
        for foot in heat.feet()
    ]
    return download(write_xlsx(columns, rows + feet, _("Expertise map")), "expertisekaart.xlsx")


def _heat(asked: dict[str, Any]) -> HeatMap:
    known = taxonomy()
    kept = {name: asked[name] for name in ("domein", "sinds", "q", "bestuur", "soort", "concept")}
    return HeatMap(
        acting(),
        known,
        domain_asked(known, asked["domein"]),
        asked["narrowed"],
        asked["since"],
        {name: value for name, value in kept.items() if value is not None},
    )


def _boards(schools: Sequence[MapSchool]) -> list[tuple[int, str]]:
    found = {
        school.board_id: school.board_name or _("Board %(number)s", number=school.board_number)
        for school in schools
    }
    return sorted(found.items(), key=lambda board: board[1].casefold())


def _kinds(schools: Sequence[MapSchool]) -> list[tuple[str, str]]:
    there = {kind for school in schools for kind in school.kinds}
    return [(kind, str(label)) for kind, label in labels.KINDS.items() if kind in there]


def _concepts(schools: Sequence[MapSchool]) -> list[tuple[str, str]]:
    there = {school.concept for school in schools}
    return [(concept, str(label)) for concept, label in labels.CONCEPTS.items() if concept in there]


def _years() -> list[tuple[int, str]]:
    latest = school_year(today())
    return [(year, _("on 1 August %(year)s", year=year)) for year in range(latest, latest - YEARS_BACK, -1)]

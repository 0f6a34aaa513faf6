"""What asks for attention in a team, or in the network: each list by itself."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.expertise.policy import SEE_MAP
from app.expertise.queries import taxonomy
from app.expertise.queries.map_schools import MapFilter
from app.expertise.schemas import AttentionSchema
from app.expertise.views.attention_page import Attention
from app.expertise.views.blueprint import blueprint
from app.expertise.views.heat_rows import HeatMap
from app.web.forms import read_query
from app.web.guard import acting, requires
from app.web.paging import page_of

ON_PAGE = 25


@blueprint.get("/expertisekaart/aandacht")
@requires(SEE_MAP)
def show_attention() -> ResponseReturnValue:
    """Needs that are not met, what hangs on one person, who leaves, gaps, and what is in the making."""
    asked = read_query(AttentionSchema())
    attention = Attention(HeatMap(acting(), taxonomy(), None, MapFilter(), None, {}))
    shown = attention.list_asked(asked["lijst"])
    page = page_of(shown.found, asked["after"], ON_PAGE)
    return render_template(
        "expertise/attention.html",
        links=[(one.label, len(one.found), one.url, one is shown) for one in attention.lists],
        shown=shown,
        page=page,
        entries=attention.entries(page.items),
    )

"""Hours that schools gave and took."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.expertise.policy import CONSULT, SEE_MAP
from app.expertise.queries import balances, years_with_given_time
from app.expertise.schemas import GivenTimeSchema
from app.expertise.views.blueprint import blueprint
from app.kernel.clock import school_year, today
from app.web.forms import read_query
from app.web.guard import acting, requires


@blueprint.get("/raadpleegvragen/uren")
@requires(SEE_MAP)
def index_given_time() -> ResponseReturnValue:
    """Of my own schools; of all schools for the coordinator."""
    year = read_query(GivenTimeSchema())["jaar"] or school_year(today())
    years = sorted({year, school_year(today()), *years_with_given_time()}, reverse=True)
    return render_template(
        "expertise/given_time.html",
        balances=balances(acting(), year),
        year=year,
        years=[(one, f"{one}–{one + 1}") for one in years],
        may_consult=acting().may(CONSULT),
    )

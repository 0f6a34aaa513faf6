"""The methods: all of them, one to print, and the network's own to write."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.labels import SPEAKING
from app.intervision.methods import SteppedMethod
from app.intervision.policy import RUN_SEASONS, SEE_SESSIONS
from app.intervision.queries import method_with, methods, own_method
from app.intervision.schemas import MAX_STEPS, MethodSchema
from app.intervision.services import methods as services
from app.intervision.views.blueprint import blueprint
from app.kernel.errors import Invalid
from app.web.forms import form_values, read_form
from app.web.guard import acting, requires
from app.web.undo import flash_undo

ROWS_IN_SIGHT = 6
"""Steps that an empty form shows; the other rows are folded away."""


@blueprint.get("/intervisie/werkvormen")
@requires(SEE_SESSIONS)
def index_methods() -> ResponseReturnValue:
    """Every method that a group can work by."""
    every = methods(with_retired=acting().may(RUN_SEASONS))
    return render_template(
        "intervision/methods.html",
        shipped=[method for method in every if not method.is_own],
        own=[method for method in every if method.is_own and not method.is_retired],
        retired=[method for method in every if method.is_retired],
        can_write=acting().may(RUN_SEASONS),
    )


@blueprint.get("/intervisie/werkvormen/<method_code>")
@requires(SEE_SESSIONS)
def show_method(method_code: str) -> ResponseReturnValue:
    """A method with its steps, to read and to print."""
    return render_template(
        "intervision/method.html",
        method=method_with(method_code),
        speaking=SPEAKING,
        can_write=acting().may(RUN_SEASONS),
    )


@blueprint.get("/intervisie/werkvormen/nieuw")
@requires(RUN_SEASONS)
def new_method() -> ResponseReturnValue:
    """The form of a method of our own."""
    return _form_page(None, {}, {})


@blueprint.post("/intervisie/werkvormen")
@requires(RUN_SEASONS)
def create_method() -> ResponseReturnValue:
    """Write a method of our own."""
    schema = MethodSchema()
    try:
        code = services.add_method(acting(), read_form(schema))
    except Invalid as wrong:
        return _form_page(None, form_values(schema), wrong.fields), 422
    flash(_("Every group can choose this method now."), "good")
    return redirect(url_for("intervision.show_method", method_code=code))


@blueprint.get("/intervisie/werkvormen/<method_code>/aanpassen")
@requires(RUN_SEASONS)
def edit_method(method_code: str) -> ResponseReturnValue:
    """The form of a method that we wrote before."""
    own_method(method_code)
    method = method_with(method_code)
    return _form_page(method, values_of_method(method), {})


@blueprint.post("/intervisie/werkvormen/<method_code>/aanpassen")
@requires(RUN_SEASONS)
def update_method(method_code: str) -> ResponseReturnValue:
    """Change a method of our own."""
    own_method(method_code)
    schema = MethodSchema()
    try:
        services.change_method(acting(), method_code, read_form(schema))
    except Invalid as wrong:
        return _form_page(method_with(method_code), form_values(schema), wrong.fields), 422
    flash(_("The method has been saved. What has begun keeps its steps."), "good")
    return redirect(url_for("intervision.show_method", method_code=method_code))


@blueprint.post("/intervisie/werkvormen/<method_code>/archivering")
@requires(RUN_SEASONS)
def create_method_retirement(method_code: str) -> ResponseReturnValue:
    """Let nobody choose a method any more."""
    services.retire_method(acting(), method_code)
    flash_undo(
        _("Nobody can choose “%(method)s” any more.", method=method_with(method_code).name),
        url_for("intervision.destroy_method_retirement", method_code=method_code),
    )
    return redirect(url_for("intervision.index_methods"))


@blueprint.post("/intervisie/werkvormen/<method_code>/archivering/opheffing")
@requires(RUN_SEASONS)
def destroy_method_retirement(method_code: str) -> ResponseReturnValue:
    """Let a method be chosen again."""
    services.restore_method(acting(), method_code)
    flash_undo(
        _("“%(method)s” can be chosen again.", method=method_with(method_code).name),
        url_for("intervision.create_method_retirement", method_code=method_code),
        label=_("Retire"),
    )
    return redirect(url_for("intervision.index_methods"))


def values_of_method(method: SteppedMethod) -> dict[str, Any]:
    """What the form shows of a method."""
    values: dict[str, Any] = {"name": method.name}
    for number, step in enumerate(method.steps, start=1):
        values |= {
            f"name-{number}": step.name,
            f"minutes-{number}": step.minutes,
            f"what-{number}": step.what,
            f"question-{number}": next(iter(step.questions), ""),
        }
    return values


def _form_page(method: SteppedMethod | None, values: dict[str, Any], errors: Any) -> str:
    rows = list(range(1, MAX_STEPS + 1))
    filled = [
        number for number in rows if any(values.get(f"{name}-{number}") for name in ("name", "minutes"))
    ]
    in_sight = max(
        ROWS_IN_SIGHT, *filled, *(int(name.rpartition("-")[2]) for name in errors if "-" in name), 0
    )
    labels = {"name": _("Name of the method")}
    for number in rows:
        labels[f"name-{number}"] = _("Step %(number)s, name", number=number)
        labels[f"minutes-{number}"] = _("Step %(number)s, minutes", number=number)
        labels[f"what-{number}"] = _("Step %(number)s, what everybody does", number=number)
        labels[f"question-{number}"] = _("Step %(number)s, a question that helps", number=number)
    return render_template(
        "intervision/method_form.html",
        method=method,
        values=values,
        errors=errors,
        labels=labels,
        rows=rows[:in_sight],
        more_rows=rows[in_sight:],
    )

"""Questions to colleagues: mine and those to me, a new one, and one with what can be done with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.expertise import labels
from app.expertise.models import MOST_ASKED
from app.expertise.policy import CONSULT, SEE_TEAM
from app.expertise.queries import (
    AskedConsultation,
    balances,
    consultation_with,
    consultations_of,
    people_named_in,
    schools_around,
    schools_of,
    taxonomy,
    who_can_take_over,
    willing_among,
)
from app.expertise.schemas import MAX_QUESTION, MAX_THANKS, AskingSchema, ClosingSchema, QuestionSchema
from app.expertise.services import consultations as services
from app.expertise.views.blueprint import blueprint
from app.expertise.views.map_page import tabs
from app.expertise.views.why import distance_of
from app.kernel.clock import school_year, today
from app.kernel.errors import Invalid
from app.organisation.pupil_data import seems_about_pupil
from app.organisation.queries import names_by_id, people_by_id
from app.web.forms import form_values, read_form, read_query
from app.web.guard import acting, requires

EMPTY = {"wie": [], "item_id": "", "school_id": "", "way": "talk", "question": ""}


@blueprint.get("/raadpleegvragen")
@requires(CONSULT)
def index_consultations() -> ResponseReturnValue:
    """What waits for me, what I asked, and what is over."""
    known = consultations_of(acting())
    waiting = [one for one in known if one.waits_for_me or one.waits_for_closing]
    going_on = [one for one in known if one not in waiting and one.end is None and _is_part_of(one)]
    return render_template(
        "expertise/consultations.html",
        tabs=tabs(),
        waiting=waiting,
        going_on=going_on,
        over=[one for one in known if one not in waiting and one not in going_on],
        people=names_by_id(people_named_in(known)),
        taxonomy=taxonomy(),
        balances=balances(acting(), school_year(today())) if acting().may(SEE_TEAM) else [],
    )


@blueprint.get("/raadpleegvragen/nieuw")
@requires(CONSULT)
def new_consultation() -> ResponseReturnValue:
    """Ask those who were chosen; an earlier question of mine that is put to others comes along."""
    asked = read_query(AskingSchema())
    values = {**EMPTY, "wie": asked["wie"], "item_id": asked["onderwerp"] or ""}
    if asked["vraag"]:
        earlier = consultation_with(acting(), asked["vraag"])
        if earlier.is_mine:
            row = earlier.consultation
            values |= {"question": row.question or "", "way": row.way, "school_id": row.school_id}
            values["item_id"] = values["item_id"] or row.item_id or ""
    return _new_form(values, {}, asked["vraag"])


@blueprint.post("/raadpleegvragen")
@requires(CONSULT)
def create_consultation() -> ResponseReturnValue:
    """Send the question."""
    schema = QuestionSchema()
    try:
        made = services.ask(acting(), read_form(schema))
    except Invalid as wrong:
        return _new_form({**EMPTY, **form_values(schema)}, wrong.fields), 422
    flash(_("Your question is on its way. You get a mail as soon as somebody helps you."), "good")
    return redirect(url_for(".show_consultation", consultation_id=made.id))


@blueprint.get("/raadpleegvragen/<int:consultation_id>")
@requires(CONSULT)
def show_consultation(consultation_id: int) -> ResponseReturnValue:
    """One question, for who asked and for who was asked."""
    return consultation_page(consultation_id, {"minutes": "", "thanks": ""}, {})


@blueprint.post("/raadpleegvragen/<int:consultation_id>/intrekking")
@requires(CONSULT)
def create_withdrawal(consultation_id: int) -> ResponseReturnValue:
    """Take my question back."""
    services.withdraw(acting(), consultation_id)
    flash(_("You took your question back. Who was asked need not answer any more."))
    return redirect(url_for(".index_consultations"))


@blueprint.post("/raadpleegvragen/<int:consultation_id>/afsluiting")
@requires(CONSULT)
def create_thanks(consultation_id: int) -> ResponseReturnValue:
    """Close it with thanks and the time that it took."""
    services.question_to_close(acting(), consultation_id)
    schema = ClosingSchema()
    try:
        services.close(acting(), consultation_id, read_form(schema))
    except Invalid as wrong:
        values = {"minutes": "", "thanks": "", **form_values(schema)}
        return consultation_page(consultation_id, values, wrong.fields), 422
    flash(_("Closed. Your colleague reads your thanks."), "good")
    return redirect(url_for(".show_consultation", consultation_id=consultation_id))


def consultation_page(
    consultation_id: int, values: Mapping[str, Any], errors: Mapping[str, Sequence[str]]
) -> str:
    """A question with the forms that the reader can fill in."""
    asked = consultation_with(acting(), consultation_id)
    schools = schools_around(acting())
    in_touch = asked.helper is not None and (asked.is_mine or asked.my_part is asked.helper)
    return render_template(
        "expertise/consultation.html",
        asked=asked,
        people=people_by_id(people_named_in([asked])),
        schools=schools,
        taxonomy=taxonomy(),
        ways=labels.WAYS,
        in_touch=in_touch,
        colleagues=who_can_take_over(acting(), asked) if asked.waits_for_me else [],
        values=values,
        errors=errors,
        seems_about_pupil=seems_about_pupil([values.get("thanks")]),
        max_thanks=MAX_THANKS,
    )


def _is_part_of(one: AskedConsultation) -> bool:
    """Whether the reader still has something to do with it: she asked, or helps."""
    return one.is_mine or one.my_part is one.helper


def _new_form(
    values: Mapping[str, Any], errors: Mapping[str, Sequence[str]], again_id: int | None = None
) -> str:
    sent = [int(one) for one in values["wie"] if str(one).isdecimal() and len(str(one)) < len(str(2**63))]
    chosen = sorted(willing_among(acting(), sent))
    schools, work, names = schools_around(acting()), schools_of(chosen), names_by_id(chosen)
    known = taxonomy()
    return render_template(
        "expertise/consultation_new.html",
        people=[
            (person_id, names[person_id].name, _where(sorted(work[person_id]), schools))
            for person_id in chosen
        ],
        own_schools=[(one.id, f"{one.name}, {one.city}") for one in schools.values() if one.is_own],
        items=[(item.id, item.name) for domain in known.domains for item in domain.items],
        ways=[(way.value, words) for way, words in labels.WAYS.items()],
        values=values,
        errors=errors,
        seems_about_pupil=seems_about_pupil([values["question"]]),
        most_asked=MOST_ASKED,
        max_question=MAX_QUESTION,
        again_id=again_id,
    )


def _where(school_ids: Sequence[int], schools: Mapping[int, Any]) -> str:
    """A school of hers, the nearest one, with how far it is."""
    near = min(
        (schools[one] for one in school_ids if one in schools), key=lambda one: one.order, default=None
    )
    if near is None:
        return ""
    return " · ".join(filter(None, [near.name, distance_of(near)]))

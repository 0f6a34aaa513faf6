"""Ask colleagues who know something, take a question back, and close it with thanks."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.expertise.models import (
    MOST_ASKED,
    AskedColleague,
    Consultation,
    ConsultationEnd,
    GivenTime,
    Outcome,
)
from app.expertise.policy import CONSULT
from app.expertise.queries import consultation_with, schools_around, schools_of, willing_among
from app.expertise.queries.consultations import AskedConsultation
from app.expertise.services.taxonomy import standing_taxonomy
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import school_year, today
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from app.organisation.pupil_data import refuse_pupil_data
from tenants.session import session

SUBJECT = "consultation"


def ask(actor: Actor, data: dict[str, Any]) -> Consultation:
    """Put a question to a colleague, or to a few of whom the first who can answers.

    Raises Invalid for who did not open that she may be asked, for too many, and for what seems about a pupil.
    """
    actor.require(CONSULT)
    school_id = data["school_id"] or (min(actor.schools) if len(actor.schools) == 1 else None)
    if school_id not in actor.schools:
        raise Invalid({"school_id": [_("Choose for which of your schools you ask.")]})
    person_ids = set(data["wie"])
    if not person_ids or willing_among(actor, person_ids) != person_ids:
        raise Invalid({"wie": [_("Choose colleagues who may be asked.")]})
    if len(person_ids) > MOST_ASKED:
        too_many = ngettext(
            "Choose %(num)s colleague at most.", "Choose %(num)s colleagues at most.", MOST_ASKED
        )
        raise Invalid({"wie": [too_many]})
    item_id = _current_item(data["item_id"])
    refuse_pupil_data({"question": data["question"]}, checked=data["not_about_pupil"])
    consultation = Consultation(
        asker_id=actor.person_id,
        school_id=school_id,
        item_id=item_id,
        way=data["way"],
        question=data["question"],
    )
    session().add(consultation)
    session().flush()
    ask_each(actor, consultation, person_ids)
    record(actor, "ask colleagues", SUBJECT, consultation.id)
    return consultation


def _current_item(item_id: int | None) -> int | None:
    """The item that stands for this one now. Raises Invalid for one that there is not."""
    try:
        return item_id and standing_taxonomy().current(item_id).id
    except NotFound:
        raise Invalid({"item_id": [_("Choose a subject of the list.")]}) from None


def ask_each(
    actor: Actor, consultation: Consultation, person_ids: Collection[int], *, passed_by_id: int | None = None
) -> None:
    """Put a question to these people, each for the school of hers that is nearest to the actor, and mail them."""
    places, schools = schools_around(actor), schools_of(person_ids)
    for person_id in sorted(person_ids):
        hers = sorted(schools[person_id])
        nearest = min(hers, key=lambda one: places[one].order if one in places else len(places))
        asked = AskedColleague(
            consultation_id=consultation.id,
            person_id=person_id,
            school_id=nearest,
            passed_by_id=passed_by_id,
        )
        session().add(asked)
        session().flush()
        enqueue("expertise.tell_asked", asked_id=asked.id)


def withdraw(actor: Actor, consultation_id: int) -> None:
    """Take a question back: who was asked need not answer any more, and does not read it any more."""
    asked = _own(actor, consultation_id)
    _end(asked, Outcome.WITHDRAWN)
    waiting = [asked.helper] if asked.helper else asked.silent
    for one in waiting:
        enqueue("expertise.tell_not_needed", asked_id=one.id)
    record(actor, "withdraw question", SUBJECT, consultation_id)


def close(actor: Actor, consultation_id: int, data: dict[str, Any]) -> None:
    """Say that it helped, for how many minutes, and thank. Raises Conflict as long as nobody took it."""
    asked, helper = question_to_close(actor, consultation_id)
    refuse_pupil_data({"thanks": data["thanks"]}, checked=data["not_about_pupil"])
    _end(asked, Outcome.HELPED, minutes=data["minutes"], thanks=data["thanks"])
    from_school, to_school = helper.school_id, asked.consultation.school_id
    if from_school != to_school and data["minutes"]:
        given = GivenTime(
            from_school_id=from_school,
            to_school_id=to_school,
            minutes=data["minutes"],
            school_year=school_year(today()),
        )
        session().add(given)
    enqueue("expertise.tell_thanked", asked_id=helper.id)
    record(actor, "close question", SUBJECT, consultation_id)


def question_to_close(actor: Actor, consultation_id: int) -> tuple[AskedConsultation, AskedColleague]:
    """A question of the actor that somebody took, and who. Raises Forbidden, and Conflict as long as nobody did."""
    asked = _own(actor, consultation_id)
    if asked.helper is None:
        raise Conflict(_("Nobody took this question yet."))
    return asked, asked.helper


def end_without_help(asked: AskedConsultation) -> None:
    """Nobody who was asked could: who asked is told, with what she can do next."""
    _end(asked, Outcome.NOBODY)
    enqueue("expertise.tell_nobody", consultation_id=asked.id)


def _own(actor: Actor, consultation_id: int) -> AskedConsultation:
    actor.require(CONSULT)
    asked = consultation_with(actor, consultation_id, locked=True)
    if not asked.is_mine:
        raise Forbidden(CONSULT.name)
    if asked.end is not None:
        raise Conflict(_("This question was closed already."))
    return asked


def _end(asked: AskedConsultation, outcome: Outcome, **told: Any) -> None:
    session().add(ConsultationEnd(consultation_id=asked.id, outcome=outcome, **told))
    session().flush()

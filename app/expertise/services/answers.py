"""Answer a question of a colleague: take it, decline, or pass it on."""

from flask_babel import gettext as _

from app.expertise.models import Answer
from app.expertise.policy import CONSULT
from app.expertise.queries import consultation_with, willing_among
from app.expertise.queries.consultations import AskedConsultation
from app.expertise.services.consultations import SUBJECT, ask_each, end_without_help
from app.jobs.queue import enqueue
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import now
from app.kernel.errors import Conflict, Forbidden, Invalid
from tenants.session import session


def take(actor: Actor, consultation_id: int) -> None:
    """Help the colleague who asks. Raises Conflict for who was not the first."""
    asked = _answerable(actor, consultation_id)
    if asked.helper is not None:
        raise Conflict(_("Somebody else just took this question. Thank you for being willing."))
    _answer(asked, Answer.ACCEPTED)
    for one in asked.silent:
        enqueue("expertise.tell_not_needed", asked_id=one.id)
    enqueue("expertise.tell_taken", consultation_id=consultation_id)
    record(actor, "take question", SUBJECT, consultation_id)


def decline(actor: Actor, consultation_id: int) -> None:
    """Say no, without a reason. The last one who does ends the question."""
    asked = _answerable(actor, consultation_id)
    _answer(asked, Answer.DECLINED)
    if asked.is_open and not asked.silent:
        end_without_help(asked)
    record(actor, "decline question", SUBJECT, consultation_id)


def pass_on(actor: Actor, consultation_id: int, person_id: int) -> None:
    """Put the question to another colleague, who may be asked, in one's own place."""
    asked = question_to_pass_on(actor, consultation_id)
    known = {asked.consultation.asker_id, *(one.person_id for one in asked.asked)}
    if person_id in known or not willing_among(actor, [person_id]):
        raise Invalid({"person_id": [_("Choose a colleague who may be asked, and was not asked yet.")]})
    _answer(asked, Answer.PASSED_ON)
    ask_each(actor, asked.consultation, [person_id], passed_by_id=actor.person_id)
    record(actor, "pass question on", SUBJECT, consultation_id)


def question_to_pass_on(actor: Actor, consultation_id: int) -> AskedConsultation:
    """A question that waits for the actor. Raises Forbidden, and Conflict for what needs no answer any more."""
    asked = _answerable(actor, consultation_id)
    if not asked.is_open:
        raise Conflict(_("Somebody else just took this question. Thank you for being willing."))
    return asked


def _answerable(actor: Actor, consultation_id: int) -> AskedConsultation:
    """A question that the actor was asked and did not answer. Until the end its row is locked."""
    actor.require(CONSULT)
    asked = consultation_with(actor, consultation_id, locked=True)
    if asked.my_part is None:
        raise Forbidden(CONSULT.name)
    if asked.end is not None:
        raise Conflict(_("This question needs no answer any more."))
    if asked.my_part.answer is not None:
        raise Conflict(_("You answered this question already."))
    return asked


def _answer(asked: AskedConsultation, answer: Answer) -> None:
    part = asked.my_part
    if part is not None:
        part.answer, part.answered_at = answer, now()
        session().flush()

"""The mails about a question to a colleague. None says what it is about, or who said no."""

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from app.expertise.models import AskedColleague
from app.expertise.queries import consultation_by_id
from app.expertise.queries.consultations import AskedConsultation
from app.organisation.mails import Letter
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from tenants.session import session


@dataclass(frozen=True, slots=True)
class Told:
    """What a mail about a question needs to know."""

    asked: AskedConsultation
    part: AskedColleague
    colleague: Person
    """Who was asked."""
    asker: Person
    page: str


def tell_asked(network_url: str, *, asked_id: int) -> Letter | None:
    """Tell somebody that a colleague has a question for her."""
    told = _told(network_url, asked_id)
    if told is None or not _still_waits(told):
        return None
    text = _(
        "Hello %(name)s,\n\n%(asker)s has a question for you. Read it, and say whether you can help:\n%(page)s\n\n"
        "Can you not? Say so there, without a reason, or pass it on to a colleague.",
        **_names(told),
    )
    return Letter(told.colleague, _("A colleague has a question for you"), text)


def remind_asked(network_url: str, *, asked_id: int) -> Letter | None:
    """Remind somebody of a question, once."""
    told = _told(network_url, asked_id)
    if told is None or not _still_waits(told):
        return None
    text = _(
        "Hello %(name)s,\n\nA week ago %(asker)s asked you something, and waits for your answer. A no is fine too: then "
        "%(asker)s can look further.\n%(page)s\n\nYou get no further reminder of this.",
        **_names(told),
    )
    return Letter(told.colleague, _("A colleague waits for your answer"), text)


def tell_not_needed(network_url: str, *, asked_id: int) -> Letter | None:
    """Tell somebody that she need not answer, or not help, any more."""
    told = _told(network_url, asked_id)
    if told is None or told.asked.is_open:
        return None
    if told.asked.helper is not None and told.asked.helper.id != told.part.id:
        text = _(
            "Hello %(name)s,\n\nA colleague helps %(asker)s with the question that was put to you too. You need not do "
            "anything. Thank you for being willing.",
            **_names(told),
        )
    else:
        text = _(
            "Hello %(name)s,\n\n%(asker)s took the question back that was put to you. You need not do anything.",
            **_names(told),
        )
    return Letter(told.colleague, _("You need not answer any more"), text)


def tell_thanked(network_url: str, *, asked_id: int) -> Letter | None:
    """Tell who helped that the question was closed."""
    told = _told(network_url, asked_id)
    if told is None or told.asked.end is None:
        return None
    text = _(
        "Hello %(name)s,\n\n%(asker)s has closed the question that you helped with, and thanks you:\n%(page)s",
        **_names(told),
    )
    return Letter(told.colleague, _("Thank you for your help"), text)


def tell_taken(network_url: str, *, consultation_id: int) -> Letter | None:
    """Tell who asked that somebody helps her."""
    asked = consultation_by_id(consultation_id)
    if asked is None or asked.helper is None or asked.end is not None:
        return None
    told = _told(network_url, asked.helper.id)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\n%(helper)s helps you with your question. Here you read how you reach each other:\n%(page)s",
        name=told.asker.first_name,
        helper=told.colleague.name,
        page=told.page,
    )
    return Letter(told.asker, _("A colleague helps you"), text)


def tell_nobody(network_url: str, *, consultation_id: int) -> Letter | None:
    """Tell who asked that nobody could, and what she can do."""
    asked = consultation_by_id(consultation_id)
    if asked is None or not asked.nobody_could:
        return None
    asker = people_by_id([asked.consultation.asker_id])[asked.consultation.asker_id]
    text = _(
        "Hello %(name)s,\n\nNobody of whom you asked could help this time. You can put the same question to others, "
        "without typing it again:\n%(page)s\n\nYour IB'er can think along too.",
        name=asker.first_name,
        page=_page(network_url, asked.id),
    )
    return Letter(asker, _("Look further with your question"), text)


def _told(network_url: str, asked_id: int) -> Told | None:
    part = session().scalar(select(AskedColleague).where(AskedColleague.id == asked_id))
    asked = consultation_by_id(part.consultation_id) if part else None
    if part is None or asked is None:
        return None
    people = people_by_id([part.person_id, asked.consultation.asker_id])
    return Told(
        asked, part, people[part.person_id], people[asked.consultation.asker_id], _page(network_url, asked.id)
    )


def _still_waits(told: Told) -> bool:
    return told.asked.is_open and told.part.answer is None


def _names(told: Told) -> dict[str, str]:
    return {"name": told.colleague.first_name, "asker": told.asker.name, "page": told.page}


def _page(network_url: str, consultation_id: int) -> str:
    return f"{network_url}/raadpleegvragen/{consultation_id}"

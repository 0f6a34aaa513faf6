"""The mails of a season: the question to answer, and the group."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.intervision.queries import members_of, season_with
from app.intervision.queries.groups import group_by_id
from app.intervision.services.reminders import ReadyReminder, ready_reminder
from app.organisation.labels import listed
from app.organisation.mails import Letter
from app.organisation.models import Person
from app.organisation.queries import people_by_id
from app.web.language import long_date


def remind_to_answer(network_url: str, *, reminder_id: int) -> Letter | None:
    """Ask somebody whether she takes part, if that is still open."""
    reminder = ready_reminder(reminder_id)
    if reminder is None:
        return None
    return Letter(reminder.person, *_mail_to_silent(reminder, f"{network_url}/intervisie/aanmelding"))


def tell_group(network_url: str, *, group_id: int, person_id: int) -> Letter | None:
    """Tell somebody in which group she is, and with whom."""
    group = group_by_id(group_id)
    if group is None:
        return None
    season_name = season_with(group.season_id).name
    people = people_by_id({*members_of([group_id])[group_id], person_id})
    person = people.pop(person_id)
    others = sorted(one.name for one in people.values())
    link = f"{network_url}/intervisie/groepen/{group_id}"
    return Letter(person, *_mail_to_member(person, season_name, others, link))


def tell_left_over(_network_url: str, *, season_id: int, person_id: int) -> Letter:
    """Tell somebody that there is no group for her yet."""
    person = people_by_id({person_id})[person_id]
    return Letter(person, *_mail_to_left_over(person, season_with(season_id).name))


def _mail_to_silent(reminder: ReadyReminder, link: str) -> tuple[str, str]:
    return _("Do you take part in intervision?"), _(
        "Hello %(name)s,\n\nFor %(season)s groups of IB'ers from different schools are formed, who think along with "
        "each other. We do not know yet whether you take part. It takes less than a minute:\n%(link)s\n\n"
        "You can answer up to and including %(day)s. Not this time? Say so there too. Questions? Ask %(coordinator)s.",
        name=reminder.person.first_name,
        season=reminder.season_name,
        link=link,
        day=long_date(reminder.last_day),
        coordinator=reminder.coordinator,
    )


def _mail_to_member(person: Person, season_name: str, others: Sequence[str], link: str) -> tuple[str, str]:
    return _("Your intervision group is known"), _(
        "Hello %(name)s,\n\nYour group for %(season)s is known. You are in it with %(others)s.\n\nHere you see who "
        "works where:\n%(link)s\n\nWhat comes next: the dates. You get a message as soon as they are known, or a "
        "question when you can.",
        name=person.first_name,
        season=season_name,
        others=listed(others),
        link=link,
    )


def _mail_to_left_over(person: Person, season_name: str) -> tuple[str, str]:
    return _("No intervision group for you yet"), _(
        "Hello %(name)s,\n\nThe groups of %(season)s are known, and we have not found one for you yet. Your network "
        "coordinator knows, and looks for a place. You need not do anything.",
        name=person.first_name,
        season=season_name,
    )

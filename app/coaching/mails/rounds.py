"""The mails of a round: what is published, and the reminder before the requests close."""

from flask_babel import gettext as _

from app.coaching.mails.pairs import pair_of
from app.coaching.services.reminders import ready_reminder
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id
from app.web.language import long_date


def tell_coachee(network_url: str, *, match_id: int) -> Letter:
    """Tell an IB'er who her coach is."""
    pair = pair_of(network_url, match_id)
    text = _(
        "Hello %(name)s,\n\nYour coach for this year is %(coach)s: somebody from outside your school and your "
        "board, who looks at your work with a stranger's eyes.\n\nHere you see why the two of you fit, and how "
        "to reach each other:\n%(link)s\n\nTell on that page whether you take part, want to meet first, or would rather "
        "not. Shall you send the first message?",
        name=pair.coachee.first_name,
        coach=pair.coach.name,
        link=pair.page,
    )
    return Letter(pair.coachee, _("Your coach is known"), text)


def tell_coach(network_url: str, *, match_id: int) -> Letter:
    """Tell a coach whom she coaches."""
    pair = pair_of(network_url, match_id)
    text = _(
        "Hello %(name)s,\n\nYou will coach %(coachee)s this year.\n\nHere you see the question, why the two of you "
        "fit, and how to reach each other:\n%(link)s\n\nTell on that page whether you take part, want to meet first, or "
        "would rather not. Nice that you do this.",
        name=pair.coach.first_name,
        coachee=pair.coachee.name,
        link=pair.page,
    )
    return Letter(pair.coach, _("You have been matched with an IB'er"), text)


def tell_unmatched(_network_url: str, *, round_id: int, person_id: int) -> Letter:  # noqa: ARG001 - each round has its own
    """Tell an IB'er that there is no coach for her yet."""
    person = people_by_id({person_id})[person_id]
    text = _(
        "Hello %(name)s,\n\nThe pairs of this round are known, and we have not found a coach for you yet: nobody who "
        "fits your school and your question had a place.\n\nYour network "
        "coordinator knows, and in the next round you go first.",
        name=person.first_name,
    )
    return Letter(person, _("No coach for you yet"), text)


def send_reminder(network_url: str, *, reminder_id: int) -> Letter | None:
    """Ask somebody who has not been heard of whether she takes part, if that is still so."""
    reminder = ready_reminder(reminder_id)
    if reminder is None:
        return None
    parts = [_("Hello %(name)s,", name=reminder.person.first_name)]
    if reminder.misses_request:
        parts.append(
            _(
                "In round %(round)s you can ask for a coach from outside your school. We have not had a request from "
                "you yet. It takes less than five minutes, and you can stop halfway and go on later:\n%(link)s",
                round=reminder.round_name,
                link=f"{network_url}/coachvraag",
            )
        )
    if reminder.misses_profile:
        parts.append(
            _(
                "You are a coach, and your profile for round %(round)s is still empty. Without it nobody can be "
                "matched with you. It takes less than five minutes:\n%(link)s",
                round=reminder.round_name,
                link=f"{network_url}/coachprofiel",
            )
        )
    if reminder.last_day:
        parts.append(_("The last day for this is %(day)s.", day=long_date(reminder.last_day)))
    parts.append(
        _(
            "Not this time? Then you need not do anything. Questions? Ask %(coordinator)s.",
            coordinator=reminder.coordinator,
        )
    )
    return Letter(reminder.person, _("Do you take part in the matching round?"), "\n\n".join(parts))

"""The mails about check-ins, closures and another coach: that there is something to do, never what was said."""

from flask_babel import gettext as _

from app.coaching.mails.pairs import two_of
from app.coaching.queries import closure_of, rematch_of, trajectory_by_id
from app.coaching.services.check_ins import is_asked
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id
from app.web.language import long_date


def ask_check_in(network_url: str, *, trajectory_id: int, person_id: int) -> Letter | None:
    """Ask one of the two how it goes, unless she told meanwhile."""
    if not is_asked(trajectory_id, person_id):
        return None
    person, other = two_of(trajectory_id, person_id)
    text = _(
        "Hello %(name)s,\n\nYou and %(other)s are on your way together. This is a good moment to look at how it "
        "goes: two questions, two minutes.\n\n%(link)s\n\nYou read each other's answers once both of you have "
        "answered. Nobody else reads them.",
        name=person.first_name,
        other=other.name,
        link=f"{network_url}/trajecten/{trajectory_id}/tussenstand",
    )
    return Letter(person, _("How does the coaching go?"), text)


def remind_check_in(network_url: str, *, trajectory_id: int, person_id: int) -> Letter | None:
    """Ask once more."""
    if not is_asked(trajectory_id, person_id):
        return None
    person, other = two_of(trajectory_id, person_id)
    text = _(
        "Hello %(name)s,\n\nA week ago we asked how it goes between you and %(other)s. You have not answered yet. It "
        "takes two minutes:\n\n%(link)s\n\nWe do not ask again.",
        name=person.first_name,
        other=other.name,
        link=f"{network_url}/trajecten/{trajectory_id}/tussenstand",
    )
    return Letter(person, _("How does the coaching go?"), text)


def tell_closure(network_url: str, *, trajectory_id: int, person_id: int) -> Letter | None:
    """Tell the other that the coaching is closed, unless it was opened again meanwhile."""
    closure = closure_of(trajectory_id)
    if closure is None:
        return None
    person, other = two_of(trajectory_id, person_id)
    text = _(
        "Hello %(name)s,\n\n%(other)s closed your coaching on %(day)s.\n\nHere you read what that means, and tell "
        "what came of it:\n%(link)s\n\nWas it too early? Talk to %(other)s, who can open it again within a week.",
        name=person.first_name,
        other=other.name,
        day=long_date(closure.closed_on),
        link=f"{network_url}/trajecten/{trajectory_id}/afsluiting",
    )
    return Letter(person, _("Your coaching is closed"), text, edition=closure.id)


def tell_rematch(network_url: str, *, trajectory_id: int, person_id: int) -> Letter | None:
    """Tell a coordinator that somebody asks for another coach, unless that was taken back."""
    asked, coachee_id = rematch_of(trajectory_id), trajectory_by_id(trajectory_id).coachee_id
    people = people_by_id({person_id, coachee_id})
    if asked is None or person_id not in people:
        return None
    text = _(
        "Hello %(name)s,\n\n%(coachee)s asks for another coach in this round; the coaching so far is closed.\n\nThe request "
        "is open again:\n%(link)s\n\nNo reason is asked or told: now and then another coach fits better.",
        name=people[person_id].first_name,
        coachee=people[coachee_id].name,
        link=f"{network_url}/koppelingen",
    )
    return Letter(people[person_id], _("Somebody asks for another coach"), text, edition=asked.id)

"""The mails that follow from answers, silence and changes. Nobody is ever told who said no."""

from flask_babel import gettext as _

from app.coaching.mails.pairs import pair_of
from app.coaching.models import IB_SIDE
from app.coaching.queries import match_by_id, trajectory_of
from app.coaching.services.silence import is_awaited
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def nudge(network_url: str, *, match_id: int, side: int) -> Letter | None:
    """Remind somebody of a pair, unless she answered meanwhile."""
    if not is_awaited(match_by_id(match_id), side):
        return None
    pair = pair_of(network_url, match_id)
    person, other = pair.seen_from(side)
    text = _(
        "Hello %(name)s,\n\nA week ago you were matched with %(other)s. You have not told yet whether you take part."
        "\n\nThat takes a minute, and you can also say that you want to meet first:\n%(link)s\n\nYou get no further "
        "reminder of this.",
        name=person.first_name,
        other=other.name,
        link=pair.page,
    )
    return Letter(person, _("Do you take part?"), text)


def tell_start(network_url: str, *, match_id: int, side: int) -> Letter | None:
    """Tell that both said yes."""
    trajectory = trajectory_of(match_id)
    if trajectory is None:
        return None
    person, other = pair_of(network_url, match_id).seen_from(side)
    text = _(
        "Hello %(name)s,\n\nYou and %(other)s both said yes: your coaching begins.\n\nHere you find what you two need "
        "for it:\n%(link)s",
        name=person.first_name,
        other=other.name,
        link=f"{network_url}/trajecten/{trajectory.id}",
    )
    return Letter(person, _("You both take part"), text)


def tell_end(network_url: str, *, match_id: int, side: int) -> Letter:
    """Tell the other side that a pair does not go on, and nothing else."""
    person, other = pair_of(network_url, match_id).seen_from(side)
    if side == IB_SIDE:
        text = _(
            "Hello %(name)s,\n\nThe pair of you and %(other)s does not go on. You need not do anything: your network "
            "coordinator knows, and looks for another coach for you.",
            name=person.first_name,
            other=other.name,
        )
    else:
        text = _(
            "Hello %(name)s,\n\nThe pair of you and %(other)s does not go on. You need not do anything: your network "
            "coordinator knows, and your place is free again.",
            name=person.first_name,
            other=other.name,
        )
    return Letter(person, _("A pair does not go on"), text)


def tell_coordinator_of_end(network_url: str, *, match_id: int, person_id: int) -> Letter | None:
    """Tell a coordinator that a request is on the waiting list again."""
    pair, round_id = pair_of(network_url, match_id), match_by_id(match_id).round_id
    person = people_by_id({person_id}).get(person_id)
    if person is None:
        return None
    text = _(
        "Hello %(name)s,\n\nThe pair of %(coachee)s and %(coach)s does not go on. The two are not proposed to each "
        "other again in this round.\n\n%(coachee)s is on the waiting list:\n%(link)s",
        name=person.first_name,
        coachee=pair.coachee.name,
        coach=pair.coach.name,
        link=f"{network_url}/koppelrondes/{round_id}/wachtlijst",
    )
    return Letter(person, _("A pair does not go on"), text)


def tell_coach_of_change(network_url: str, *, match_id: int) -> Letter:
    """Tell a coach that somebody goes to another coach, or has none for now."""
    pair = pair_of(network_url, match_id)
    text = _(
        "Hello %(name)s,\n\nFrom now on you do not coach %(coachee)s any more: the network coordinator changed the "
        "pairs. You need not do anything.",
        name=pair.coach.first_name,
        coachee=pair.coachee.name,
    )
    return Letter(pair.coach, _("A change in whom you coach"), text)


def tell_coachee_of_change(network_url: str, *, match_id: int) -> Letter:
    """Tell an IB'er who her coach is from now on."""
    pair = pair_of(network_url, match_id)
    text = _(
        "Hello %(name)s,\n\nYour network coordinator changed the pairs. From now on your coach is %(coach)s.\n\nHere you "
        "see why the two of you fit, and you tell whether you take part:\n%(link)s",
        name=pair.coachee.first_name,
        coach=pair.coach.name,
        link=pair.page,
    )
    return Letter(pair.coachee, _("You have another coach"), text)


def tell_coachee_of_loss(network_url: str, *, match_id: int) -> Letter:
    """Tell an IB'er that her coach can't go on and there is no other yet."""
    pair = pair_of(network_url, match_id)
    text = _(
        "Hello %(name)s,\n\n%(coach)s can't be your coach any more, and there is no other coach for you yet. Your network "
        "coordinator knows. If nobody can be found this year, you go first in the next round.",
        name=pair.coachee.first_name,
        coach=pair.coach.name,
    )
    return Letter(pair.coachee, _("A change in your coaching"), text)

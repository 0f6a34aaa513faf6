"""The mails of a change of groups: to who goes, to who comes, and to who sees others come or go."""

from flask_babel import gettext as _

from app.agenda.words import when
from app.intervision.queries import members_of, session_by_id, sessions_of_group
from app.intervision.queries.groups import group_by_id
from app.organisation.labels import listed
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def tell_other_group(network_url: str, *, group_id: int, person_id: int, at: int) -> Letter | None:
    """Tell somebody in which group she is from now on, with whom, and when it meets next."""
    group, members = group_by_id(group_id), members_of([group_id])[group_id]
    if group is None or person_id not in members:
        return None
    people = people_by_id(members)
    coming = [one.appointment for one in sessions_of_group(group_id) if one.is_coming and one.appointment]
    text = _(
        "Hello %(name)s,\n\nFrom now on you are in %(group)s, an intervision group with %(others)s.\n\n%(next)s\n\n"
        "Here you see the group and all dates:\n%(link)s\n\nWelcome. Does something not suit you? Tell your network "
        "coordinator.",
        name=people[person_id].first_name,
        group=group.name,
        others=listed(sorted(one.name for one in people.values() if one.id != person_id)),
        next=_("The next session: %(moment)s.", moment=when(coming[0]))
        if coming
        else _("The dates are not known yet; you hear about them."),
        link=f"{network_url}/intervisie/groepen/{group_id}",
    )
    return Letter(people[person_id], _("Your intervision group"), text, edition=at)


def tell_left_group(network_url: str, *, group_id: int, person_id: int, at: int) -> Letter | None:
    """Tell somebody that she is in the group no longer, and that her hours are hers again."""
    group, people = group_by_id(group_id), people_by_id({person_id})
    if group is None or person_id in members_of([group_id])[group_id]:
        return None
    text = _(
        "Hello %(name)s,\n\nFrom now on you are no longer in your intervision group, %(group)s. Its sessions are out of "
        "your agenda. Thank you for thinking along.\n\nDo you want to join in later? In a session of another group "
        "there is often a free seat:\n%(link)s",
        name=people[person_id].first_name,
        group=group.name,
        link=f"{network_url}/intervisie",
    )
    return Letter(people[person_id], _("Your intervision group"), text, edition=at)


def tell_group_changed(network_url: str, *, group_id: int, person_id: int, at: int) -> Letter | None:
    """Tell somebody who stays who is in her group now."""
    group, members = group_by_id(group_id), members_of([group_id])[group_id]
    if group is None or person_id not in members:
        return None
    people = people_by_id(members)
    text = _(
        "Hello %(name)s,\n\nYour intervision group has changed. In %(group)s you are now with %(others)s.\n\nHere you "
        "see who works where, and the dates:\n%(link)s",
        name=people[person_id].first_name,
        group=group.name,
        others=listed(sorted(one.name for one in people.values() if one.id != person_id)),
        link=f"{network_url}/intervisie/groepen/{group_id}",
    )
    return Letter(people[person_id], _("Your intervision group has changed"), text, edition=at)


def tell_guest_called_off(network_url: str, *, session_id: int, person_id: int) -> Letter | None:
    """Tell a guest, or who waited for a seat, that a session does not take place."""
    dated, people = session_by_id(session_id), people_by_id({person_id})
    if dated is None or dated.appointment is None:
        return None
    text = _(
        "Hello %(name)s,\n\nThe intervision session of %(moment)s does not take place: the group goes on "
        "together with another.\n\nElsewhere there may be a seat for you:\n%(link)s",
        name=people[person_id].first_name,
        moment=when(dated.appointment),
        link=f"{network_url}/intervisie",
    )
    return Letter(people[person_id], _("A session does not take place"), text)

"""The mails about dates of sessions, a job for each person: planned, moved, called off, somebody else leads, tomorrow.

Each is about one version of a date: was it moved or called off since, another mail says so.
"""

from flask_babel import gettext as _

from app.agenda.words import when
from app.intervision.mails.telling import SessionToTell, session_to_tell
from app.intervision.meeting_places import place_without_own_words
from app.intervision.queries import members_of, seated_in, sessions_of_group
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def tell_dates(network_url: str, *, group_id: int, person_id: int, at: int) -> Letter | None:  # noqa: ARG001 - it tells one letter from a later one
    """Tell somebody all dates of her group that are still to come; `at` tells one series from a later one."""
    coming = [dated for dated in sessions_of_group(group_id) if dated.is_coming]
    seated = seated_in([dated.id for dated in coming])
    to = people_by_id({person_id}).get(person_id)
    mine = [dated.appointment for dated in coming if dated.appointment and person_id in seated[dated.id]]
    if to is None or not mine:
        return None
    members = members_of([group_id])[group_id]
    lines = (
        " · ".join(filter(None, [f"- {when(one)}", place_without_own_words(members, one.place)]))
        for one in mine
    )
    text = _(
        "Hello %(name)s,\n\nThe dates of your intervision are known:\n\n%(dates)s\n\nPut them in your calendar, "
        "all at once:\n%(calendar_file)s\n\nCan you not make it once? See what you can do:\n%(page)s",
        name=to.first_name,
        dates="\n".join(lines),
        calendar_file=f"{network_url}/intervisie/groepen/{group_id}/bijeenkomsten.ics",
        page=f"{network_url}/intervisie",
    )
    return Letter(to, _("The dates of your intervision are known"), text)


def tell_planned(network_url: str, *, session_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell somebody that a session got its date."""
    told = _told(network_url, session_id, person_id, revision, has_seat=True)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nYour intervision has a date.\n\n%(facts)s\n\nMore, and what to do when you can't make it:\n"
        "%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **told.words,
    )
    return _about_date(told, _("A date for your intervision"), text)


def tell_moved(network_url: str, *, session_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell somebody that a session was moved."""
    told = _told(network_url, session_id, person_id, revision, has_seat=True)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nThe date or place of your intervision has been changed. It is now:\n\n%(facts)s\n\n"
        "More, and what to do when you can't make it:\n%(page)s\n\nFor your calendar:\n%(calendar_file)s",
        **told.words,
    )
    return _about_date(told, _("Your intervision has been changed"), text)


def tell_left_out(network_url: str, *, session_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell somebody that a session is at a time at which she can't, so that she has no seat."""
    told = _told(network_url, session_id, person_id, revision, has_seat=False)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nYour group meets at a time at which you can't:\n\n%(facts)s\n\nThat is why no seat has been "
        "booked for you, and nothing is in your agenda. Can you come after all? Look here:\n%(page)s",
        **told.words,
    )
    return Letter(told.to, _("Intervision without you this time"), text, edition=_date_of(told))


def tell_called_off(network_url: str, *, session_id: int, person_id: int, revision: int) -> Letter | None:
    """Tell somebody that a session does not take place."""
    told = _told(network_url, session_id, person_id, revision, has_seat=None)
    if told is None:
        return None
    if told.is_member:
        text = _(
            "Hello %(name)s,\n\nThis session of %(group)s does not take place.\n\n%(facts)s\n\nThe group can choose "
            "another date. You do so here, or see whether that happened already:\n%(page)s",
            **told.words,
        )
    else:
        text = _(
            "Hello %(name)s,\n\nThis session of %(group)s does not take place.\n\n%(facts)s\n\nElsewhere there may be "
            "a seat for you:\n%(link)s",
            link=f"{network_url}/intervisie",
            **told.words,
        )
    return _about_date(told, _("Your intervision does not take place"), text)


def remind_of_session(network_url: str, *, session_id: int, person_id: int, revision: int) -> Letter | None:
    """Remind somebody of tomorrow's session."""
    told = _told(network_url, session_id, person_id, revision, has_seat=True)
    if told is None:
        return None
    text = _(
        "Hello %(name)s,\n\nTomorrow you have intervision with %(group)s.\n\n%(facts)s\n\nMore, and what to do when you "
        "can't make it:\n%(page)s",
        **told.words,
    )
    return Letter(told.to, _("Your intervision tomorrow"), text, edition=_date_of(told))


def tell_leader(network_url: str, *, session_id: int, person_id: int, at: int) -> Letter | None:  # noqa: ARG001 - it tells one letter from a later one
    """Tell somebody who leads a session from now on; `at` tells one handing over from a later one."""
    told = session_to_tell(network_url, session_id, person_id)
    if told is None or told.leader is None or told.dated.is_cancelled or not told.has_seat:
        return None
    if told.leader.id == told.to.id:
        text = _(
            "Hello %(name)s,\n\nYou lead this session of %(group)s.\n\n%(facts)s\n\nCan't you? Then let somebody else "
            "lead:\n%(page)s",
            **told.words,
        )
    else:
        text = _(
            "Hello %(name)s,\n\nSomebody else leads this session of %(group)s.\n\n%(facts)s\n\nMore about it:\n%(page)s",
            **told.words,
        )
    return Letter(told.to, _("Who leads your intervision"), text)


def _told(
    network_url: str, session_id: int, person_id: int, revision: int, *, has_seat: bool | None
) -> SessionToTell | None:
    """The session, if it is still of that version, for who has a seat by now, who has none, or either (None)."""
    told = session_to_tell(network_url, session_id, person_id)
    if told is None or (told.appointment.revision if told.appointment else 0) != revision:
        return None
    return told if has_seat is None or told.has_seat == has_seat else None


def _about_date(told: SessionToTell, subject: str, text: str) -> Letter:
    return Letter(
        told.to, subject, text, edition=_date_of(told), attachment=told.calendar if told.has_seat else None
    )


def _date_of(told: SessionToTell) -> int:
    """A session that was called off can get another date, whose versions are counted from 0 again."""
    return told.dated.session.appointment_id or 0

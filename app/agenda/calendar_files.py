"""Appointments as calendars read them (RFC 5545): when and where; never with whom, and no address of anybody."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID, uuid5

from flask_babel import gettext as _
from icalendar import Calendar, Event

from app.agenda.models import Appointment
from app.agenda.words import on_one_line
from app.kernel.clock import AMSTERDAM
from app.kernel.mail import Attachment

MEDIA_TYPE = "text/calendar; charset=utf-8"
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
OURS = UUID("6f1f6c6e-4d0b-4f0e-9f43-0c5d5f5b8b1a")
"""The namespace of our appointments' ids in calendars. It may never change: events would come twice."""
SUMMER_TIMES = date(2024, 1, 1), date(2040, 1, 1)
"""The years whose changes of the clock a file explains."""


def calendar_file(appointments: Iterable[Appointment], page_url: str, titles: Mapping[str, str]) -> bytes:
    """A calendar with these appointments, each with a link to the page where people read more.

    `titles` names the kinds that have a neutral name of their own.
    """
    return _calendar(
        PUBLISH, [_event(one, page_url, one.place, titles.get(one.kind)) for one in appointments]
    )


def calendar_attachment(
    appointment: Appointment, page_url: str, place: str | None, title: str | None = None
) -> Attachment:
    """One version of an appointment, to go with a mail about it; `place` is what may be told of it there.

    By its sequence a calendar puts it in the place of an earlier version; one that was cancelled goes out.
    """
    method = CANCEL if appointment.cancelled_at else PUBLISH
    content = _calendar(method, [_event(appointment, page_url, place, title)])
    return Attachment("afspraak.ics", "calendar", content, {"method": method})


def _calendar(method: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Vreemde Ogen//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("x-wr-calname", "Vreemde Ogen")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones(*SUMMER_TIMES)
    return calendar.to_ical()


def _event(appointment: Appointment, page_url: str, place: str | None, title: str | None) -> Event:
    event = Event()
    event.add("uid", str(uuid5(OURS, f"{appointment.tenant_id}:{appointment.id}")))
    event.add("sequence", appointment.revision)
    event.add("dtstamp", appointment.changed_at)
    event.add("dtstart", appointment.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", appointment.ends_at.astimezone(AMSTERDAM))
    event.add("summary", title or _("Appointment (Vreemde Ogen)"))
    event.add("status", "CANCELLED" if appointment.cancelled_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", page_url)
    if place:
        event.add("location", on_one_line(place))
    return event

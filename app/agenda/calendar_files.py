"""Appointments as calendars read them (RFC 5545): when and where; never with whom, and no address of anybody."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID, uuid5

from flask_babel import gettext as _
from icalendar import Calendar, Event

from app.agenda.models import Appointment
from app.agenda.words import on_one_line
from app.kernel.clock import AMSTERDAM

MEDIA_TYPE = "text/calendar; charset=utf-8"
OURS = UUID("6f1f6c6e-4d0b-4f0e-9f43-0c5d5f5b8b1a")
"""The namespace of our appointments' ids in calendars. It may never change: events would come twice."""
SUMMER_TIMES = date(2024, 1, 1), date(2040, 1, 1)
"""The years whose changes of the clock a file explains."""


def calendar_file(appointments: Iterable[Appointment], page_url: str, titles: Mapping[str, str]) -> bytes:
    """A calendar with these appointments, each with a link to the page where people read more.

    `titles` names the kinds that have a neutral name of their own.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Vreemde Ogen//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Vreemde Ogen")
    for appointment in appointments:
        calendar.add_component(_event(appointment, page_url, titles))
    calendar.add_missing_timezones(*SUMMER_TIMES)
    return calendar.to_ical()


def _event(appointment: Appointment, page_url: str, titles: Mapping[str, str]) -> Event:
    event = Event()
    event.add("uid", str(uuid5(OURS, f"{appointment.tenant_id}:{appointment.id}")))
    event.add("sequence", appointment.revision)
    event.add("dtstamp", appointment.changed_at)
    event.add("dtstart", appointment.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", appointment.ends_at.astimezone(AMSTERDAM))
    event.add("summary", titles.get(appointment.kind) or _("Appointment (Vreemde Ogen)"))
    event.add("status", "CANCELLED" if appointment.cancelled_at else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", page_url)
    if appointment.place:
        event.add("location", on_one_line(appointment.place))
    return event

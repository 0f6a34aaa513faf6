"""What every page of a session shows around its own part: which group, when, and the tabs."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from app.agenda.words import capitalised, when
from app.intervision.models import BookingState
from app.intervision.policy import JOIN_IN, RUN_SEASONS
from app.intervision.queries import DatedSession, booking_of
from app.intervision.queries.running import has_ended
from app.intervision.services.running import is_open
from app.web.guard import acting
from app.web.navigation import Tab


def session_page(dated: DatedSession) -> dict[str, Any]:
    """The values of `intervision/session_page.html`."""
    booking = booking_of(dated.id, acting().person_id)
    is_inside = booking is not None and booking.state == BookingState.BOOKED
    run_has_ended = has_ended(dated.id)
    return {
        "dated": dated,
        "booking": booking,
        "is_inside": is_inside,
        "can_be_led": is_open(dated) and not run_has_ended,
        "run_has_ended": run_has_ended,
        "can_join": acting().may(JOIN_IN),
        "moment": capitalised(when(dated.appointment)) if dated.appointment else _("Date not known yet"),
        "tabs": session_tabs(
            dated,
            is_inside=is_inside,
            is_of_group=booking is not None and not booking.is_guest,
            run_has_ended=run_has_ended,
        ),
    }


def session_tabs(
    dated: DatedSession, *, is_inside: bool, is_of_group: bool, run_has_ended: bool
) -> list[Tab]:
    """The parts of a session; what is told in it only for who has a seat."""
    parts = [(_("Overview"), "intervision.show_session")]
    if is_inside and acting().may(JOIN_IN):
        parts += _parts_inside(dated, is_of_group=is_of_group, run_has_ended=run_has_ended)
    elif acting().may(RUN_SEASONS):
        parts.append((_("Safety"), "intervision.show_safety"))
    elif is_of_group:
        parts += [(_("Harvest"), "intervision.edit_harvest"), (_("Safety"), "intervision.show_safety")]
    urls = [url_for(endpoint, session_id=dated.id) for _label, endpoint in parts]
    # A form that came back stands under the address to which it was sent: that of its part, or below it.
    here = max((url for url in urls if f"{request.path}/".startswith(f"{url}/")), key=len, default=None)
    return [Tab(label, url, url == here) for (label, _endpoint), url in zip(parts, urls, strict=True)]


def _parts_inside(dated: DatedSession, *, is_of_group: bool, run_has_ended: bool) -> list[tuple[str, str]]:
    """What there is to do now: the harvest from when it begins, leading until it is over, the screen until it was ended."""
    parts = [(_("Case"), "intervision.edit_case")]
    takes_place = dated.has_begun and not dated.is_cancelled
    if is_open(dated) or not dated.is_over:
        parts.append((_("Leading"), "intervision.edit_leading"))
    if is_open(dated) and not run_has_ended:
        parts.append((_("On the screen"), "intervision.show_run"))
    if takes_place or is_open(dated):
        parts.append((_("Harvest"), "intervision.edit_harvest"))
    parts.append((_("Safety"), "intervision.show_safety"))
    if is_of_group and takes_place:
        parts.append((_("Attendance"), "intervision.edit_attendance"))
    return parts

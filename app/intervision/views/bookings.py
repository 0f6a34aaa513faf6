"""The buttons of a seat: book, give back, wait, answer an offer."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.agenda.services.appointments import Clash
from app.intervision.policy import JOIN_IN
from app.intervision.queries import session_with
from app.intervision.services import bookings as services
from app.intervision.views.blueprint import blueprint
from app.intervision.views.seat_part import seat_part
from app.intervision.views.session_page import session_page
from app.web.guard import acting, requires
from app.web.undo import flash_undo


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/boeking")
@requires(JOIN_IN)
def create_booking(session_id: int) -> ResponseReturnValue:
    """Book a seat."""
    try:
        services.book_seat(acting(), session_id)
    except services.Full:
        return _not_booked(session_id, _("Somebody else was just before you: every seat is taken.")), 409
    except Clash:
        return _not_booked(session_id, _clash()), 409
    return _booked(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/afmelding")
@requires(JOIN_IN)
def destroy_booking(session_id: int) -> ResponseReturnValue:
    """Give a seat back."""
    services.give_back_seat(acting(), session_id)
    flash_undo(
        _("You have given your seat back."),
        url_for("intervision.create_booking", session_id=session_id),
        label=_("Book it again"),
    )
    return _to_session(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/wachtplaats")
@requires(JOIN_IN)
def create_wait(session_id: int) -> ResponseReturnValue:
    """Wait for a seat."""
    services.join_line(acting(), session_id)
    flash(_("You are on the waiting list. As soon as a seat comes free, you get a mail."), "good")
    return _to_session(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/wachtplaats/intrekking")
@requires(JOIN_IN)
def destroy_wait(session_id: int) -> ResponseReturnValue:
    """Wait no longer."""
    services.leave_line(acting(), session_id)
    flash(_("You are no longer on the waiting list."), "good")
    return _to_session(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/aanbod")
@requires(JOIN_IN)
def create_acceptance(session_id: int) -> ResponseReturnValue:
    """Take the seat that was offered."""
    try:
        services.accept_offer(acting(), session_id)
    except Clash:
        return _not_booked(session_id, _clash()), 409
    return _booked(session_id)


@blueprint.post("/intervisie/bijeenkomsten/<int:session_id>/aanbod/afwijzing")
@requires(JOIN_IN)
def destroy_offer(session_id: int) -> ResponseReturnValue:
    """Let the seat that was offered pass."""
    services.let_offer_pass(acting(), session_id)
    flash(_("The seat goes to the next in line."), "good")
    return _to_session(session_id)


def _booked(session_id: int) -> ResponseReturnValue:
    flash(_("Your seat is booked. You get a mail that says so."), "good")
    return _to_session(session_id)


def _not_booked(session_id: int, why: str) -> str:
    """Why it did not work out, and the way on."""
    dated = session_with(acting(), session_id)
    return render_template("intervision/not_booked.html", why=why, **session_page(dated), **seat_part(dated))


def _clash() -> str:
    return _("You have another appointment at that time. Choose another session, or move that appointment.")


def _to_session(session_id: int) -> ResponseReturnValue:
    return redirect(url_for("intervision.show_session", session_id=session_id))

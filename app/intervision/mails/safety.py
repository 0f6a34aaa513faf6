"""The mail that asks how safe a session felt."""

from flask_babel import format_date
from flask_babel import gettext as _

from app.intervision.queries import day_of, has_given_pulse, pulse_of, session_by_id
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def ask_pulse(network_url: str, *, session_id: int, person_id: int) -> Letter | None:
    """Ask, unless she answered already, or it is too late."""
    dated, person = session_by_id(session_id), people_by_id({person_id}).get(person_id)
    if dated is None or dated.appointment is None or person is None:
        return None
    pulse = pulse_of(dated)
    if not pulse.is_open or has_given_pulse(session_id, person_id):
        return None
    text = _(
        "Hello %(name)s,\n\nHow safe did the intervision of %(day)s feel to you? Answer three statements. It takes half a "
        "minute, and without your name:\n%(link)s\n\nYou can do so until %(until)s. Nobody can see what you answered. "
        "We ask this once.",
        name=person.first_name,
        day=format_date(day_of(dated.appointment.starts_at), "d MMMM"),
        until=format_date(pulse.until, "d MMMM"),
        link=f"{network_url}/intervisie/bijeenkomsten/{session_id}/veiligheid",
    )
    return Letter(person, _("Half a minute about your intervision"), text)

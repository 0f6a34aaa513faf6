"""When the two can talk, as both of them told: shared half-days first."""

from flask_babel import gettext as _

from app.agenda.halfdays import halfdays
from app.coaching.models import Trajectory
from app.coaching.queries import halfdays_told
from app.kernel.actor import Actor
from app.organisation.models import Person


def halfday_lines(
    actor: Actor, trajectory: Trajectory, coachee: Person, coach: Person
) -> list[tuple[str, str]]:
    """Who, and on which half-days; nothing when neither told any."""
    told = halfdays_told(trajectory)
    shared = told.coachee & told.coach
    names = {
        person.id: _("You") if person.id == actor.person_id else person.first_name
        for person in (coachee, coach)
    }
    if not (told.coachee or told.coach):
        return []
    alone = [
        (_("%(name)s also", name=names[person_id]) if shared else names[person_id], halfdays(own - shared))
        for person_id, own in ((coachee.id, told.coachee), (coach.id, told.coach))
        if own - shared
    ]
    return [(_("Both of you"), halfdays(shared) if shared else _("no half-day in common")), *alone]

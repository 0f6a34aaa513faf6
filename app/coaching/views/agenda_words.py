"""How a talk is called in somebody's agenda."""

from collections.abc import Collection

from flask import url_for
from flask_babel import gettext as _

from app.agenda.kinds import ShownAs
from app.coaching.queries import talks_at
from app.kernel.actor import Actor
from app.organisation.queries import people_by_id


def talks_in_agenda(actor: Actor, appointment_ids: Collection[int]) -> dict[int, ShownAs]:
    """Talks by their appointments: with whom, and the way to the trajectory."""
    talks = talks_at(actor, appointment_ids)
    people = people_by_id({person for talk in talks.values() for person in (talk.coachee_id, talk.coach_id)})
    shown: dict[int, ShownAs] = {}
    for appointment_id, talk in talks.items():
        other = people[talk.coach_id if actor.person_id == talk.coachee_id else talk.coachee_id]
        url = url_for("coaching.index_talks", trajectory_id=talk.trajectory_id)
        shown[appointment_id] = ShownAs(_("Coaching talk with %(name)s", name=other.name), url)
    return shown

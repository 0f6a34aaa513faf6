"""The mail that asks what became of an intention: that there is one, never what it says."""

from flask_babel import gettext as _

from app.intervision.queries import open_intention
from app.organisation.mails import Letter
from app.organisation.queries import people_by_id


def ask_intention(network_url: str, *, intention_id: int) -> Letter | None:
    """Ask, unless she looked back already, or it was forgotten."""
    intention = open_intention(intention_id)
    person = people_by_id({intention.person_id}).get(intention.person_id) if intention else None
    if person is None:
        return None
    text = _(
        "Hello %(name)s,\n\nAfter your last intervision you wrote down what you meant to do. What became of it? Looking "
        "back takes two minutes:\n%(link)s\n\nOnly you read it. We ask this once.",
        name=person.first_name,
        link=f"{network_url}/intervisie/voornemens/{intention_id}",
    )
    return Letter(person, _("Two minutes to look back"), text)

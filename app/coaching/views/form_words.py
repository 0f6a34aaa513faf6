"""What the forms of requests and profiles offer, in words."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from app.coaching.themes import THEMES
from app.organisation.labels import CONCEPTS, KINDS
from app.organisation.models import Person


def choices_of(people: Iterable[Person], *, but: int) -> list[tuple[int, str]]:
    """People to choose from, without the one whose form it is."""
    return [(person.id, person.name) for person in people if person.id != but]


def form_words() -> dict[str, Any]:
    """Choices, and the labels by which the summary of errors names its fields."""
    return {
        "themes": THEMES,
        "kinds": list(KINDS.items()),
        "concepts": list(CONCEPTS.items()),
        "labels": {
            "themes": _("Themes"),
            "halfdays": _("Half-days"),
            "travel_limit": _("Travel"),
            "wanted": _("Rather with"),
            "unwanted": _("Rather not with"),
            "question": _("Your question"),
            "capacity": _("Number of IB'ers"),
            "kinds": _("Kinds of education"),
            "concepts": _("Concepts"),
            "postcode": _("Postcode"),
            "declared_boards": _("School boards"),
            "about": _("About yourself"),
            "unavailable_from": _("Not available from"),
            "unavailable_until": _("Not available until"),
        },
    }

"""What the forms of requests and profiles offer, in words."""

from collections.abc import Collection, Iterable
from typing import Any

from flask_babel import gettext as _

from app.coaching.queries import network_themes
from app.organisation.labels import CONCEPTS, KINDS, board_with_schools
from app.organisation.models import Person
from app.organisation.queries import boards_with_schools


def choices_of(people: Iterable[Person], *, but: int) -> list[tuple[int, str]]:
    """People to choose from, without the one whose form it is."""
    return [(person.id, person.name) for person in people if person.id != but]


def board_choices() -> list[tuple[str, str]]:
    """The boards of the network by number, each recognised by its schools."""
    return [(board.number, board_with_schools(board, schools)) for board, schools in boards_with_schools()]


def form_words(kept: Collection[str] = ()) -> dict[str, Any]:
    """Choices, and the labels by which the summary of errors names its fields: in the order of both forms.

    `kept` are the themes that the request or profile has already, which may have been retired since.
    """
    return {
        "themes": network_themes(kept),
        "kinds": list(KINDS.items()),
        "concepts": list(CONCEPTS.items()),
        "labels": {
            "capacity": _("Number of IB'ers"),
            "kinds": _("Kinds of education"),
            "concepts": _("Concepts"),
            "known_from": _("Known from"),
            "themes": _("Themes"),
            "halfdays": _("Half-days"),
            "travel_limit": _("Travel"),
            "postcode": _("Postcode"),
            "declared_boards": _("School boards"),
            "other_boards": _("Boards outside this network"),
            "about": _("A few lines"),
            "unavailable_from": _("Not available from"),
            "unavailable_until": _("Not available until"),
            "wanted": _("Rather with"),
            "unwanted": _("Rather not with"),
            "question": _("Your question"),
        },
    }

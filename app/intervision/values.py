"""What the form of an answer shows: of one that is kept, of a new one, or of what was just typed."""

from typing import Any

from marshmallow import Schema

from app.coaching.queries import network_themes
from app.coaching.themes import MAX_THEMES
from app.intervision.models import Participation
from app.intervision.queries import avoided_by, latest_coaching_wishes
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids
from app.web.forms import form_values


def new_answer(person_id: int, *, own: bool) -> dict[str, Any]:
    """An answer before anything was filled in: as far as it is known from her latest coaching request.

    Whom she would rather not have as a coach is hers to repeat here: the coordinator's form does not fill it in.
    """
    halfdays, themes, unwanted = latest_coaching_wishes(person_id)
    chosen, ibs = network_themes(), holder_ids(Role.IB)
    known = avoided_by(person_id, said_by_herself=own)
    return {
        "halfdays": halfdays,
        "themes": [theme for theme in themes if theme in chosen][:MAX_THEMES],
        "experience": "",
        "unwanted": known or ([other for other in unwanted if other in ibs] if own else []),
        "is_prefilled": bool(halfdays or themes),
    }


def values_of_answer(answer: Participation, *, own: bool) -> dict[str, Any]:
    """An answer that is kept."""
    return {
        "takes_part": answer.takes_part,
        "halfdays": answer.halfdays,
        "themes": answer.themes,
        "experience": answer.experience or "",
        "unwanted": avoided_by(answer.person_id, said_by_herself=own),
        "is_prefilled": False,
    }


def typed_answer(schema: Schema) -> dict[str, Any]:
    """An answer as it was just typed, so that nothing is lost when something in it is wrong."""
    empty = {"halfdays": [], "themes": [], "experience": "", "unwanted": [], "is_prefilled": False}
    return {**empty, **form_values(schema)}

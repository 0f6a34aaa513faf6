"""What comes in for notes, check-ins, closures and evaluations."""

from typing import Any

from marshmallow import fields
from marshmallow.validate import Length, OneOf, Range

from app.coaching.models import NoteKind, Outcome
from app.coaching.schemas.words import _l
from app.organisation.schemas import WithFreeText
from app.web.forms import UseCase, needed

MAX_TEXT = 4000


def _text(**options: Any) -> fields.String:
    return fields.String(validate=Length(max=MAX_TEXT, error=_l("Use at most 4,000 characters.")), **options)


def _score() -> fields.Integer:
    return fields.Integer(
        required=True,
        validate=Range(1, 5, error=_l("Choose one of the five answers.")),
        error_messages=needed(_l("Choose one of the five answers.")),
    )


class WithText(WithFreeText):
    """Something that is written down."""

    text = _text(load_default=None)


class NoteSchema(WithText):
    """A note, and for whom it is."""

    text = _text(required=True, error_messages=needed(_l("Write something first.")))
    kind = fields.Enum(
        NoteKind,
        by_value=True,
        required=True,
        error_messages=needed(_l("Choose for whom this note is."))
        | {"unknown": _l("Choose for whom this note is.")},
    )


class CheckInSchema(WithText):
    """How it goes."""

    score = _score()


class ClosureSchema(UseCase):
    """How the coaching ended."""

    outcome = fields.Enum(
        Outcome,
        by_value=True,
        required=True,
        error_messages=needed(_l("Choose how the coaching ended."))
        | {"unknown": _l("Choose how the coaching ended.")},
    )


class EvaluationSchema(WithText):
    """What came of it: a field for each of the statements."""

    practice = _score()
    noticed = _score()
    outside = _score()
    worthwhile = _score()


class TrajectoryFilterSchema(UseCase):
    """How the coordinator looks at the trajectories."""

    q = fields.String(load_default="")
    show = fields.String(load_default="all", validate=OneOf(["all", "quiet", "going", "closed"]))
    after = fields.Integer(load_default=0, validate=Range(min=0))

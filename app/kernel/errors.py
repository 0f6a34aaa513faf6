"""What can go wrong in a use case. The doors translate each once: for pages, and for JSON."""

from collections.abc import Mapping, Sequence


class NotFound(Exception):
    """It does not exist, or the actor may not know that it does."""


class Forbidden(Exception):
    """The actor may know of it, and may not do this with it."""


class Invalid(Exception):
    """The input is wrong. `fields` gives messages per field, in the user's language."""

    def __init__(self, fields: Mapping[str, Sequence[str]]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


class Conflict(Exception):
    """Somebody was first, or a rule that the database keeps forbids it. `message` is for the user."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class PlanLimit(Exception):
    """The network may read and export, and not change anything."""

"""What a page shows as phases in their order: the macro `timeline` draws them."""

from typing import NamedTuple


class Step(NamedTuple):
    """A phase: what it is called, when it was or will be, and whether it is behind us or goes on."""

    label: str
    when: str
    is_past: bool
    is_current: bool

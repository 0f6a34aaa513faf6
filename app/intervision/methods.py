"""The methods by which a group works through a case: those that are shipped, as pages and screens read them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import get_locale

_FILE = Path(__file__).with_name("methods.toml")
_SHIPPED_IN = "nl"
"""The language of a text when somebody reads in one that we don't have."""


@dataclass(frozen=True, slots=True)
class MethodStep:
    """A step of a method. Its texts are in both languages when we ship them, and in one when a network wrote them."""

    kept: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What it is called."""
        return _said(self.kept["name"])

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.kept["minutes"]

    @property
    def speaks(self) -> str | None:
        """Who speaks in it, by the codes of `labels.SPEAKING`; None where nobody said."""
        return self.kept.get("speaks")

    @property
    def what(self) -> str:
        """What everybody does in it, for the leader to read aloud."""
        return _said(self.kept.get("what", ""))

    @property
    def questions(self) -> list[str]:
        """Questions that help when it falls silent."""
        return list(_said(self.kept.get("questions", [])))


@dataclass(frozen=True, slots=True)
class SteppedMethod:
    """A method with its steps."""

    code: str
    words: Mapping[str, Any]
    steps: tuple[MethodStep, ...]
    at_least: int = 3
    """With fewer people it does not work."""
    needs_trust: bool = False
    """Only for people who know each other well."""
    for_beginners: bool = False
    is_own: bool = False
    is_retired: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return _said(self.words["name"])

    @property
    def fits(self) -> str:
        """For whom or when it fits."""
        return _said(self.words.get("fits", ""))

    @property
    def warning(self) -> str:
        """What to mind before choosing it."""
        return _said(self.words.get("warning", ""))

    @property
    def minutes(self) -> int:
        """How long all of it lasts."""
        return sum(step.minutes for step in self.steps)


def steps_of(kept: list[dict[str, Any]]) -> tuple[MethodStep, ...]:
    """Steps as a row of the database or our file keeps them."""
    return tuple(MethodStep(step) for step in kept)


@cache
def shipped_methods() -> dict[str, SteppedMethod]:
    """The methods that everybody has, by their codes, read once."""
    texts = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        method["code"]: SteppedMethod(
            code=method["code"],
            words=method,
            steps=steps_of(method["steps"]),
            at_least=method.get("at_least", 3),
            needs_trust=method.get("needs_trust", False),
            for_beginners=method.get("for_beginners", False),
        )
        for method in texts["methods"]
    }


def _said(text: Any) -> Any:
    """A text in the language of the reader; what a network wrote itself is in one language only."""
    if not isinstance(text, Mapping):
        return text
    language = str(get_locale() or _SHIPPED_IN)
    return text.get(language, text[_SHIPPED_IN])

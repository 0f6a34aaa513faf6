"""What the invented people of the demo write, from `words.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True)
class InventedGoal:
    """A goal with what each of its five levels looks like, the lowest first."""

    text: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntervisionWords:
    """What invented groups write down in their sessions."""

    steps: tuple[dict[str, Any], ...]
    """Of the method by which they work."""
    learning_points: tuple[str, ...]
    intentions: tuple[str, ...]
    reflections: tuple[str, ...]
    cases: tuple[dict[str, str], ...]
    """Each by the names of its four texts."""


@dataclass(frozen=True, slots=True)
class ExpertiseWords:
    """What invented people write beside what they know, and ask each other."""

    own_words: tuple[str, ...]
    reached: tuple[str, ...]
    """When and how somebody likes to be asked."""
    questions: tuple[str, ...]
    thanks: tuple[str, ...]
    providers: tuple[str, ...]
    """Of courses; each says that it is invented."""
    courses: dict[str, tuple[str, ...]]
    """Titles by the code of the domain."""


@dataclass(frozen=True, slots=True)
class DemoWords:
    """Texts of invented IB'ers and coaches, in Dutch."""

    questions: dict[str, tuple[str, ...]]
    """Questions in an IB'er's own words, by the code of the theme that they are about."""
    about_ib: tuple[str, ...]
    """What IB'ers who also coach say of themselves."""
    about_outside: tuple[str, ...]
    """What coaches from outside every school of the network say of themselves."""
    goals: tuple[InventedGoal, ...]
    agreement_lines: tuple[str, ...]
    leader_hears: tuple[str, ...]
    """What two people agree that the school leader hears."""
    notes: tuple[str, ...]
    check_ins: tuple[str, ...]
    evaluations: tuple[str, ...]
    intervision: IntervisionWords
    expertise: ExpertiseWords

    def questions_about(self, theme: str) -> tuple[str, ...]:
        """The questions about a theme; all of them when none is written for it."""
        everything = tuple(text for texts in self.questions.values() for text in texts)
        return self.questions.get(theme, everything)


@cache
def demo_words() -> DemoWords:
    """The texts, read once."""
    texts = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return DemoWords(
        questions={theme: tuple(questions) for theme, questions in texts["questions"].items()},
        about_ib=tuple(texts["about_ib"]),
        about_outside=tuple(texts["about_outside"]),
        goals=tuple(InventedGoal(goal["text"], tuple(goal["levels"])) for goal in texts["goals"]),
        agreement_lines=tuple(texts["agreements"]["lines"]),
        leader_hears=tuple(texts["agreements"]["leader_hears"]),
        notes=tuple(texts["reflections"]["notes"]),
        check_ins=tuple(texts["reflections"]["check_ins"]),
        evaluations=tuple(texts["reflections"]["evaluations"]),
        intervision=IntervisionWords(
            **{name: tuple(lines) for name, lines in texts["intervision"].items()},
        ),
        expertise=_expertise_words(texts["expertise"]),
    )


def _expertise_words(texts: dict[str, Any]) -> ExpertiseWords:
    courses = {domain: tuple(titles) for domain, titles in texts.pop("courses").items()}
    return ExpertiseWords(**{name: tuple(lines) for name, lines in texts.items()}, courses=courses)

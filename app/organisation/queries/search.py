"""Search as people type: several words in any order, without caring for capitals and accents."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, true

_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "\\%_"})


def mentions(words: str | None, *columns: Any) -> ColumnElement[bool]:
    """That each of the words stands somewhere in the columns; without words everything does."""
    if not words:
        return true()
    text = func.unaccent(func.lower(func.concat_ws(" ", *columns)))
    return and_(*(text.like(func.unaccent(f"%{_escaped(word)}%")) for word in words.lower().split()))


def _escaped(word: str) -> str:
    return word.translate(_ESCAPES)

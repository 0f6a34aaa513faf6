"""Say what was done, with the way back."""

from collections.abc import Mapping
from typing import Any

from flask import flash


def flash_undo(
    text: str, url: str, fields: Mapping[str, Any] | None = None, *, label: str | None = None
) -> None:
    """A message with a button that posts `fields` to `url`."""
    undo: dict[str, Any] = {"url": url, "fields": dict(fields or {})}
    if label:
        undo["label"] = label
    flash({"text": text, "undo": undo}, "good")  # pyright: ignore[reportArgumentType]

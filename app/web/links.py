"""Links that come from outside: only pages of our own are followed."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

HOME = "/"


class RowId(IntegerConverter):
    """An id in a URL. A number that no row can have is a page that does not exist."""

    def __init__(self, map: Map, *arguments: Any, **options: Any) -> None:  # noqa: A002 - the router's name
        super().__init__(map, *arguments, **{"max": 2**63 - 1, **options})


def safe_next(target: str | None) -> str:
    """`target` if our own router knows it as a page, otherwise the start page. Never leaves the site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return HOME
    if any(ord(letter) < 32 or letter == "\\" for letter in target):
        return HOME
    parts = urlsplit(target)
    router = current_app.create_url_adapter(request)
    if parts.scheme or parts.netloc or router is None:
        return HOME
    try:
        router.match(parts.path, method="GET")
    except HTTPException:
        return HOME
    return target

"""Dutch unless somebody chose English; dates and numbers as the language writes them."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from babel import dates
from babel.support import NullTranslations, Translations
from flask import Flask, g, request, url_for
from flask import session as cookie
from flask_babel import format_datetime, format_decimal, get_domain, get_locale
from markupsafe import Markup

from app.kernel.clock import AMSTERDAM

LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT = "nl"


def choose_language() -> str:
    """The language of this request."""
    chosen = cookie.get("language", DEFAULT) if request else DEFAULT
    return chosen if chosen in LANGUAGES else DEFAULT


def long_date(day: date) -> str:
    """Such as "23 november 2026"."""
    return day_as("d MMMM y", day)


def day_as(pattern: str, day: date) -> str:
    """A day in the language of this page, by a date pattern of Unicode's locale data."""
    return _day_as(pattern, day, current_language())


@lru_cache(maxsize=5_000)
def _day_as(pattern: str, day: date, language: str) -> str:
    """Kept, for a list writes the same days a hundred times."""
    return dates.format_date(day, pattern, locale=language)


def moment(at: datetime) -> str:
    """Such as "23 november 2026, 14:05", in Dutch time."""
    return format_datetime(at.astimezone(AMSTERDAM), "d MMMM y, HH:mm", rebase=False)


def current_language() -> str:
    """The language in which this page is."""
    return str(get_locale() or DEFAULT)


def other_languages(*, come_back: bool = True) -> list[tuple[str, str, str]]:
    """Code, name and link of the languages in which this page can be had too; an error page is left behind."""
    here = request.full_path.rstrip("?") if come_back and request.method == "GET" else None
    return [
        (code, name, url_for("web.choose_language", language=code, next=here))
        for code, name in LANGUAGES.items()
        if code != current_language()
    ]


def register_formats(app: Flask) -> None:
    """Give templates the formats of dates and numbers."""
    app.jinja_env.filters.update(long_date=long_date, moment=moment, number=format_decimal)


def register_words(app: Flask) -> None:
    """Let templates find the catalogue of the request once, and each of their hundreds of words in one call."""

    def words() -> Translations | NullTranslations:
        found: Translations | NullTranslations | None = g.get("words")
        if found is None:
            found = g.words = get_domain().get_translations()
        return found

    @cache
    def word(catalogue: Translations | NullTranslations, message: str) -> Markup:
        return Markup(catalogue.gettext(message))  # noqa: S704 - ours

    def translated(message: str, /, **variables: Any) -> Markup:
        found = word(words(), message)
        return found % variables if variables or "%" in found else found

    def counted(one: str, many: str, num: int, /, **variables: Any) -> Markup:
        return Markup(words().ngettext(one, many, num)) % {"num": num, **variables}  # noqa: S704 - as above

    app.jinja_env.globals.update(_=translated, gettext=translated, ngettext=counted)

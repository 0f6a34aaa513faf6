"""Which items of the taxonomy somebody means by her words: by stem, without accents, or nearly so."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Text, func, literal, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.expertise.queries.taxonomy import Item, Taxonomy
from app.kernel.accents import folded
from tenants.session import session

DUTCH: ColumnElement[Any] = literal_column("'dutch'::regconfig")
MOST_WORDS = 8
BEGINNING = 4
"""From so many letters on a word also finds what begins with it."""
ALIKE = 0.65
"""How much a name must be like a word to be suggested; 1 is the same."""
MOST_SUGGESTED = 3


def query_of(words: str) -> ColumnElement[str]:
    """What the database looks for: all of the words, each by its stem."""
    sought = _words(words)
    return func.to_tsquery(DUTCH, " & ".join(f"'{w}'{':*' if len(w) >= BEGINNING else ''}" for w in sought))


def items_meant(taxonomy: Taxonomy, words: str) -> list[Item]:
    """The items that stand for what the words name, by their own name or that of their domain.

    A name also counts when it stands within the words: who looks for "dyslexie bij kleuters" means dyslexia. Items
    that were merged lead to what they were merged into.
    """
    named = [(item.id, folded(item.name)) for item in taxonomy.items.values()]
    domains = [(domain.id, folded(domain.name)) for domain in taxonomy.domains]
    names = _found_names([*named, *((-domain_id, name) for domain_id, name in domains)], words)
    found = {taxonomy.current(item.id).id for item in taxonomy.items.values() if item.id in names}
    found |= {item.id for domain in taxonomy.domains if -domain.id in names for item in domain.items}
    return [item for item in taxonomy.items.values() if item.id in found]


def items_kept_under(taxonomy: Taxonomy, items: Iterable[Item]) -> list[int]:
    """The ids under which records of these items are kept: their own, and of what was merged into them."""
    wanted = {item.id for item in items}
    return [item_id for item_id in taxonomy.items if taxonomy.current(item_id).id in wanted]


def suggestions(taxonomy: Taxonomy, words: str) -> list[str]:
    """Names of items that are much like what somebody typed, the most alike first."""
    by_spelling: dict[str, str] = {}
    for domain in taxonomy.domains:
        for item in domain.items:
            name = folded(item.name)
            for spelling in (name, *(word for word in _words(name) if len(word) >= BEGINNING)):
                by_spelling.setdefault(spelling, item.name)
    typed = [folded(words), *(word for word in _words(words) if len(word) >= BEGINNING)]
    close = [
        name
        for spelling in typed
        for name in get_close_matches(spelling, by_spelling, n=MOST_SUGGESTED, cutoff=ALIKE)
    ]
    return _first_of_each(by_spelling[spelling] for spelling in close)[:MOST_SUGGESTED]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(text))[:MOST_WORDS]


def _found_names(names: Iterable[tuple[int, str]], words: str) -> set[int]:
    by_id: Mapping[int, str] = dict(names)
    listed = (
        func.unnest(literal(list(by_id), ARRAY(BigInteger)), literal(list(by_id.values()), ARRAY(Text)))
        .table_valued("id", "name")
        .render_derived()
    )
    is_named = func.to_tsvector(DUTCH, listed.c.name).op("@@")(query_of(words))
    stands_within = func.to_tsvector(DUTCH, " ".join(_words(words))).op("@@")(
        func.plainto_tsquery(DUTCH, listed.c.name)
    )
    is_item = listed.c.id > 0
    found = select(listed.c.id).where(or_(is_named, is_item & stands_within))
    return set(session().scalars(found))


def _first_of_each(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))

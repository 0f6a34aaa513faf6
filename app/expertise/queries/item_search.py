"""Items by what somebody types: a few letters of the name or of its domain, without caring for accents."""

from difflib import get_close_matches

from app.expertise.queries.taxonomy import Item, taxonomy
from app.kernel.accents import folded

CLOSE_ENOUGH = 0.75
"""How much a word must look like one of a name when nothing holds it as it was typed."""
MOST_FOUND = 12


def items_named(words: str) -> list[Item]:
    """Items in use whose name, or that of their domain, holds each of the words; otherwise those spelt nearly so."""
    wanted = _plain(words).split()
    if not wanted:
        return []
    texts = {
        item.id: (item, _plain(item.name), _plain(domain.name))
        for domain in taxonomy().domains
        for item in domain.items
    }
    by_name = [item for item, name, _domain in texts.values() if all(word in name for word in wanted)]
    by_domain = [
        item
        for item, name, domain in texts.values()
        if item not in by_name and all(word in f"{name} {domain}" for word in wanted)
    ]
    return (by_name + by_domain)[:MOST_FOUND] or _spelt_nearly(wanted, list(texts.values()))


def _spelt_nearly(wanted: list[str], texts: list[tuple[Item, str, str]]) -> list[Item]:
    return [
        item
        for item, name, _domain in texts
        if all(get_close_matches(word, name.split(), n=1, cutoff=CLOSE_ENOUGH) for word in wanted)
    ][:MOST_FOUND]


def _plain(text: str) -> str:
    """Lower case, without accents; a word within brackets is a word."""
    return "".join(sign for sign in folded(text) if sign.isalnum() or sign in " -").replace("-", " ")

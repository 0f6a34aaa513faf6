"""Letters without their accents, where the database has to store what it made of them: `unaccent` can't be stored."""

_ACCENTED = "áàâäãåāçćčéèêëēėěğíìîïīıİłñńóòôöõøōšşśúùûüūýÿžźż"
_PLAIN = "aaaaaaaccceeeeeeegiiiiiiilnnooooooosssuuuuuyyzzz"
_LETTERS = str.maketrans(_ACCENTED, _PLAIN)


def folded_sql(text: str) -> str:
    """The SQL of a text in small letters without accents."""
    return f"translate(lower({text}), '{_ACCENTED}', '{_PLAIN}')"


def folded(text: str) -> str:
    """A text in small letters without accents, as `folded_sql` makes it."""
    return text.lower().translate(_LETTERS)

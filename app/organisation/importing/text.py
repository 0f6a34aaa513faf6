"""Text as a person compares it: without capitals, accents and double spaces."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")
_LETTERS_WITHOUT_PARTS = str.maketrans("øłđı", "oldi")


def folded(text: str) -> str:
    """The text in lower case without accents, its spaces single; "ﬁ" and such in their plain form."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return tidy(plain.translate(_LETTERS_WITHOUT_PARTS))


def tidy(text: str) -> str:
    """The text without spaces around it, and single ones inside; and without what no column takes."""
    return _SPACES.sub(" ", text.replace("\0", "")).strip()


def key(text: str) -> str:
    """Only the letters and digits, for words that people write in many ways: "IB-er", "ib'er", "IB er"."""
    return _NO_LETTER_OR_DIGIT.sub("", folded(text))

"""No pupil data: what looks like it is noticed before it is saved."""

import re

_NINE_DIGITS = re.compile(r"(?<!\d)(\d[ .]?){8}\d(?!\d)")
_BIRTH_DATE = re.compile(r"\b\d{1,2}[-/. ](\d{1,2}|[a-z]{3,9})[-/. ](20[0-3]\d)\b", re.IGNORECASE)
_PUPIL_NUMBER = re.compile(r"\b(leerling|onderwijs|pgn|bsn)\w*[ -]?(nummer|nr)?\.?:? ?\d{5,}", re.IGNORECASE)
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def looks_like_pupil_data(text: str) -> bool:
    """Whether a text holds what looks like a citizen service number, a pupil number or a child's birth date."""
    if _BIRTH_DATE.search(text) or _PUPIL_NUMBER.search(text):
        return True
    return any(_is_citizen_number(found.group()) for found in _NINE_DIGITS.finditer(text))


def _is_citizen_number(text: str) -> bool:
    """The test of eleven: weighted by 9 down to 2 and -1, the digits of a BSN add up to a multiple of 11."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    return any(digits) and sum(w * d for w, d in zip(_BSN_WEIGHTS, digits, strict=True)) % 11 == 0

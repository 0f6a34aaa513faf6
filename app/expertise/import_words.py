"""What is said of the rows of a list of records."""

from flask_babel import lazy_gettext as _l

from app.expertise.importing import Fault, RowState, Wrong

STATES = {
    RowState.WRONG: _l("Not right"),
    RowState.NEW: _l("New"),
    RowState.KNOWN: _l("There already"),
}
WRONG = {
    Wrong.NO_PERSON: _l("Whom is this row about? Fill in a name or an e-mail address."),
    Wrong.UNKNOWN_PERSON: _l("“%(text)s” does not work at this school."),
    Wrong.TWO_PEOPLE: _l("Two people of the team are called “%(text)s”. Fill in the e-mail address."),
    Wrong.NO_ITEM: _l("Fill in the item."),
    Wrong.UNKNOWN_ITEM: _l("We don't know this item."),
    Wrong.RETIRED_ITEM: _l("“%(text)s” is not in use any more. Choose another item."),
    Wrong.UNKNOWN_KIND: _l("Fill in what it is: expertise, interest, course or ambition."),
    Wrong.NO_LEVEL: _l("Fill in the level: 1, 2, 3 or 4."),
    Wrong.NO_COURSE: _l("Fill in the title of the course."),
    Wrong.NO_STATE: _l("Fill in whether the course is planned, running or done, or its days."),
    Wrong.NO_DATE: _l("“%(text)s” is not a date. Write it as 23-11-2026."),
    Wrong.ENDS_BEFORE: _l("The last day is before the first."),
    Wrong.TOO_LONG: _l("This is too long: “%(text)s…”"),
}
MEANT = _l("We don't know this item. Do you mean “%(text)s”?")


def fault_words(fault: Fault) -> str:
    """What is wrong with a row, in a sentence."""
    if fault.code == Wrong.UNKNOWN_ITEM and fault.text:
        return str(MEANT) % {"text": fault.text}
    return str(WRONG[fault.code]) % {"text": fault.text}

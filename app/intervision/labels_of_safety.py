"""Words for the safety pulse, and for what became of an intention."""

from flask_babel import lazy_gettext as _l

from app.intervision.models import IntentionOutcome

PULSE = {
    "statement_1": _l("Here I can say what I find hard."),
    "statement_2": _l("I trust that what I tell stays here."),
    "statement_3": _l("I feel taken seriously here."),
}
"""The three statements, in the order in which they are counted."""
PULSE_ANSWERS = (
    (1, _l("not at all")),
    (2, _l("hardly")),
    (3, _l("a bit")),
    (4, _l("quite")),
    (5, _l("entirely")),
)

OUTCOMES = (
    (IntentionOutcome.DONE, _l("Done")),
    (IntentionOutcome.PARTLY, _l("Partly done")),
    (IntentionOutcome.NOT_YET, _l("Not yet")),
    (IntentionOutcome.OTHERWISE, _l("Something else was needed")),
)
OUTCOME_WORDS = dict(OUTCOMES)

"""Words for how coaching goes, how it ended, and what came of it."""

from flask_babel import lazy_gettext as _l

from app.coaching.models import COACH_SIDE, IB_SIDE, NoteKind, Outcome

SCORES = (
    (1, _l("not at all")),
    (2, _l("hardly")),
    (3, _l("a bit")),
    (4, _l("quite")),
    (5, _l("very much")),
)
SCORE_WORDS = dict(SCORES)

NOTE_KINDS = {NoteKind.OWN: _l("Only for you"), NoteKind.SHARED: _l("For the two of you")}

OUTCOMES = {
    Outcome.COMPLETED: _l("completed"),
    Outcome.COMPLETED_EARLY: _l("completed, earlier than planned"),
    Outcome.STOPPED: _l("stopped"),
    Outcome.HANDED_OVER: _l("handed over to another coach"),
}
"""As it stands within a sentence."""

OUTCOME_CHOICES = (
    (Outcome.COMPLETED, _l("Completed"), _l("You did what you had planned.")),
    (
        Outcome.COMPLETED_EARLY,
        _l("Completed, earlier than planned"),
        _l("What you wanted to reach is reached, or it is enough for now."),
    ),
    (Outcome.STOPPED, _l("Stopped on the way"), _l("It does not go on now. You need not say why.")),
    (
        Outcome.HANDED_OVER,
        _l("Handed over"),
        _l("Another coach goes on. The coordinator looks for one."),
    ),
)

STATEMENTS_OF = {
    IB_SIDE: {
        "practice": _l("I do something differently in my work."),
        "noticed": _l("Teachers or colleagues notice it."),
        "outside": _l("A stranger's eyes helped."),
        "worthwhile": _l("It was worth the time."),
    },
    COACH_SIDE: {
        "practice": _l("The IB'er does something differently at work."),
        "noticed": _l("It is noticed at the school."),
        "outside": _l("It helped that I come from outside."),
        "worthwhile": _l("It was worth my time."),
    },
}
"""What each side judges, in the order of the form."""

STATEMENTS_IN_SHORT = {
    "practice": _l("different at work"),
    "noticed": _l("noticed"),
    "outside": _l("a stranger's eyes"),
    "worthwhile": _l("worth the time"),
}
SIDES_IN_PLURAL = {IB_SIDE: _l("IB'ers"), COACH_SIDE: _l("Coaches")}

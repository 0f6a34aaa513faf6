"""Words for codes: reasons that forbid a pair, and how many coaches they keep away."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.coaching.matching import PairJudgement, Reason
from app.coaching.models import AgreementLine, LineKind
from app.coaching.phases import Phase
from app.organisation.labels import CONCEPTS, KINDS, listed

REASONS = {
    Reason.SELF: _l("IB'er and coach are the same person."),
    Reason.SAME_SCHOOL: _l("They work at the same school."),
    Reason.SAME_BOARD: _l("They have the same school board."),
    Reason.KIND: _l("The coach does not know %(kinds)s."),
    Reason.CONCEPT: _l("The coach does not know %(concepts)s."),
    Reason.UNKNOWN: _l("Something has not been filled in that is needed to judge this pair."),
    Reason.RECENT: _l("The coach was this IB'er's coach in one of the last rounds."),
    Reason.EXCLUDED: _l("This pair has been ruled out."),
    Reason.PERIOD: _l("There is no period in which both take part."),
    Reason.TRAVEL: _l("It is too far, and not both want to meet online."),
    Reason.UNAVAILABLE: _l("The coach is not available at the moment."),
}
"""A sentence for each rule, as it stands beside a pair."""

NAMES_OF_CONCEPTS = frozenset({"montessori", "dalton", "jenaplan", "freinet"})
"""Concepts that are a name, and keep their capital within a sentence."""

PHASES = {
    Phase.OPEN: _l("Open"),
    Phase.CLOSED: _l("Closed"),
    Phase.PROPOSAL: _l("Proposal"),
    Phase.PUBLISHED: _l("Published"),
    Phase.RUNNING: _l("Running"),
    Phase.ARCHIVED: _l("Archived"),
}

LINES = {
    LineKind.PLACE: _l("Where we meet"),
    LineKind.LEADER_HEARS: _l("What the school leader hears"),
    LineKind.FREE: _l("Agreed as well"),
}
"""What a line of the start agreement is about."""


def line_label(line: AgreementLine) -> str:
    """What stands before a line."""
    return str(LINES[LineKind(line.kind)])


def reason_sentences(judged: PairJudgement) -> list[str]:
    """A sentence for each rule that forbids a pair, naming the education that the coach does not know."""
    unknown = {
        "kinds": listed([str(label) for kind, label in KINDS.items() if kind in judged.unknown_kinds]),
        "concepts": listed(
            [_concept_within_sentence(code) for code in CONCEPTS if code in judged.unknown_concepts]
        ),
    }
    return [str(REASONS[reason]) % unknown for reason in Reason if reason in judged.reasons]


def blocked_coaches(reason: str, count: int) -> str:
    """How a rule keeps a number of coaches away, such as "12 are too far away".

    `reason` is the name of a rule; of what a coach has to know it can say which: `kind:so`, `concept:dalton`.
    """
    reason, _colon, which = reason.partition(":")
    if which:
        return _without_knowledge(which, count)
    words = {
        "same_school": ngettext("%(num)s works at the same school", "%(num)s work at the same school", count),
        "same_board": ngettext(
            "%(num)s has the same school board", "%(num)s have the same school board", count
        ),
        "kind": ngettext(
            "%(num)s does not know this kind of education",
            "%(num)s do not know this kind of education",
            count,
        ),
        "concept": ngettext("%(num)s does not know the concept", "%(num)s do not know the concept", count),
        "unknown": ngettext(
            "%(num)s has no complete profile yet", "%(num)s have no complete profile yet", count
        ),
        "recent": ngettext("%(num)s was the coach of late", "%(num)s were the coach of late", count),
        "excluded": ngettext("%(num)s has been ruled out", "%(num)s have been ruled out", count),
        "period": ngettext(
            "%(num)s takes part in another period", "%(num)s take part in another period", count
        ),
        "travel": ngettext("%(num)s is too far away", "%(num)s are too far away", count),
        "unavailable": ngettext("%(num)s is not available", "%(num)s are not available", count),
    }
    return words[reason]


def _without_knowledge(which: str, count: int) -> str:
    if which in KINDS:
        kind = str(KINDS[which])
        return ngettext("%(num)s does not know %(kind)s", "%(num)s do not know %(kind)s", count, kind=kind)
    concept = _concept_within_sentence(which)
    return ngettext(
        "%(num)s does not know %(concept)s", "%(num)s do not know %(concept)s", count, concept=concept
    )


def without_knowledge_of(which: str) -> str:
    """That a coach does not know a kind of education or a concept, in short."""
    known = str(KINDS[which]) if which in KINDS else _concept_within_sentence(which)
    return _("does not know %(known)s", known=known)


def _concept_within_sentence(concept: str) -> str:
    label = str(CONCEPTS[concept])
    return label if concept in NAMES_OF_CONCEPTS else label[0].lower() + label[1:]

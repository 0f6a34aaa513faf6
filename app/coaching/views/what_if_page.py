"""The page on which the coordinator tries a rule with more room, before anything is changed."""

from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from app.coaching.labels import listed
from app.coaching.models import Attempt, MatchingRound, Proposal
from app.coaching.queries import coach_prices, pair_heads
from app.coaching.views.figure_rows import FigureRow, figure_rows
from app.coaching.what_if import Change, Effect, Loosened
from app.organisation.queries import names_by_id

NAMES_SHOWN = 8
NUMBER_OF = {
    Loosened.TRAVEL: "minutes",
    Loosened.HER_TRAVEL: "minutes",
    Loosened.REPEAT: "rounds",
    Loosened.LINE: "points",
}
"""The field of the form that gives the number of a rule."""

SUBJECT_OF = {Loosened.HER_TRAVEL: "request_id", Loosened.PLACE: "coach_id"}
"""The field of the form that says whom a rule is about."""


class Shown(NamedTuple):
    """An effect in words."""

    title: str
    rows: list[FigureRow]
    sentences: list[str]
    is_as_proposed: bool


def what_if_page(
    matching_round: MatchingRound, proposal: Proposal, asked: dict[str, Any], attempt: Attempt | None = None
) -> dict[str, Any]:
    """The forms with what was asked, and the effect of what was tried."""
    heads = pair_heads(proposal.id)
    unmatched = {head.request_id: head for head in heads if head.coach_id is None}
    coach_ids = [price.coach_id for price in coach_prices(proposal.id)]
    people = names_by_id({head.person_id for head in heads} | set(coach_ids))
    names = {head.request_id: people[head.person_id].name for head in heads}
    return {
        "asked": asked,
        "people_without": [(head.request_id, names[head.request_id]) for head in unmatched.values()],
        "coaches": sorted(
            ((coach, people[coach].name) for coach in coach_ids), key=lambda one: people[one[0]].sort_name
        ),
        "rounds_back": [(number, _rounds_back(number)) for number in range(matching_round.repeat_rounds)],
        "effect": _shown(
            Effect.kept(attempt.effect),
            names,
            _title(tried(attempt), names, {coach: person.name for coach, person in people.items()}),
        )
        if attempt and attempt.effect
        else None,
    }


def tried(attempt: Attempt) -> Change:
    """The change that was tried."""
    return Change(Loosened(attempt.rule), attempt.number, attempt.subject_id)


def asked_in(change: Change) -> dict[str, Any]:
    """What the form asked for to try a change."""
    number = change.number // 10 if change.rule is Loosened.LINE else change.number
    asked: dict[str, Any] = {}
    if change.rule in NUMBER_OF:
        asked[NUMBER_OF[change.rule]] = number
    if change.rule in SUBJECT_OF:
        asked[SUBJECT_OF[change.rule]] = change.subject_id
    return asked


def change_of(asked: dict[str, Any]) -> Change:
    """The change that the form asks for."""
    rule = Loosened(asked["rule"])
    number = asked[NUMBER_OF[rule]] if rule in NUMBER_OF else 0
    subject = asked[SUBJECT_OF[rule]] if rule in SUBJECT_OF else 0
    return Change(rule, number * 10 if rule is Loosened.LINE else number, subject)


def _rounds_back(number: int) -> str:
    if not number:
        return _("no round")
    return ngettext("%(num)s round back", "%(num)s rounds back", number)


def _title(change: Change, names: dict[int, str], coaches: dict[int, str]) -> str:
    """The change as the beginning of a sentence; each is worked out, and one of them is right."""
    number = change.number
    return {
        Loosened.TRAVEL: _("If everybody travels at least up to %(minutes)s minutes", minutes=number),
        Loosened.ONLINE: _("If everybody wants to meet online too"),
        Loosened.KINDS: _("If every coach knows every kind of education"),
        Loosened.REPEAT: _("If you look back: %(rounds)s", rounds=_rounds_back(number)),
        Loosened.LINE: _("If a pair is good enough from %(points)s", points=number // 10),
        Loosened.HER_TRAVEL: _(
            "If %(name)s travels up to %(minutes)s minutes",
            name=names.get(change.subject_id, ""),
            minutes=number,
        ),
        Loosened.PLACE: _("If %(name)s takes one IB'er more", name=coaches.get(change.subject_id, "")),
    }[change.rule]


def _shown(effect: Effect, names: dict[int, str], title: str) -> Shown:
    sentences: list[str] = []
    if effect.gain:
        sentences.append(_("Would get a coach: %(names)s.", names=_names(effect.gain, names)))
    if effect.lose:
        sentences.append(_("Would lose their coach: %(names)s.", names=_names(effect.lose, names)))
    if effect.other_coach:
        sentences.append(
            ngettext(
                "%(num)s IB'er would get another coach.",
                "%(num)s IB'ers would get another coach.",
                effect.other_coach,
            )
        )
    if not sentences:
        sentences.append(_("Nobody would get another coach. It makes no difference."))
    return Shown(title, figure_rows(effect.before, effect.after), sentences, effect.is_as_proposed)


def _names(requests: tuple[int, ...], names: dict[int, str]) -> str:
    shown = [names[request] for request in requests[:NAMES_SHOWN] if request in names]
    more = len(requests) - len(shown)
    return listed([*shown, *([ngettext("%(num)s more", "%(num)s more", more)] if more > 0 else [])])

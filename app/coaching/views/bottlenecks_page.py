"""Where a round gets stuck, and what would help: coaches, competition, reasons, and whom to ask."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.coaching.labels import listed, without_knowledge_of
from app.coaching.matching import WhyUnmatched
from app.coaching.models import PossibleCoach, Proposal, ProposedCoach
from app.coaching.participants import schools_in
from app.coaching.queries import coach_prices, pair_heads, people_to_ask, unmatched_details
from app.coaching.views.figure_rows import signed
from app.kernel.permissions import Role
from app.organisation.queries import PersonName, Workplace, names_by_id, workplaces

COACHES_SHOWN = 10
NAMES_SHOWN = 6

REASON_NAMES = {
    "travel": _l("too far away"),
    "unknown": _l("no complete profile yet"),
    "same_board": _l("same school board"),
    "same_school": _l("same school"),
    "recent": _l("was the coach recently"),
    "excluded": _l("ruled out"),
    "unavailable": _l("not available now"),
    "period": _l("takes part in another period"),
}


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A coach at whom one place more would help."""

    coach_id: int
    coach: str
    school: str
    taken: int
    places: int
    gain: str


@dataclass(frozen=True, slots=True)
class Competing:
    """People who can only go to the same coaches, who have too few places for them."""

    sentence: str
    left_out: str
    others: str
    """Those who have a coach, and could make room by having another."""
    coaches: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that keeps coaches from people without one."""

    label: str
    people: int
    coaches: int
    """Counted for each of the people."""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Somebody who could become a coach."""

    person_id: int
    name: str
    school: str
    could_coach: str
    gain: str


def bottlenecks_page(proposal: Proposal) -> dict[str, Any]:
    """The values of the template, in a fixed number of queries."""
    return _BottlenecksPage(proposal).values()


def gain_in_words(matched: int, total: int) -> str:
    """What a change brings to the round as a whole, such as "1 IB'er more with a coach, +30 points"."""
    parts: list[str] = []
    if matched:
        parts.append(ngettext("%(num)s IB'er more with a coach", "%(num)s IB'ers more with a coach", matched))
    points = round(total / 10)
    if points:
        parts.append(_("%(points)s points", points=signed(points)))
    return ", ".join(parts) or _("hardly anything")


class _BottlenecksPage:
    """Reads once what the parts need: people only of those who are named."""

    def __init__(self, proposal: Proposal) -> None:
        self._heads = {head.request_id: head for head in pair_heads(proposal.id)}
        self._details = unmatched_details(proposal.id)
        self._prices = coach_prices(proposal.id)
        self._to_ask = people_to_ask(proposal.id)
        # The coaches who keep somebody without a coach, or else those where a place would bring points.
        self._scarce = [price for price in self._prices if price.more_matched]
        helpful = self._scarce or [price for price in self._prices if price.more_total > 0]
        self._shown, self._not_shown = helpful[:COACHES_SHOWN], helpful[COACHES_SHOWN:]
        self._people: dict[int, PersonName] = names_by_id(self._named())
        self._work: dict[int, list[Workplace]] = workplaces(
            {price.coach_id for price in self._shown} | {one.person_id for one in self._to_ask}
        )

    def values(self) -> dict[str, Any]:
        """The parts of the page."""
        return {
            "stats": self._stats(),
            "without": len(self._details),
            "bottlenecks": [self._bottleneck(price) for price in self._shown],
            "is_scarce": bool(self._scarce),
            "more_bottlenecks": len(self._not_shown),
            "competing": self._competing(),
            "reasons": self._reasons(),
            "to_ask": [self._person_to_ask(one) for one in self._to_ask if one.person_id in self._people],
        }

    def _stats(self) -> list[dict[str, Any]]:
        places = sum(price.places for price in self._prices)
        taken = sum(price.taken for price in self._prices)
        full = sum(price.taken >= price.places > 0 for price in self._prices)
        without = len(self._details)
        return [
            {"value": without, "label": _("without a coach"), "kind": "bad" if without else None},
            {"value": places, "label": _("places offered")},
            {"value": places - taken, "label": _("places left")},
            {"value": full, "label": _("coaches without a free place")},
        ]

    def _named(self) -> set[int]:
        people = {price.coach_id for price in self._shown} | {one.person_id for one in self._to_ask}
        for request_id, detail in self._details.items():
            people.add(self._heads[request_id].person_id)
            people.update(detail.get("coaches", ()))
            people.update(self._persons(detail.get("rivals", ())))
        return people

    def _persons(self, requests: Iterable[int]) -> list[int]:
        return [self._heads[request].person_id for request in requests if request in self._heads]

    def _bottleneck(self, price: ProposedCoach) -> Bottleneck:
        return Bottleneck(
            coach_id=price.coach_id,
            coach=self._people[price.coach_id].name,
            school=schools_in(self._work.get(price.coach_id, [])) or _("from outside the schools"),
            taken=price.taken,
            places=price.places,
            gain=gain_in_words(price.more_matched, price.more_total),
        )

    def _competing(self) -> list[Competing]:
        """Everybody who can only go to the same coaches, the smallest set first."""
        rivals: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
        places: dict[tuple[int, ...], int] = {}
        for detail in self._details.values():
            if detail["reason"] == WhyUnmatched.COMPETITION and "rivals" in detail:
                coaches = tuple(detail["coaches"])
                rivals[coaches].update(detail["rivals"])
                places[coaches] = detail["places"]
        return [
            Competing(
                sentence=_set_in_words(len(people), places[coaches], len(coaches)),
                left_out=self._names(self._persons(people & self._details.keys())),
                others=self._names(self._persons(people - self._details.keys())),
                coaches=self._names(coaches),
            )
            for coaches, people in sorted(rivals.items(), key=lambda one: (len(one[1]), one[0]))
        ]

    def _names(self, people: Collection[int]) -> str:
        """A few names, by family name, and how many more there are."""
        known = sorted(
            (self._people[person] for person in people if person in self._people),
            key=lambda name: name.sort_name,
        )
        names = [person.name for person in known[:NAMES_SHOWN]]
        more = len(known) - len(names)
        if more > 0:
            names.append(ngettext("%(num)s more", "%(num)s more", more))
        return listed(names)

    def _reasons(self) -> list[Reason]:
        """How often each rule keeps a coach from somebody for whom none is permitted."""
        coaches: Counter[str] = Counter()
        people: Counter[str] = Counter()
        for detail in self._details.values():
            counts = {rule: n for rule, n in detail.get("blocked_by", {}).items() if rule != "self"}
            coaches.update(counts)
            people.update(counts.keys())
        return [Reason(_reason_name(rule), people[rule], count) for rule, count in coaches.most_common()]

    def _person_to_ask(self, one: PossibleCoach) -> ToAsk:
        could_coach = [self._heads[request].person_id for request in one.coachable if request in self._heads]
        return ToAsk(
            person_id=one.person_id,
            name=self._people[one.person_id].name,
            school=schools_in(self._work.get(one.person_id, []), Role.IB),
            could_coach=self._names(could_coach)
            or _("nobody of them herself, but she makes room at another coach"),
            gain=gain_in_words(one.gain, 0)
            if one.gain
            else _("nobody more at once: others compete for the same place"),
        )


def _set_in_words(people: int, places: int, coaches: int) -> str:
    return _(
        "%(ibs)s for %(places)s with %(coaches)s.",
        ibs=ngettext("%(num)s IB'er competes", "%(num)s IB'ers compete", people),
        places=ngettext("%(num)s place", "%(num)s places", places),
        coaches=ngettext("%(num)s coach", "%(num)s coaches", coaches),
    )


def _reason_name(rule: str) -> str:
    """A rule in short; of what a coach has to know it says which."""
    _name, _colon, which = rule.partition(":")
    return without_knowledge_of(which) if which else str(REASON_NAMES[rule])

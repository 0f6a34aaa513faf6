"""The proof sheet of a pair: each rule of a stranger's eyes, what was looked at, and what nobody knows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.coaching.labels import listed
from app.coaching.matching import (
    CoacheeFacts,
    CoachFacts,
    PairJudgement,
    Reason,
    Rules,
    Verdict,
    judge,
    verdicts,
)
from app.coaching.models import CoachingRequest, CoachProfile, MatchingRound
from app.coaching.participants import schools_in
from app.coaching.queries import profile_of, proposed_coaches, request_by, rounds_looked_back_at
from app.coaching.round_facts import facts_of
from app.kernel.audit import last_time
from app.kernel.clock import now, today
from app.kernel.errors import NotFound
from app.organisation.labels import CONCEPTS, KINDS, board_label
from app.organisation.queries import Workplace, boards, people_by_id, workplaces
from app.web.language import long_date, moment

SWAPPED = "swapped"
"""The one rule that is about two pairs, and so no `Reason`."""

RULES = {
    Reason.SELF: _l("Two people"),
    Reason.SAME_SCHOOL: _l("Another school"),
    Reason.SAME_BOARD: _l("Another school board"),
    SWAPPED: _l("Not each other's coach"),
    Reason.RECENT: _l("Not her coach of late"),
    Reason.EXCLUDED: _l("Not ruled out"),
    Reason.KIND: _l("Knows the kind of education"),
    Reason.CONCEPT: _l("Knows the concept"),
    Reason.PERIOD: _l("In the same period"),
    Reason.TRAVEL: _l("Near enough, or both online"),
    Reason.UNAVAILABLE: _l("The coach is available"),
    Reason.UNKNOWN: _l("Request and profile are complete"),
}
"""What each rule asks, in the order of the sheet."""

VERDICTS = {
    Verdict.PASSED: (_l("In order"), "good"),
    Verdict.FAILED: (_l("Not in order"), "bad"),
    Verdict.UNKNOWN: (_l("Not known"), "warn"),
}


@dataclass(frozen=True, slots=True)
class ProofRow:
    """A rule with what testing it gave, on what grounds, and what cannot be known."""

    rule: str
    verdict: str
    kind: str
    evidence: str
    unseen: str


class Pair(NamedTuple):
    """Two people as they are judged, with what is read of them beside their facts."""

    coachee: CoacheeFacts
    coach: CoachFacts
    judged: PairJudgement
    names: dict[str, str]
    work: Mapping[int, list[Workplace]]
    request: CoachingRequest
    profile: CoachProfile | None


def proof_page(matching_round: MatchingRound, request: CoachingRequest, coach_id: int) -> dict[str, Any]:
    """Any pair of a round as it would be judged at this moment. Raises NotFound when one of the two takes no part."""
    pair, rules = _pair(matching_round, request, coach_id)
    found: dict[Reason | str, Verdict] = {**verdicts(pair.coachee, pair.coach, rules)}
    swapped = _is_swapped(matching_round, request.person_id, coach_id)
    found[SWAPPED] = Verdict.FAILED if swapped else Verdict.PASSED
    rows = [
        proof_row(rule, found[rule], *_Evidence(matching_round, pair).of(rule, found[rule])) for rule in RULES
    ]
    return {
        "rows": rows,
        "names": pair.names,
        "request_id": request.id,
        "failed": sum(verdict is Verdict.FAILED for verdict in found.values()),
        "unknown": sum(verdict is Verdict.UNKNOWN for verdict in found.values()),
        "tested_at": now(),
    }


def proof_row(rule: Reason | str, verdict: Verdict, evidence: str, unseen: str = "") -> ProofRow:
    """A row in words."""
    label, kind = VERDICTS[verdict]
    return ProofRow(str(RULES[rule]), str(label), kind, evidence, unseen)


def _pair(matching_round: MatchingRound, request: CoachingRequest, coach_id: int) -> tuple[Pair, Rules]:
    facts = facts_of(matching_round, only_request=request.id, only_coach=coach_id)
    judged = facts.judged()
    if not judged.coachees or not judged.coaches or request.round_id != matching_round.id:
        raise NotFound
    both = {request.person_id, coach_id}
    people, work = people_by_id(both), workplaces(both)
    coachee, coach = judged.coachees[0], judged.coaches[0]
    if not coach.profile:
        # Where she works is known without a profile, and says enough to fail these two rules.
        coach = replace(coach, schools=_codes(work[coach_id]), boards=_numbers(work[coach_id]))
    names = {"coachee": people[request.person_id].name, "coach": people[coach_id].name}
    pair = judge([coachee], [coach], facts.rules).pair(0, 0)
    return Pair(coachee, coach, pair, names, work, request, profile_of(coach_id)), facts.rules


def _is_swapped(matching_round: MatchingRound, coachee_id: int, coach_id: int) -> bool:
    """Whether the coach is herself coached by the other in the proposal that is looked at."""
    hers = request_by(coach_id, matching_round.id)
    return hers is not None and proposed_coaches(matching_round.id).get(hers.id) == coachee_id


def _codes(work: list[Workplace]) -> frozenset[str]:
    return frozenset(place.school_code for place in work if place.school_code)


def _numbers(work: list[Workplace]) -> frozenset[str]:
    return frozenset(place.board_number for place in work if place.board_number)


class _Evidence:
    """What was looked at for each rule, and what it leaves open."""

    def __init__(self, matching_round: MatchingRound, pair: Pair) -> None:
        self._round = matching_round
        self._pair = pair
        self._names = pair.names

    def of(self, rule: Reason | str, verdict: Verdict) -> tuple[str, str]:
        """The grounds of a rule, and what cannot be known; each a sentence or nothing."""
        found = {
            Reason.SELF: self._two_people,
            Reason.SAME_SCHOOL: self._schools,
            Reason.SAME_BOARD: self._boards,
            SWAPPED: self._swapped,
            Reason.RECENT: self._rounds,
            Reason.EXCLUDED: self._excluded,
            Reason.KIND: self._kinds,
            Reason.CONCEPT: self._concepts,
            Reason.PERIOD: self._period,
            Reason.TRAVEL: self._travel,
            Reason.UNAVAILABLE: self._availability,
            Reason.UNKNOWN: self._completeness,
        }[rule]
        return found(verdict)

    def _two_people(self, verdict: Verdict) -> tuple[str, str]:
        if verdict is Verdict.FAILED:
            return _("It is one and the same person."), ""
        return _("%(coachee)s asks, %(coach)s coaches.", **self._names), ""

    def _schools(self, _verdict: Verdict) -> tuple[str, str]:
        hers = schools_in(self._pair.work.get(int(self._pair.coachee.person), []))
        theirs = schools_in(self._pair.work.get(int(self._pair.coach.person), []))
        return (
            self._each(hers, theirs or _("no school in this network")),
            _("Work at a school outside this network is not visible to us."),
        )

    def _boards(self, _verdict: Verdict) -> tuple[str, str]:
        labels = {listed_board.board.number: board_label(listed_board.board) for listed_board in boards()}
        own = _numbers(self._pair.work.get(int(self._pair.coach.person), []))
        evidence = self._each(
            self._board_names(self._pair.coachee.boards, labels),
            self._board_names(own, labels) or _("no board in this network"),
        )
        if self._pair.profile is None:
            return evidence, _("The coach has not told yet for which other boards she works.")
        declared = self._board_names(self._pair.profile.declared_boards, labels) or _("nothing")
        return evidence, _(
            "Work outside this network is not visible to us; the coach named: %(boards)s.",
            boards=declared,
        )

    def _board_names(self, numbers: Collection[str], labels: Mapping[str, str]) -> str:
        return ", ".join(
            labels.get(number) or _("Board %(number)s", number=number) for number in sorted(numbers)
        )

    def _swapped(self, verdict: Verdict) -> tuple[str, str]:
        if verdict is Verdict.FAILED:
            return _("In the proposal %(coachee)s coaches %(coach)s.", **self._names), ""
        return _("In the proposal %(coachee)s does not coach %(coach)s.", **self._names), ""

    def _rounds(self, _verdict: Verdict) -> tuple[str, str]:
        looked_at = rounds_looked_back_at(self._round)
        unseen = _("Coaching that was arranged outside the rounds is not visible to us.")
        if looked_at:
            return _("Looked at: %(rounds)s.", rounds=listed(looked_at)), unseen
        return _("There is no earlier round to look at."), unseen

    def _excluded(self, _verdict: Verdict) -> tuple[str, str]:
        return (
            _("Tested on what both of them and you said. Who said something is not told here."),
            "",
        )

    def _kinds(self, _verdict: Verdict) -> tuple[str, str]:
        asked = listed(
            [str(label) for kind, label in KINDS.items() if kind in (self._pair.coachee.kinds or ())]
        )
        known = listed(
            [str(label) for kind, label in KINDS.items() if kind in (self._pair.coach.kinds or ())]
        )
        return self._asked_and_known(asked or _("not known"), known)

    def _concepts(self, _verdict: Verdict) -> tuple[str, str]:
        asked = listed(
            [str(label) for code, label in CONCEPTS.items() if code in self._pair.coachee.concepts]
        )
        if not asked:
            return _("The school has no particular concept: nothing is asked here."), ""
        known = listed([str(label) for code, label in CONCEPTS.items() if code in self._pair.coach.concepts])
        return self._asked_and_known(asked, known)

    def _asked_and_known(self, asked: str, known: str) -> tuple[str, str]:
        if self._pair.profile is None:
            return _("The school: %(asked)s.", asked=asked), _("The coach has no profile yet.")
        return (
            _("The school: %(asked)s. The coach knows: %(known)s.", asked=asked, known=known or _("nothing")),
            _("What a coach knows is what she says herself."),
        )

    def _period(self, _verdict: Verdict) -> tuple[str, str]:
        start, end = long_date(self._round.starts_on), long_date(self._round.ends_on)
        return _("Both take part in the whole round: %(start)s to %(end)s.", start=start, end=end), ""

    def _travel(self, _verdict: Verdict) -> tuple[str, str]:
        coachee, coach = self._pair.coachee, self._pair.coach
        if not coach.profile:
            hers = _(
                "%(name)s travels %(minutes)s minutes at most.",
                name=self._names["coachee"],
                minutes=coachee.travel_limit,
            )
            return hers, _("The coach has no profile yet.")
        limits = _(
            "%(coachee)s travels %(hers)s minutes at most, %(coach)s %(theirs)s.",
            **self._names,
            hers=coachee.travel_limit,
            theirs=coach.travel_limit,
        )
        online = " " + _("Both want to meet online too.") if coachee.online and coach.online else ""
        if self._pair.judged.minutes is None:
            return limits + online, _("Of one of the two we do not know from where she travels.")
        return (
            _("About %(minutes)s minutes.", minutes=self._pair.judged.minutes) + f" {limits}{online}",
            _(
                "Estimated: the straight line times 1.3 at 50 kilometres an hour, and 5 minutes. Not a route planner."
            ),
        )

    def _availability(self, verdict: Verdict) -> tuple[str, str]:
        profile = self._pair.profile
        if profile is None:
            return "", _("The coach has no profile yet.")
        day = long_date(max(self._round.starts_on, today()))
        if verdict is Verdict.FAILED:
            return _("According to her profile the coach takes nobody on %(day)s.", day=day), ""
        return _("According to her profile nothing keeps the coach away on %(day)s.", day=day), ""

    def _completeness(self, _verdict: Verdict) -> tuple[str, str]:
        request, profile = self._pair.request, self._pair.profile
        asked = last_time("save request", "coaching_request", request.id) or request.sent_at
        evidence = [_("The request was saved on %(moment)s.", moment=moment(asked))]
        if profile is None:
            return evidence[0], _("The coach has no profile yet.")
        saved = last_time("save profile", "coach_profile", profile.id)
        if saved:
            evidence.append(_("The profile was saved on %(moment)s.", moment=moment(saved)))
        return " ".join(evidence), "" if saved else _("When the profile was saved is not known any more.")

    def _each(self, hers: str, theirs: str) -> str:
        return _(
            "%(coachee)s: %(hers)s. %(coach)s: %(theirs)s.",
            **self._names,
            hers=hers or _("none"),
            theirs=theirs,
        )

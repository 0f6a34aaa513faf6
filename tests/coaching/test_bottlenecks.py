"""Where a round gets stuck: the prices of places as the calculation found them, the reasons, and whom to ask."""

from random import Random

import pytest
from flask_babel import force_locale
from sqlalchemy.exc import IntegrityError

from app.coaching.matching import solve
from app.coaching.models import CoachProfile, PossibleCoach, ProposedCoach
from app.coaching.queries import coach_prices, people_to_ask
from app.coaching.round_facts import facts_of
from app.coaching.services.proposals import keep_further
from app.coaching.views.bottlenecks_page import bottlenecks_page, gain_in_words
from app.kernel.permissions import Role
from tests.coaching.proposals import propose, random_round
from tests.coaching.rounds import ask, open_small_round, small_round
from tests.organisation.pages import queries_of
from tests.world import add_person, add_role


@pytest.fixture
def dutch(app):
    with app.test_request_context(), force_locale("nl"):
        yield


def crowded(unit, cast):
    """Fatima and her colleague Anneke ask, and Joost has one place; Marloes asks too, whose concept he does not know."""
    made = small_round(cast)
    anneke = add_person("Anneke", "Bos")
    add_role(anneke.id, Role.IB, cast.schools["wilgen"])
    ask(made.id, anneke.id)
    ask(made.id, cast["colleague"].person_id)
    profile = unit.query(CoachProfile).one()
    profile.capacity, profile.concepts = 1, []
    unit.flush()
    return made


@pytest.mark.parametrize("seed", range(4))
def test_the_kept_prices_are_those_of_the_calculation(unit, cast, seed):
    made = random_round(Random(seed))
    proposal, facts = propose(made), facts_of(made)
    result = solve(facts.instance(facts.judged()))
    kept = {str(price.coach_id): price for price in coach_prices(proposal.id)}
    assert kept.keys() == {coach.id for coach in facts.coaches if coach.profile}
    for coach, price in kept.items():
        found = (result.capacity_prices or {})[coach]
        assert (price.more_matched, price.more_total) == found.one_more
        assert (price.less_matched, price.less_total) == (found.one_less or (None, None))
        assert price.taken == sum(match.coach == coach for match in result.matches)


def test_one_more_place_is_told_in_words(unit, cast, dutch):
    page = bottlenecks_page(propose(crowded(unit, cast)))
    (joost,) = page["bottlenecks"]
    assert (joost.coach, joost.taken, joost.places) == ("Joost van Leeuwen", 1, 1)
    (price,) = unit.query(ProposedCoach)
    assert joost.gain == f"1 IB'er meer een coach, +{round(price.more_total / 10)} punten"


@pytest.mark.parametrize(
    ("matched", "total", "words"),
    [
        (1, 300, "1 IB'er meer een coach, +30 punten"),
        (2, -40, "2 IB'ers meer een coach, \N{MINUS SIGN}4 punten"),
        (0, 55, "+6 punten"),
        (0, 0, "bijna niets"),
    ],
)
def test_gains_are_told_on_the_scale_that_people_see(dutch, matched, total, words):
    assert gain_in_words(matched, total) == words


def test_who_competes_is_named_and_why_no_coach_is_possible_is_counted(unit, cast, dutch):
    page = bottlenecks_page(propose(crowded(unit, cast)))
    (competing,) = page["competing"]
    assert competing.sentence == "2 IB'ers dingen mee om 1 plek bij 1 coach."
    assert {competing.left_out, competing.others} == {"Anneke Bos", "Fatima el Amrani"}
    assert competing.coaches == "Joost van Leeuwen"
    assert [(one.label, one.people, one.coaches) for one in page["reasons"]] == [("kent Dalton niet", 1, 1)]


def test_who_could_help_is_asked_and_who_could_not_is_not(unit, cast, dutch):
    """Noor works at Het Kompas, of another board; Fatima, Anneke and Marloes share theirs."""
    noor = add_person("Noor", "Visser")
    add_role(noor.id, Role.IB, cast.schools["kompas"])
    proposal = propose(crowded(unit, cast))
    assert [(one.person_id, one.rank, one.gain) for one in people_to_ask(proposal.id)] == [(noor.id, 1, 1)]
    (to_ask,) = bottlenecks_page(proposal)["to_ask"]
    assert (to_ask.name, to_ask.gain) == ("Noor Visser", "1 IB'er meer een coach")
    assert to_ask.could_coach in {"Anneke Bos", "Fatima el Amrani"}
    assert "Het Kompas" in to_ask.school


def test_what_was_found_out_is_kept_once(unit, cast):
    proposal = propose(crowded(unit, cast))
    lines = proposal.other_lines
    keep_further(proposal.work_id, further=_Nothing())
    assert proposal.other_lines == lines


class _Nothing:
    other_lines: tuple[()] = ()
    newcomers: tuple[()] = ()


def test_other_lines_have_their_figures_and_the_line_of_the_round_is_among_them(unit, cast):
    made = random_round(Random(2))
    made.sufficiency = 400
    unit.flush()
    proposal = propose(made)
    facts = facts_of(made)
    assert [line["line"] for line in proposal.other_lines] == [0, 200, 350, 400, 500]
    for line in proposal.other_lines:
        made.sufficiency = line["line"]
        moved = facts_of(made)
        scores = [match.score for match in solve(moved.instance(facts.judged()), explain=False).matches]
        assert (line["matched"], line["worst"]) == (len(scores), min(scores, default=None))
        assert line["below"] == sum(score < 400 for score in scores)


def test_the_page_of_the_proposal_tells_what_the_last_calculation_changed(app, cast, as_):
    with app.database.unit_of_work(cast.network) as unit:
        made = crowded(unit, cast)
        propose(made)
        unit.query(CoachProfile).one().capacity = 2
        unit.flush()
        propose(made)
        round_id = made.id
    page = as_(cast["coordinator"]).get(f"/waterland/koppelrondes/{round_id}/voorstel").text
    assert "Vergeleken met de vorige berekening (grens 35): laagste score gelijk" in page
    assert "zoals het nu is" in page


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"taken": 3}, "ck_proposed_coach_places"),
        ({"less_total": None}, "ck_proposed_coach_less"),
        ({}, "uq_proposed_coach_tenant_id_proposal_id_coach_id"),
    ],
)
def test_what_a_proposal_says_of_a_coach_is_possible_and_said_once(unit, cast, changes, constraint):
    proposal = propose(small_round(cast))
    unit.query(ProposedCoach).filter(ProposedCoach.taken == (9 if changes == {} else 1)).delete()
    values = {"places": 2, "taken": 1, "more_matched": 0, "more_total": 0, "less_matched": 0, "less_total": 0}
    row = ProposedCoach(proposal_id=proposal.id, coach_id=cast["coach"].person_id, **values | changes)
    with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
        unit.add(row)
        unit.flush()


def test_nobody_is_asked_twice_and_nobody_brings_less_than_nothing(unit, cast):
    proposal = propose(small_round(cast))
    values = {
        "proposal_id": proposal.id,
        "person_id": cast["colleague"].person_id,
        "coachable": [],
        "rank": 1,
    }
    unit.add(PossibleCoach(gain=0, **values))
    unit.flush()
    for constraint, gain in (
        ("uq_possible_coach_tenant_id_proposal_id_person_id", 0),
        ("ck_possible_coach_gain", -1),
    ):
        with pytest.raises(IntegrityError, match=constraint), unit.begin_nested():
            unit.add(PossibleCoach(gain=gain, **values))
            unit.flush()


@pytest.mark.parametrize("page", ["knelpunten", "vergelijking", "voorstel", "wat-als"])
def test_a_page_takes_a_fixed_number_of_queries(app, cast, as_, page):
    coordinator = as_(cast["coordinator"])
    with app.database.unit_of_work(cast.network) as unit:
        made = crowded(unit, cast)
        propose(made)
        propose(made)
        address = f"/waterland/koppelrondes/{made.id}/{page}"
    few = queries_of(app, lambda: coordinator.get(address))
    with app.database.unit_of_work(cast.network) as unit:
        made = unit.merge(made)
        for number in range(12):
            person = add_person("Nog", f"Iemand {number}")
            add_role(person.id, Role.IB, cast.schools["wilgen" if number % 2 else "kompas"])
            ask(made.id, person.id)
        propose(made)
    assert queries_of(app, lambda: coordinator.get(address)) == few


def test_without_a_proposal_the_page_says_how_to_begin(app, cast, as_):
    with app.database.unit_of_work(cast.network):
        round_id = open_small_round().id
    page = as_(cast["coordinator"]).get(f"/waterland/koppelrondes/{round_id}/knelpunten")
    assert page.status_code == 200
    assert "Nog geen voorstel" in page.text

"""The proof sheet of a pair: each rule, who may see it, and that it never tells who ruled somebody out."""

from datetime import date

import pytest
from flask_babel import force_locale

from app.coaching.models import (
    CoachingRequest,
    CoachProfile,
    Match,
    PairExclusion,
    Preference,
    Publication,
)
from app.coaching.services.publication import publish_round
from app.coaching.views.proof_page import RULES, proof_page
from app.kernel.actor import SYSTEM
from app.kernel.errors import NotFound
from app.kernel.permissions import Role
from tests.coaching.proposals import propose
from tests.coaching.rounds import ask, offer, open_small_round, small_round
from tests.coaching.test_constraints import match, proposal_of
from tests.world import add_role

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")
IN_ORDER, NOT_IN_ORDER, NOT_KNOWN = "In orde", "Niet in orde", "Niet bekend"


@pytest.fixture
def dutch(app):
    with app.test_request_context(), force_locale("nl"):
        yield


@pytest.fixture
def made(unit, cast, dutch):
    return small_round(cast)


def sheet(unit, cast, made):
    """The rows by rule."""
    unit.flush()
    asked = unit.query(CoachingRequest).filter_by(person_id=cast["ib"].person_id, round_id=made.id).one()
    return {row.rule: row for row in proof_page(made, asked, cast["coach"].person_id)["rows"]}


def not_in_order(rows):
    return {rule: row.verdict for rule, row in rows.items() if row.verdict != IN_ORDER}


def test_of_strangers_who_fit_every_rule_is_in_order_with_what_was_looked_at(unit, cast, made):
    rows = sheet(unit, cast, made)
    assert not_in_order(rows) == {}
    assert len(rows) == len(RULES) == 12
    assert all(row.evidence for row in rows.values())
    assert "OBS De Wilgen" in rows["Andere school"].evidence
    assert "Het Kompas" in rows["Andere school"].evidence
    assert "Bestuur 11111" in rows["Ander schoolbestuur"].evidence
    assert rows["Ander schoolbestuur"].unseen.endswith("De coach gaf zelf op: niets.")
    travel = rows["Dichtbij genoeg, of allebei online"]
    assert "Ongeveer 10 minuten" in travel.evidence
    assert "schatting" in travel.unseen


def test_a_second_job_fails_two_rules(unit, cast, made):
    add_role(cast["coach"].person_id, Role.TEACHER, cast.schools["wilgen"])
    assert not_in_order(sheet(unit, cast, made)) == {
        "Andere school": NOT_IN_ORDER,
        "Ander schoolbestuur": NOT_IN_ORDER,
    }


def test_a_board_that_the_coach_declared_is_named_to_the_coordinator(unit, cast, made):
    unit.query(CoachProfile).one().declared_boards = ["11111"]
    rows = sheet(unit, cast, made)
    assert not_in_order(rows) == {"Ander schoolbestuur": NOT_IN_ORDER}
    assert rows["Ander schoolbestuur"].unseen.endswith("De coach gaf zelf op: Bestuur 11111.")


def test_a_swapped_pair_fails(unit, cast, made):
    """Joost asks too, and is coached by Fatima in the proposal."""
    hers = ask(made.id, cast["coach"].person_id)
    unit.delete(unit.query(CoachProfile).one())
    add_role(cast["ib"].person_id, Role.COACH, None)
    offer(cast["ib"].person_id)
    propose(made)
    rows = sheet(unit, cast, made)
    assert hers.id
    assert rows["Niet elkaars coach"].verdict == NOT_IN_ORDER
    assert "Fatima el Amrani juist Joost van Leeuwen" in rows["Niet elkaars coach"].evidence


def test_the_rounds_that_were_looked_at_are_named(unit, cast, made):
    for year in (2023, 2024, 2025):
        earlier = open_small_round(f"{year}", date(year, 9, 1))
        unit.add(Publication(round_id=earlier.id, proposal_id=proposal_of(unit, cast, earlier.id), by_id=1))
        if year == 2024:
            match(unit, earlier.id, cast["ib"].person_id, cast["coach"].person_id)
    rows = sheet(unit, cast, made)
    assert rows["Niet kort geleden al haar coach"].evidence == "Bekeken: 2025 en 2024."
    assert not_in_order(rows) == {"Niet kort geleden al haar coach": NOT_IN_ORDER}


@pytest.mark.parametrize("who", ["ib", "coach", "coordinator"])
def test_an_exclusion_fails_and_reads_the_same_whoever_said_it(unit, cast, made, who):
    if who == "coordinator":
        request = unit.query(CoachingRequest).one()
        unit.add(PairExclusion(request_id=request.id, coach_id=cast["coach"].person_id, by_id=1))
    else:
        other = "coach" if who == "ib" else "ib"
        unit.add(
            Preference(
                person_id=cast[who].person_id, other_id=cast[other].person_id, as_coach=who == "coach",
                wanted=False,
            )
        )  # fmt: skip
    rows = sheet(unit, cast, made)
    assert not_in_order(rows) == {"Niet uitgesloten": NOT_IN_ORDER}
    assert rows["Niet uitgesloten"].evidence == (
        "Getoetst op wat beiden en jijzelf hebben uitgesloten. Wie dat deed, staat hier niet."
    )


@pytest.mark.parametrize(
    ("changes", "rule", "verdict"),
    [
        ({"kinds": ["so"]}, "Kent de soort onderwijs", NOT_IN_ORDER),
        ({"travel_limit": 5}, "Dichtbij genoeg, of allebei online", NOT_IN_ORDER),
        ({"unavailable_from": date(2020, 1, 1)}, "De coach is beschikbaar", NOT_IN_ORDER),
    ],
)
def test_what_the_coach_told_fails_a_rule(unit, cast, made, changes, rule, verdict):
    for name, value in changes.items():
        setattr(unit.query(CoachProfile).one(), name, value)
    assert not_in_order(sheet(unit, cast, made)) == {rule: verdict}


def test_without_a_profile_nothing_that_it_would_tell_is_known_and_the_rest_is(unit, cast, made):
    unit.delete(unit.query(CoachProfile).one())
    rows = sheet(unit, cast, made)
    assert set(not_in_order(rows).values()) == {NOT_KNOWN}
    assert rows["Andere school"].verdict == IN_ORDER
    add_role(cast["coach"].person_id, Role.TEACHER, cast.schools["wilgen"])
    assert sheet(unit, cast, made)["Andere school"].verdict == NOT_IN_ORDER


def test_a_concept_that_the_coach_does_not_know_fails(unit, cast, made):
    unit.query(CoachProfile).one().concepts = []
    asked = ask(made.id, cast["colleague"].person_id)
    unit.flush()
    rows = {row.rule: row for row in proof_page(made, asked, cast["coach"].person_id)["rows"]}
    assert rows["Kent het onderwijsconcept"].verdict == NOT_IN_ORDER
    assert "Dalton" in rows["Kent het onderwijsconcept"].evidence


def test_somebody_who_takes_no_part_has_no_sheet(unit, cast, made):
    asked = unit.query(CoachingRequest).one()
    with pytest.raises(NotFound):
        proof_page(made, asked, cast["teacher"].person_id)
    with pytest.raises(NotFound):
        proof_page(open_small_round("2027", date(2027, 9, 1)), asked, cast["coach"].person_id)


@pytest.fixture
def published(app, cast):
    """The addresses of both sheets of Fatima with Joost, published; since then each of the two ruled the other out."""
    with app.database.unit_of_work(cast.network) as unit:
        made = small_round(cast)
        profile = unit.query(CoachProfile).one()
        profile.declared_boards = ["98765"]
        propose(made)
        publish_round(SYSTEM, made.id)
        unit.flush()
        pair = unit.query(Match).one()
        ib, coach = cast["ib"].person_id, cast["coach"].person_id
        unit.add(Preference(person_id=ib, other_id=coach, as_coach=False, wanted=False))
        unit.add(Preference(person_id=coach, other_id=ib, as_coach=True, wanted=False))
        profile.unavailable_from = date(2020, 1, 1)
        return (
            f"/waterland/koppelrondes/{made.id}/koppels/{pair.request_id}/{coach}/bewijs",
            f"/waterland/koppelingen/{pair.id}/bewijs",
        )


def test_the_sheet_of_any_pair_is_for_the_coordinator_and_that_of_a_match_also_for_the_two(
    cast, as_, published
):
    answers = {who: [as_(cast[who]).get(address).status_code for address in published] for who in EVERYBODY}
    assert {who for who, (of_round, _of_match) in answers.items() if of_round == 200} == {"coordinator"}
    assert {who for who, (_of_round, of_match) in answers.items() if of_match == 200} == {
        "coordinator", "ib", "coach",
    }  # fmt: skip
    assert answers["colleague"][1] == 404


@pytest.mark.parametrize("who", ["ib", "coach"])
def test_the_two_never_read_of_an_exclusion_nor_what_the_other_told(cast, as_, published, who):
    page = as_(cast[who]).get(published[1]).text
    assert page.count(f"<span>{IN_ORDER}</span>") == len(RULES)
    assert NOT_IN_ORDER not in page
    assert "98765" not in page
    assert "hooguit" not in page


def test_the_coordinator_sees_that_the_pair_would_not_be_possible_now(cast, as_, published):
    page = as_(cast["coordinator"]).get(published[0]).text
    assert "Deze koppeling kan niet: 2 regels zijn niet in orde." in page
    assert "Bestuur 98765" in page

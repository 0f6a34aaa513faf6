"""Who reads a case: its owner, those who take part once she shares it, and nobody else."""

import html
from datetime import timedelta

import pytest
from sqlalchemy import text

from app.intervision.models import Booking, BookingState, CaseContribution, IntervisionSession
from app.intervision.queries import sessions_of_group
from app.kernel.clock import today
from tests.intervision.insiders import a_case, a_guest, absent, agreed
from tests.intervision.seasons import a_group, a_season, a_session

CANARY = "kanarie-5c1d"
INSIDE = ("ib", "colleague", "coach")
OUTSIDE = ("coordinator", "leader", "other_leader", "teacher", "billing")
FORM = {"happened": CANARY, "question": CANARY}


@pytest.fixture
def session_id(app, cast):
    """A session of Fatima and Marloes that is still to come; Joost is their guest."""
    with app.database.unit_of_work(cast.network):
        group = a_group(a_season(), [cast["ib"].person_id, cast["colleague"].person_id])
        session = a_session(group)
        a_guest(session, cast["coach"].person_id)
        return session.id


@pytest.fixture
def url(session_id):
    return f"/waterland/intervisie/bijeenkomsten/{session_id}/casus"


def change(app, cast, session_id, what):
    """Do something with the session, in a unit of its own."""
    with app.database.unit_of_work(cast.network) as unit:
        what(unit, unit.get_one(IntervisionSession, (cast.network.id, session_id)))


def all_agree(app, cast, session_id):
    change(app, cast, session_id, lambda _, one: agreed(one, *(cast[key].person_id for key in INSIDE)))


def give_seat_back(cast, key):
    def what(unit, session):
        booking = unit.query(Booking).filter_by(session_id=session.id, person_id=cast[key].person_id).one()
        booking.state, booking.seat = BookingState.GIVEN_BACK, None

    return what


def readers(as_, cast, url):
    """Who finds the canary on the page."""
    everybody = (*INSIDE, *OUTSIDE, "stranger")
    return {key for key in everybody if CANARY in as_(cast[key]).get(url).text}


def test_the_page_is_for_who_has_a_seat(as_, cast, url):
    answers = {key: as_(cast[key]).get(url).status_code for key in (*INSIDE, *OUTSIDE, "stranger")}
    assert answers == dict.fromkeys(INSIDE, 200) | dict.fromkeys(OUTSIDE, 403) | {"stranger": 404}


def test_who_could_book_a_seat_knows_of_the_session_and_reads_nothing(app, as_, cast, url, session_id):
    all_agree(app, cast, session_id)
    change(app, cast, session_id, lambda _, one: a_case(one, cast["ib"].person_id, CANARY))
    change(app, cast, session_id, give_seat_back(cast, "coach"))
    assert as_(cast["coach"]).get(url).status_code == 403
    assert as_(cast["coach"]).post(url, data=FORM).status_code == 403


@pytest.mark.parametrize(
    ("shared", "after", "expected"),
    [
        (False, None, {"ib"}),
        (True, None, {"ib", "colleague", "coach"}),
        (True, "owner gives her seat back", {"ib"}),
        (True, "guest was absent", {"ib", "colleague"}),
        (True, "owner was absent", {"ib", "colleague", "coach"}),
    ],
)
def test_who_reads_a_case(app, as_, cast, url, session_id, shared, after, expected):
    all_agree(app, cast, session_id)
    change(app, cast, session_id, lambda _, one: a_case(one, cast["ib"].person_id, CANARY, shared=shared))
    match after:
        case "owner gives her seat back":
            change(app, cast, session_id, give_seat_back(cast, "ib"))
        case "guest was absent":
            change(app, cast, session_id, lambda _, one: absent(one, cast["coach"].person_id))
        case "owner was absent":
            change(app, cast, session_id, lambda _, one: absent(one, cast["ib"].person_id))
    assert readers(as_, cast, url) == expected


def test_nobody_reads_or_shares_before_she_agreed(app, as_, cast, url, session_id):
    change(app, cast, session_id, lambda _, one: a_case(one, cast["ib"].person_id, CANARY))
    assert readers(as_, cast, url) == {"ib"}
    assert "Spreek dit eerst af" in as_(cast["colleague"]).get(url).text
    assert as_(cast["ib"]).post(f"{url}/deling").status_code == 409
    agree = url.replace("/casus", "/veiligheid/afspraak")
    answer = as_(cast["colleague"]).post(agree, data={"part": "case"})
    assert answer.location.endswith(url)
    assert readers(as_, cast, url) == {"ib", "colleague"}


def test_a_case_is_prepared_shared_taken_back_and_deleted(app, as_, cast, url, session_id):
    all_agree(app, cast, session_id)
    ib = as_(cast["ib"])
    assert ib.post(url, data={"happened": CANARY}).status_code == 302
    assert ib.post(f"{url}/deling").status_code == 409  # without a question nobody can think along
    assert ib.post(url, data=FORM).status_code == 302
    assert ib.post(f"{url}/deling").status_code == 302
    assert readers(as_, cast, url) == set(INSIDE)
    assert ib.post(url, data={"happened": CANARY}).status_code == 422
    assert ib.post(f"{url}/deling/intrekking").status_code == 302
    assert readers(as_, cast, url) == {"ib"}
    assert ib.post(f"{url}/verwijdering").status_code == 302
    assert readers(as_, cast, url) == set()


def test_who_gave_her_seat_back_can_still_delete_her_case(app, as_, cast, url, session_id):
    change(app, cast, session_id, lambda _, one: a_case(one, cast["ib"].person_id, CANARY))
    change(app, cast, session_id, give_seat_back(cast, "ib"))
    answer = as_(cast["ib"]).post(f"{url}/verwijdering")
    assert answer.location.endswith(url.removesuffix("/casus"))
    assert as_(cast["ib"]).get(url).status_code == 403


def test_several_bring_a_case_each_her_own(app, as_, cast, url, session_id):
    all_agree(app, cast, session_id)
    for key in INSIDE:
        as_(cast[key]).post(url, data={"happened": f"Van {key}", "question": "Hoe?"})
        as_(cast[key]).post(f"{url}/deling")
    page = as_(cast["ib"]).get(url).text
    assert all(f"Van {key}" in page for key in INSIDE)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Schrijf eerst iets op."),
        ({"tried": "x" * 4001, "wanted": "Blijft staan"}, "hooguit 4.000 tekens"),
        ({"happened": "Op 12-03-2016 geboren", "wanted": "Blijft staan"}, "geboortedatum"),
        ({"happened": "a", "unknown": "b"}, "Unknown field"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(as_, cast, url, data, said):
    answer = as_(cast["ib"]).post(url, data=data)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert data.get("wanted", "") in answer.text


def test_a_text_that_looks_like_a_pupil_is_kept_once_she_says_that_it_is_not(as_, cast, url):
    form = {"happened": "Gesprek van 12-03-2016"}
    assert 'name="not_about_pupil"' in as_(cast["ib"]).post(url, data=form).text
    assert as_(cast["ib"]).post(url, data=form | {"not_about_pupil": "1"}).status_code == 302


def test_the_tables_and_the_trail_show_none_of_it(app, as_, cast, url, session_id):
    all_agree(app, cast, session_id)
    as_(cast["ib"]).post(url, data=FORM | {"tried": CANARY, "wanted": CANARY})
    as_(cast["ib"]).post(f"{url}/deling")
    with app.database.unit_of_work(cast.network) as unit:
        assert unit.query(CaseContribution).one().wanted == CANARY
        for table in ("case_contribution", "audit_entry", "procrastinate_jobs"):
            dump = unit.scalar(text(f"SELECT string_agg(t::text, ' ') FROM {table} t")) or ""
            assert CANARY not in dump
            assert CANARY.encode().hex() not in dump
        assert "share case" in unit.scalar(text("SELECT string_agg(a::text, ' ') FROM audit_entry a"))


def test_the_page_says_until_when_it_is_kept(app, as_, cast, url, session_id):
    assert "We bewaren je casus tot en met" in as_(cast["ib"]).get(url).text
    with app.database.unit_of_work(cast.network) as unit:
        session = unit.get_one(IntervisionSession, (cast.network.id, session_id))
        assert sessions_of_group(session.group_id)[0].season.case_days == 30
        session.appointment_id = None
    assert "30 dagen na de bijeenkomst" in as_(cast["ib"]).get(url).text


def test_long_after_the_session_nothing_is_written_any_more(app, as_, cast):
    with app.database.unit_of_work(cast.network):
        group = a_group(a_season(), [cast["ib"].person_id, cast["colleague"].person_id])
        old = a_session(group, day=today() - timedelta(days=31)).id
        last = a_session(group, 2, day=today() - timedelta(days=30)).id
    of = "/waterland/intervisie/bijeenkomsten"
    assert as_(cast["ib"]).post(f"{of}/{old}/casus", data=FORM).status_code == 409
    assert as_(cast["ib"]).post(f"{of}/{last}/casus", data=FORM).status_code == 302

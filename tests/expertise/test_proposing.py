"""Proposing records: by hand and from a list; what is private or was not wanted never shows."""

import io

import pytest
import time_machine
from sqlalchemy import select

from app.expertise.models import ExpertiseRecord, RecordImport, RecordKind, RecordProposal, Visibility
from app.expertise.queries.teams import waiting_count
from app.expertise.services.merging import merge_item
from app.expertise.services.record_imports import LIST_LIMITS, forget_old_imports
from app.expertise.services.taxonomy import retire_item
from app.kernel.actor import SYSTEM
from app.kernel.clock import now
from app.kernel.tables import read_table, write_csv, write_xlsx
from tests.expertise.records import a_proposal, a_record, item_called
from tests.kernel.tables.hostile import HOSTILE
from tests.world import add_person, add_role

HEADER = ("Naam", "Onderwerp", "Soort", "Niveau", "Cursus", "Aanbieder", "Stand", "Begin", "Einde")
AMBITION = ("Bram Willems", "Dyslexie", "ambitie", "", "", "", "", "", "")
COURSE = ("bram willems", "Spelling", "", "", "Spelling leuk", "=1+1", "", "1-9-2020", "31-1-2021")
EXPERT = ("Fatima el Amrani", "Feedback", "", "helpt collega's", "", "", "", "", "")
GOOD = (AMBITION, COURSE, EXPERT)


@pytest.fixture
def leader(as_, cast):
    return as_(cast["leader"])


@pytest.fixture
def url(cast):
    return f"/waterland/team/{cast.schools['wilgen']}"


@pytest.fixture
def proposals(app, cast):
    def read():
        with app.database.unit_of_work(cast.network) as unit:
            return [
                (row.person_id, row.item_id, row.kind, row.level, row.course_state)
                for row in unit.scalars(select(RecordProposal).order_by(RecordProposal.id))
            ]

    return read


def form(cast, item, **changes):
    return {"person_id": cast["teacher"].person_id, "item_id": item, "kind": "ambition", **changes}


def send(client, url, rows, header=HEADER, *, name="lijst.csv", content=None):
    file = (io.BytesIO(content if content is not None else write_csv(header, rows)), name)
    return client.post(f"{url}/imports", data={"file": file}, content_type="multipart/form-data")


def sent_import(client, url, *rows, **how):
    answer = send(client, url, rows, **how)
    assert answer.status_code == 302, answer.text
    return answer.location


class TestByHand:
    def test_it_waits_for_her_and_nobody_sees_it(self, leader, as_, app, cast, url, proposals):
        with app.database.unit_of_work(cast.network):
            item_id = item_called("dyslexia")
        assert leader.post(f"{url}/voorstellen", data=form(cast, item_id)).status_code == 302
        assert proposals() == [(cast["teacher"].person_id, item_id, "ambition", None, None)]
        page = leader.get(f"{url}/voorstellen").text
        assert "Er wacht 1 voorstel op antwoord." in page
        assert "Dyslexie" not in page
        assert "Dyslexie" not in as_(cast["ib"]).get(url).text

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": "expertise"},
            {"kind": "expertise", "level": 5},
            {"kind": "course"},
            {"kind": "course", "course_title": "x", "course_state": "half"},
            {"kind": "course", "course_title": "x" * 121, "course_state": "done"},
            {
                "kind": "course",
                "course_title": "x",
                "course_state": "done",
                "starts_on": "2026-02-01",
                "ends_on": "2026-01-01",
            },
            {"kind": "wish"},
            {"item_id": 987_654},
            {"person_id": 987_654},
            {"other": 1},
        ],
    )
    def test_what_makes_no_sense_is_refused(self, leader, app, cast, url, proposals, changes):
        with app.database.unit_of_work(cast.network):
            sent = form(cast, item_called("dyslexia"), **changes)
        assert leader.post(f"{url}/voorstellen", data=sent).status_code == 422
        assert proposals() == []

    def test_only_to_the_own_team(self, leader, app, cast, url, proposals):
        with app.database.unit_of_work(cast.network):
            sent = form(cast, item_called("dyslexia"), person_id=cast["colleague"].person_id)
        assert leader.post(f"{url}/voorstellen", data=sent).status_code == 422
        other = f"/waterland/team/{cast.schools['linde']}/voorstellen"
        assert leader.post(other, data=sent).status_code == 404
        assert proposals() == []

    def test_what_is_open_already_is_told(self, leader, app, cast, url):
        with app.database.unit_of_work(cast.network):
            a_record(cast["teacher"].person_id, kind=RecordKind.AMBITION)
            sent = form(cast, item_called("dyslexia"))
        assert leader.post(f"{url}/voorstellen", data=sent).status_code == 422

    @pytest.mark.parametrize("meanwhile", ["private", "waiting", "declined"])
    def test_private_waiting_and_declined_look_alike(self, leader, app, cast, url, proposals, meanwhile):
        teacher, school_id = cast["teacher"].person_id, cast.schools["wilgen"]
        with app.database.unit_of_work(cast.network):
            sent = form(cast, item_called("dyslexia"))
            if meanwhile == "private":
                a_record(teacher, kind=RecordKind.AMBITION, visibility=Visibility.PRIVATE)
            else:
                a_proposal(
                    teacher, school_id, "dyslexia", kind="ambition", level=None,
                    declined_at=now() if meanwhile == "declined" else None,
                )  # fmt: skip
        before = proposals()
        answer = leader.post(f"{url}/voorstellen", data=sent, follow_redirects=True)
        assert "Voorgesteld. Alleen Bram Willems ziet het" in answer.text
        assert proposals() == before

    def test_an_item_that_was_merged_meanwhile_is_the_other_now(self, leader, app, cast, url, proposals):
        with app.database.unit_of_work(cast.network):
            old, new = item_called("dyslexia"), item_called("spelling")
            merge_item(SYSTEM, old, new)
        assert leader.post(f"{url}/voorstellen", data=form(cast, old)).status_code == 302
        assert proposals()[0][1] == new


class TestFromAList:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_it_is_shown_first_and_then_proposed_as_a_whole(self, leader, app, cast, url, proposals, kind):
        content = write_csv(HEADER, GOOD) if kind == "csv" else write_xlsx(HEADER, GOOD, "Team")
        shown = sent_import(leader, url, content=content, name=f"team.{kind}")
        assert proposals() == []
        page = leader.get(shown).text
        assert "Stel 3 rijen voor" in page
        assert leader.post(f"{shown}/toepassing").status_code == 302
        teacher, ib = cast["teacher"].person_id, cast["ib"].person_id
        with app.database.unit_of_work(cast.network):
            dyslexia, spelling, feedback = map(item_called, ("dyslexia", "spelling", "feedback"))
        assert proposals() == [
            (teacher, dyslexia, "ambition", None, None),
            (teacher, spelling, "course", None, "done"),
            (ib, feedback, "expertise", 3, None),
        ]
        assert leader.post(f"{shown}/toepassing").status_code == 409

    def test_wrong_rows_are_told_with_their_number_and_can_be_taken_along(self, leader, url, proposals):
        shown = sent_import(
            leader, url, AMBITION,
            ("Iemand Anders", "Dyslexie", "ambitie", *[""] * 6),
            ("Bram Willems", "Dyslexi", "ambitie", *[""] * 6),
            ("Bram Willems", "Spelling", "expertise", "9", *[""] * 5),
            ("Bram Willems", "Spelling", "cursus", *[""] * 6),
            ("", "", "", *[""] * 5, "gisteren"),
        )  # fmt: skip
        page = leader.get(shown).text
        for told in (
            "“Iemand Anders” werkt niet op deze school.",
            "Bedoel je “Dyslexie”?",
            "Vul het niveau in",
            "Vul de titel van de cursus in.",
            "Over wie gaat deze rij?",
        ):
            assert told in page
        assert leader.post(f"{shown}/toepassing").status_code == 409
        wrong = read_table(leader.get(f"{shown}/foute-rijen?als=csv").data)
        assert [row.cells[-2] for row in wrong.rows] == ["3", "4", "5", "6", "7"]
        assert leader.post(f"{shown}/toepassing", data={"without_wrong": "1"}).status_code == 302
        assert len(proposals()) == 1

    def test_what_is_open_is_known_and_what_is_private_is_not_told(self, leader, app, cast, url):
        with app.database.unit_of_work(cast.network):
            a_record(cast["teacher"].person_id, kind=RecordKind.AMBITION)
            a_record(
                cast["teacher"].person_id, "feedback", kind=RecordKind.INTEREST, visibility=Visibility.PRIVATE
            )
        private = ("Bram Willems", "Feedback", "belangstelling", *[""] * 6)
        sent_import(leader, url, AMBITION, private, private)
        with app.database.unit_of_work(cast.network) as unit:
            assert unit.scalars(select(RecordImport.counts)).one() == {"wrong": 0, "new": 1, "known": 2}

    def test_two_people_of_one_name_are_told_apart_by_their_address(self, leader, app, cast, url):
        with app.database.unit_of_work(cast.network):
            twin = add_person("Bram", "Willems")
            add_role(twin.id, "teacher", cast.schools["wilgen"])
        header = ("E-mailadres", "Naam", "Onderwerp", "Soort")
        address = cast["teacher"].email
        shown = sent_import(
            leader, url, (address, "Bram Willems", "Dyslexie", "ambitie"),
            ("", "Bram Willems", "Dyslexie", "ambitie"), header=header,
        )  # fmt: skip
        page = leader.get(shown).text
        assert "In het team heten er twee “Bram Willems”." in page
        assert "Stel alleen de 1 goede rij voor" in page

    def test_when_the_taxonomy_changed_meanwhile_nothing_is_proposed(self, leader, app, cast, url, proposals):
        shown = sent_import(leader, url, *GOOD)
        with app.database.unit_of_work(cast.network):
            retire_item(SYSTEM, item_called("feedback"))
        assert leader.post(f"{shown}/toepassing").status_code == 409
        assert proposals() == []

    def test_headings_that_say_too_little_are_told(self, leader, url):
        answer = send(leader, url, [("Bram", "Dyslexie")], header=("Wie is het", "Wat"))
        assert answer.status_code == 422
        assert "een kop “Onderwerp”" in answer.text

    def test_a_list_that_is_too_long_is_refused(self, leader, url):
        answer = send(leader, url, [AMBITION] * (LIST_LIMITS.rows + 1))
        assert answer.status_code == 422
        assert "2.000" in answer.text or "2000" in answer.text

    @pytest.mark.parametrize(
        "name", ["zip bomb", "billion laughs", "external entity", "truncated zip", "PDF", "old Excel"]
    )
    def test_a_hostile_file_gets_a_clear_message(self, leader, url, proposals, name):
        make, _fault = HOSTILE[name]
        answer = send(leader, url, (), content=make(), name="lijst.xlsx")
        assert answer.status_code == 422
        assert "error-summary" in answer.text
        assert proposals() == []

    def test_it_is_the_schools_own(self, leader, as_, cast, url):
        shown = sent_import(leader, url, AMBITION)
        assert as_(cast["ib"]).get(shown).status_code == 200
        for who in ("colleague", "other_leader"):
            assert as_(cast[who]).get(shown).status_code == 404
            assert as_(cast[who]).post(f"{shown}/toepassing").status_code == 404
        elsewhere = shown.replace(f"team/{cast.schools['wilgen']}", f"team/{cast.schools['linde']}")
        assert as_(cast["colleague"]).get(elsewhere).status_code == 404

    def test_after_thirty_days_it_is_forgotten(self, leader, app, cast, url):
        shown = sent_import(leader, url, AMBITION)
        with time_machine.travel(now().replace(year=now().year + 1)):
            with app.database.unit_of_work(cast.network):
                forget_old_imports()
                forget_old_imports()
            with app.database.unit_of_work(cast.network) as unit:
                row = unit.scalars(select(RecordImport)).one()
                assert (row.filename, row.entries) == (None, None)
                assert row.forgotten_at
        assert leader.post(f"{shown}/toepassing").status_code == 409
        assert "We hebben de rijen verwijderd" in leader.get(shown).text

    def test_what_was_exported_can_be_sent_in_again(self, leader, app, cast, url):
        with app.database.unit_of_work(cast.network):
            a_record(cast["teacher"].person_id, "dyslexia", level=3)
            a_record(
                cast["teacher"].person_id, "spelling", kind=RecordKind.COURSE, course_title="+Spelling",
                course_state="running",
            )  # fmt: skip
        exported = leader.get(f"{url}/lijst?als=csv").data
        sent_import(leader, url, content=exported)
        with app.database.unit_of_work(cast.network) as unit:
            assert unit.scalars(select(RecordImport.counts)).one() == {"wrong": 0, "new": 0, "known": 2}


def test_only_what_waits_is_counted(unit, cast, actor):
    teacher, school_id = cast["teacher"].person_id, cast.schools["wilgen"]
    a_proposal(teacher, school_id)
    a_proposal(teacher, school_id, "dyslexia", declined_at=now())
    assert waiting_count(actor("ib"), school_id) == 1
    assert unit.scalars(select(ExpertiseRecord)).all() == []

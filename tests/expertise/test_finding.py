"""Who is found by what: stems, accents, misspelt subjects, filters; and for whom each record counts."""

import pytest

from app.expertise.models import CourseState, Reachability, RecordKind, Visibility
from app.expertise.policy import FIND_COLLEAGUES
from app.expertise.queries import Sought, find_colleagues, reasons_to_find, schools_around
from app.expertise.views.why import reasons
from app.kernel.errors import Forbidden
from app.kernel.permissions import Role
from app.organisation.queries import actor_of
from tests.expertise.records import a_record
from tests.world import add_person, add_role

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader")


@pytest.fixture
def actors(app, cast):
    with app.database.unit_of_work(cast.network, with_identities=True):
        return {key: actor_of(cast[key].identity_id) for key in (*EVERYBODY, "teacher", "billing")}


@pytest.fixture
def in_dutch(app):
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        yield


def found(actor, words, **narrowed):
    people = find_colleagues(actor, Sought(words=words, **narrowed), schools_around(actor)).people
    return [person.person_id for person in people]


@pytest.mark.parametrize(
    ("visibility", "found_by"),
    [
        (Visibility.PRIVATE, set()),
        (Visibility.SCHOOL, {"ib", "leader"}),
        (Visibility.NETWORK, set(EVERYBODY)),
    ],
)
@pytest.mark.parametrize("words", ["dyslexie", "nieuwsgierig"])
@pytest.mark.usefixtures("in_dutch")
def test_a_record_is_found_by_those_to_whom_it_was_opened(unit, cast, actors, visibility, found_by, words):
    a_record(cast["teacher"].person_id, visibility=visibility, own_words="Nieuwsgierige leerlingen")
    assert {key for key in EVERYBODY if found(actors[key], words)} == found_by


@pytest.mark.usefixtures("in_dutch")
def test_nobody_finds_herself_and_who_pays_the_invoices_finds_nobody(unit, cast, actors):
    a_record(cast["teacher"].person_id, visibility=Visibility.NETWORK)
    assert found(actors["teacher"], "dyslexie") == []
    with pytest.raises(Forbidden, match=FIND_COLLEAGUES.name):
        found(actors["billing"], "dyslexie")


@pytest.mark.parametrize(
    "words",
    [
        "kleuter", "KLEUTERS", "beeld", "in beeld met kleuters", "Creeren", "créër", "de leerschool",
        "mondelinge taal", "taal en lezen", "iets van mondelinge taal bij nieuwkomers", "  ' & | ! :* ( kleuter",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("in_dutch")
def test_stems_accents_courses_and_own_words_find(unit, cast, actors, words):
    a_record(
        cast["teacher"].person_id, "speaking", kind=RecordKind.COURSE, course_title="Kleuters in beeld",
        course_provider="De Leerschool", course_state=CourseState.DONE, own_words="We creëren verhalen",
    )  # fmt: skip
    assert found(actors["ib"], words) == [cast["teacher"].person_id]


@pytest.mark.parametrize("words", ["gitaar", "'", "de het een", "kleuters gitaar"])
@pytest.mark.usefixtures("in_dutch")
def test_what_is_not_there_is_not_found(unit, cast, actors, words):
    a_record(cast["teacher"].person_id, own_words="Kleuters")
    assert found(actors["ib"], words) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("dislexie", "Dyslexie"), ("autisne", "Autisme"), ("wooordenschat", "Woordenschat")]
)
@pytest.mark.usefixtures("in_dutch")
def test_a_misspelt_subject_is_suggested(unit, actors, typed, meant):
    sought = Sought(words=typed)
    assert meant in find_colleagues(actors["ib"], sought, schools_around(actors["ib"])).suggestions


@pytest.mark.usefixtures("in_dutch")
def test_own_school_comes_first_then_by_distance_and_level(unit, cast, actors):
    near, far, better, own = (add_person("Iemand", name).id for name in ("Na", "Ver", "Beter", "Eigen"))
    for person_id, school, level in ((near, "linde", 3), (better, "linde", 4), (far, "kompas", 4)):
        add_role(person_id, Role.TEACHER, cast.schools[school])
        a_record(person_id, visibility=Visibility.NETWORK, level=level)
    add_role(own, Role.TEACHER, cast.schools["wilgen"])
    a_record(own, level=1)
    assert found(actors["ib"], "dyslexie") == [own, better, near, far]
    assert found(actors["ib"], "dyslexie", within_km=2) == [own, better, near]
    assert found(actors["ib"], "dyslexie", level=4) == [better, far]
    assert found(actors["coordinator"], "dyslexie") == [better, far, near]


@pytest.mark.usefixtures("in_dutch")
def test_what_narrows_the_search(unit, cast, actors):
    teacher = cast["teacher"].person_id
    a_record(teacher)
    unit.add(Reachability(person_id=teacher, halfdays=[3]))
    unit.flush()
    assert found(actors["ib"], "dyslexie", halfday=3) == [teacher]
    assert found(actors["ib"], "dyslexie", halfday=4) == []
    assert found(actors["ib"], "dyslexie", school_kind="bo") == [teacher]
    assert found(actors["ib"], "dyslexie", school_kind="so") == []
    assert found(actors["ib"], "dyslexie", kind=RecordKind.EXPERTISE) == [teacher]
    assert found(actors["ib"], "dyslexie", kind=RecordKind.COURSE) == []


@pytest.mark.usefixtures("in_dutch")
def test_each_says_why_it_was_found(unit, cast, actors):
    teacher = cast["teacher"].person_id
    a_record(teacher, level=4, own_words="Ook bij oudere leerlingen")
    a_record(
        teacher, "speaking", kind=RecordKind.COURSE, course_title="Dyslexie in beeld",
        course_provider="De Leerschool", course_state=CourseState.DONE,
    )  # fmt: skip
    a_record(teacher, "spelling")
    sought = Sought(words="dyslexie")
    items = find_colleagues(actors["ib"], sought, schools_around(actors["ib"])).items
    records = reasons_to_find(actors["ib"], sought, items, [teacher])[teacher]
    assert reasons(records) == [
        "specialist in Dyslexie en schrijft: “Ook bij oudere leerlingen”",
        "volgde ‘Dyslexie in beeld’ bij De Leerschool",
    ]


def test_the_page_says_what_to_do_when_nobody_is_found(as_, cast):
    teacher = as_(cast["teacher"])
    assert "Typ wat je zoekt" in teacher.get("/waterland/collegas").text
    page = teacher.get("/waterland/collegas?q=dislexie&afstand=5").text
    assert "Bedoelde je" in page
    assert "Vraag het Fatima el Amrani" in page
    assert "Zoek in het hele netwerk" in page
    assert teacher.get("/waterland/collegas?q=" + "x" * 500 + "&afstand=3&niveau=9&vorm=x").status_code == 200

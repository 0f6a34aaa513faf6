"""A dump of everything shows no confidential text: not in its own column, nor in a job, a mail or the audit trail."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, make_url, text, update
from sqlalchemy.pool import NullPool

from app.coaching.models import Talk
from app.intervision.services.follow_up import ask_due_intentions
from app.kernel.clock import today
from tenants.backup.dump import dump
from tenants.base import Base, EncryptedText
from tenants.provision import MIGRATE
from tests.coaching.agreements import GOAL
from tests.coaching.talks import trajectory_of_cast
from tests.conftest import address, signed_in_client, work_through
from tests.intervision.seasons import a_group, a_season, a_session
from tests.tenants.test_backup import clone_of
from tests.walls.forms import EVALUATION, TALK

TYPED = "kanarie getypt 5e8c"
"""What people write in forms, so that it passes through services, jobs and mails."""


def sealed_columns():
    """Every confidential column of the product."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, EncryptedText)
    ]


def canary(column):
    return f"kanarie {column.table.name} {column.name} 5e8c"


def forms_of(words):
    """How these words could be readable in a dump: as they are, in UTF-16, as the bytes of a column, in base64."""
    raw = words.encode()
    yield raw
    yield words.encode("utf-16-le")
    yield raw.hex().encode()
    for shift in range(3):
        # What stands before and after changes the signs at the ends.
        yield base64.b64encode(b"x" * shift + raw)[2:-4]


def readable_in(content):
    """Which canaries are readable."""
    content = content.lower() + content  # hexadecimals may be written in capitals
    words = [*map(canary, sealed_columns()), TYPED]
    return {one for one in words if any(form in content for form in forms_of(one))}


def pour(app, cast):
    """Fill every row of every confidential column, as whoever may write everything."""
    with app.restoring.unit_of_work(cast.network) as unit:
        for column in sealed_columns():
            filled = unit.execute(update(column.table).values({column: canary(column)}))
            assert filled.rowcount > 0, f"no row in {column.table.name}: see full_network.py"


def type_everywhere(app, cast):
    """Two people write in every form of theirs that takes a text; all the mails that follow are sent."""
    with app.database.unit_of_work(cast.network):
        trajectory_id = trajectory_of_cast(cast).id
    app.config["WTF_CSRF_ENABLED"] = False
    ib, of = signed_in_client(app, cast["ib"]), f"/waterland/trajecten/{trajectory_id}"
    forms = {
        f"{of}/gesprekken": TALK | {"place": "elsewhere", "place_text": TYPED},
        f"{of}/notities": {"kind": "shared", "text": TYPED},
        f"{of}/doelen": GOAL | {"text": TYPED, "target": TYPED},
        f"{of}/tussenstand": {"score": 4, "text": TYPED},
    }
    for path, form in forms.items():
        answer = ib.post(path, data=form)
        assert answer.status_code == 302, (path, answer.text)
    with app.database.unit_of_work(cast.network) as unit:
        talk_id = unit.query(Talk.id).filter_by(trajectory_id=trajectory_id).scalar()
    moved = forms[f"{of}/gesprekken"] | {"time": "15:00"}
    assert ib.post(f"{of}/gesprekken/{talk_id}/verplaatsing", data=moved).status_code == 302
    work_through(app)
    assert ib.post(f"{of}/gesprekken/{talk_id}/annulering").status_code == 302
    work_through(app)
    assert ib.post(f"{of}/afsluiting", data={"outcome": "early"}).status_code == 302
    assert ib.post(f"{of}/evaluatie", data=EVALUATION | {"text": TYPED}).status_code == 302
    type_in_session(app, cast, ib)


def type_in_session(app, cast, ib):
    """She brings a case to a session, and takes something home."""
    with app.database.unit_of_work(cast.network):
        people = [cast["ib"].person_id, cast["colleague"].person_id]
        session = a_session(a_group(a_season("Gedumpt"), people, "Getypt"), day=today() - timedelta(days=20))
        of = f"/waterland/intervisie/bijeenkomsten/{session.id}"
    check_on = str(today() - timedelta(days=1))
    forms = {
        f"{of}/veiligheid/afspraak": {},
        f"{of}/casus": {"happened": TYPED, "question": TYPED, "tried": TYPED, "wanted": TYPED},
        f"{of}/casus/deling": {},
        f"{of}/oogst/voornemen": {"intention": TYPED, "check_on": check_on},
        f"{of}/oogst/leerpunt": {"learned": TYPED},
    }
    for path, form in forms.items():
        answer = ib.post(path, data=form)
        assert answer.status_code == 302, (path, answer.text)
    with app.database.unit_of_work(cast.network):
        ask_due_intentions()
    work_through(app)


@pytest.fixture(scope="module")
def poured(source):
    """The address of an installation that is full of canaries."""
    app, cast = source
    pour(app, cast)
    with app.app_context():
        type_everywhere(app, cast)
    return make_url(address(app.database.engine.url.database, MIGRATE))


def content_of(url, folder):
    file = folder / "whole.dump"
    dump(url, file, compress=False)
    return file.read_bytes()


def test_every_confidential_column_is_known():
    names = {f"{column.table.name}.{column.name}" for column in sealed_columns()}
    assert {"note.text", "wording.target", "appointment.place", "coaching_request.question"} <= names


def test_a_dump_of_everything_shows_no_canary(poured, tmp_path):
    content = content_of(poured, tmp_path)
    assert b"De Muur" in content
    for table in (b"public.kept_mail", b"jobs.procrastinate_jobs", b"public.audit_entry"):
        assert table.split(b".")[1] in content
    assert b"Een gesprek is verplaatst" in content
    assert b"Twee minuten om terug te kijken" in content
    assert readable_in(content) == set()


@pytest.mark.parametrize(
    "written",
    [
        ":canary",
        "upper(encode(convert_to(:canary, 'UTF8'), 'hex'))",
        "'Aan ' || encode(convert_to('x' || :canary || 'yz', 'UTF8'), 'base64')",
    ],
)
def test_a_plain_column_would_be_found(poured, tmp_path, worker_id, written):
    url = clone_of(poured, f"leaking_{worker_id}")
    words = canary(sealed_columns()[0])
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(f"UPDATE person SET last_name = {written}"), {"canary": words})
    assert readable_in(content_of(url, tmp_path)) == {words}


def test_a_text_that_was_not_sealed_would_be_found(poured, tmp_path, worker_id):
    url = clone_of(poured, f"leaking_{worker_id}")
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text("UPDATE note SET text = convert_to(:canary, 'UTF8')"), {"canary": TYPED})
    assert readable_in(content_of(url, tmp_path)) == {TYPED}

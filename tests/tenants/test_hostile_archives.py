"""A file that is not what it says it is changes nothing in an installation."""

import hashlib
import io
import json
import zipfile

import pytest

from tenants.archive import Refused
from tenants.archive.packed import PackedArchive
from tenants.provision import SlugTaken
from tests.tenants.moves import export, restore, rows_everywhere

PERSON, REQUEST, JOBS = "tables/person.jsonl", "tables/coaching_request.jsonl", "waiting_jobs.jsonl"


def repacked(content, changes=None, *, drop=(), add=()):
    """The archive with other files: by name a function of the bytes."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in drop:
                new.writestr(name, (changes or {}).get(name, lambda same: same)(old.read(name)))
        for name, added in add:
            new.writestr(name, added)
    return target.getvalue()


def forged(content, changes):
    """The same with a list of contents that fits, as somebody makes it who knows the format and has no key."""
    content = repacked(content, changes)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        for part in manifest["parts"]:
            held = archive.read(part["file"])
            part["rows"], part["sha256"] = held.count(b"\n"), hashlib.sha256(held).hexdigest()
    listed = [[part["file"], part["rows"], part["sha256"]] for part in manifest["parts"]]
    manifest["sha256"] = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    return repacked(content, {"manifest.json": lambda _: json.dumps(manifest).encode()})


def replaced(old, new):
    def replace(held):
        assert old in held
        return held.replace(old, new)

    return replace


def assert_refused(target, content, key, told):
    name = target.database.engine.url.database
    before = rows_everywhere(name)
    with pytest.raises(Refused, match=told):
        restore(target, content, key)
    assert rows_everywhere(name) == before


@pytest.fixture(scope="module")
def readable(source):
    app, cast = source
    return export(app, cast.network, readable=True)[0]


CHANGED = {
    "of another version": ({"manifest.json": replaced(b'"revision": "0', b'"revision": "9')}, "version 9"),
    "with another format": ({"manifest.json": replaced(b"network/1", b"network/2")}, "in the format"),
    "with another digest": ({"manifest.json": replaced(b'"sha256": "', b'"sha256": "g')}, "list of contents"),
    "with nested lists": ({"manifest.json": lambda _: b"[" * 100_000}, "list of contents"),
    "with a changed row": ({PERSON: replaced(b"Fatima", b"Fatime")}, "was changed"),
    "with a row less": ({PERSON: lambda held: held.split(b"\n", 1)[1]}, "was changed"),
    "with a row that does not end": ({PERSON: lambda _: b"{}"}, "not ended"),
}


@pytest.mark.parametrize("case", CHANGED)
def test_an_archive_that_was_changed_is_refused(exported, target, case):
    changes, told = CHANGED[case]
    assert_refused(target, repacked(exported[0], changes), exported[2], told)


FORGED = {
    "a row of another shape": ({PERSON: lambda _: b"[]\n"}, "JSON object|not take"),
    "a row that is no JSON": ({PERSON: lambda _: b"{\n"}, "not JSON|not take"),
    "a value of another kind": (
        {"tables/school.jsonl": replaced(b'"kinds":["bo"]', b'"kinds":7')},
        "not take",
    ),
    "a value that the rules forbid": (
        {REQUEST: replaced(b'"travel_limit":120', b'"travel_limit":1')},
        "not take",
    ),
    "a reference to nothing": (
        {"tables/assignment.jsonl": replaced(b'"person_id":', b'"person_id":9999')},
        "not take",
    ),
    "a column more": (
        {PERSON: replaced(b'"first_name"', b'"tenant_id":1,"first_name"')},
        "not what was exported",
    ),
    "a column less": (
        {"tables/school.jsonl": replaced(b',"denomination":null', b"")},
        "not what was exported",
    ),
    "a number twice": ({PERSON: lambda held: held + held.split(b"\n")[0] + b"\n"}, "not take"),
    "a login of nobody": ({PERSON: replaced(b"ib@waterland", b"xx@waterland")}, "login|not what"),
    "a job of another network": (
        {JOBS: replaced(b'"invitation_id": 1', b'"invitation_id": 1, "tenant_id": 1')},
        "other arguments",
    ),
    "a job of no network": (
        {JOBS: replaced(b"organisation.send_invitation", b"identity.forget_old_rows")},
        "not one",
    ),
    "a network by another name": ({"network.jsonl": replaced(b"waterland", b"elders")}, "same network"),
    "two networks": ({"network.jsonl": lambda held: held * 2}, "not one row"),
    "bytes that are no text": ({PERSON: replaced(b"Fatima", b"\xff\xfe")}, "UTF-8"),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_readable_archive_with_hashes_that_fit_still_obeys_every_rule(readable, target, case):
    changes, told = FORGED[case]
    assert_refused(target, forged(readable, changes), None, told)


def test_forging_nothing_is_taken(readable, target):
    """The positive control of the cases above."""
    assert restore(target, forged(readable, {}), None).slug == "waterland"


def test_a_sealed_archive_can_not_be_forged_without_its_key(exported, target):
    content, _, key = exported
    renamed = forged(content, {PERSON: replaced(b"Fatima", b"Fatime")})
    assert_refused(target, renamed, key, "was changed")


def test_a_confidential_text_can_not_be_moved_to_another_row(source, exported, target, monkeypatch):
    """Not even by somebody who holds the key of the archive."""
    content, _, key = exported
    moved = forged(content, {REQUEST: replaced(b'"id":1,', b'"id":1001,')})
    monkeypatch.setattr("tenants.archive.manifest.Manifest.bound", exported[1].bound)
    assert_refused(target, moved, key, "can't be opened")


@pytest.mark.parametrize("key", [None, bytes(32)])
def test_without_its_key_a_sealed_archive_stays_shut(exported, target, key):
    assert_refused(target, exported[0], key, "key")


def test_a_network_that_is_there_is_not_made_twice(exported, target):
    content, _, key = exported
    restore(target, content, key)
    before = rows_everywhere(target.database.engine.url.database)
    with pytest.raises(SlugTaken):
        restore(target, content, key)
    assert rows_everywhere(target.database.engine.url.database) == before


PACKED = {
    "no zip": lambda _: b"PK no zip at all",
    "half of one": lambda content: content[: len(content) // 2],
    "nothing": lambda _: b"",
    "a file more": lambda content: repacked(content, add=[("../../etc/cron.d/x", "x")]),
    "a file less": lambda content: repacked(content, drop=[PERSON]),
    "no list": lambda content: repacked(content, drop=["manifest.json"]),
    "a list that is too large": lambda content: repacked(
        content, {"manifest.json": lambda _: b" " * 2_000_000}
    ),
    "a broken stream": lambda content: (
        content[: len(content) // 2] + b"\0" * 40 + content[len(content) // 2 + 40 :]
    ),
}


@pytest.mark.parametrize("case", PACKED)
def test_what_is_no_archive_is_refused(exported, target, case):
    assert_refused(target, PACKED[case](exported[0]), exported[2], "archive|manifest|damaged|changed")


def test_the_same_file_twice_is_refused(exported, target):
    with pytest.warns(UserWarning, match="Duplicate"):
        twice = repacked(exported[0], add=[(PERSON, "{}")])
    assert_refused(target, twice, exported[2], "not the files")


def test_a_bomb_is_not_unpacked(exported, monkeypatch):
    monkeypatch.setattr("tenants.archive.packed.TOTAL_BYTES", 1_000_000)
    bomb = repacked(exported[0], {PERSON: lambda _: b"\0" * 2_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(Refused, match="larger"):
        PackedArchive(io.BytesIO(bomb))


def test_a_row_without_end_is_read_no_further_than_the_limit(exported, target, monkeypatch):
    monkeypatch.setattr("tenants.archive.packed.LINE_BYTES", 1000)
    endless = forged(exported[0], {PERSON: lambda _: b" " * 100_000 + b"\n"})
    assert_refused(target, endless, exported[2], "too long")

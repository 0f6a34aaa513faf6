"""What a file may be called, how long it is, and what stands in no file."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import ROOT

ROOMS = ("app", "config", "tenants")
LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "base_utils", "stuff"}
TRANSACTION = re.compile(r"\.\s*(commit|rollback)\(\)")
SETTING = re.compile(r"set_config\(|SET\s+(SESSION\s+)?app\.", re.IGNORECASE)
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|<style|javascript:""", re.IGNORECASE
)
VENDORED = [ROOT / "app/web/static/vendored.json", ROOT / "tests/journeys/vendored.json"]


def sources(*folders: str, ending: str = ".py") -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob(f"*{ending}"))


def named(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_transactions_begin_and_end_in_one_file():
    found = [path for path in sources(*ROOMS) if TRANSACTION.search(path.read_text())]
    assert named(found) == ["tenants/session.py"]


def test_the_network_is_set_for_one_transaction_only():
    found = [path for path in sources(*ROOMS, "migrations") if SETTING.search(path.read_text())]
    assert named(found) == []


@pytest.mark.parametrize("line", ["unit.commit()", "session() .rollback()", "session().\n    commit()"])
def test_a_planted_transaction_is_found(line):
    assert TRANSACTION.search(line)


@pytest.mark.parametrize(
    "line", ["SELECT set_config('app.tenant_id', '1', false)", "SET app.tenant_id = '1'"]
)
def test_a_planted_setting_is_found(line):
    assert SETTING.search(line)
    assert not SETTING.search("SET LOCAL app.tenant_id = '1'")


def test_files_are_short():
    files = [*sources(*ROOMS, "tests"), *sources("app", ending=".html"), *sources("app", ending=".css")]
    long = [f"{path.relative_to(ROOT)}: {count}" for path in files if (count := _lines(path)) > LONGEST]
    assert long == []


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_names_say_what_is_inside():
    vague = [path for path in sources(*ROOMS, "tests") if {path.stem, path.parent.name} & VAGUE]
    assert named(vague) == []


def test_every_module_says_what_it_is_for():
    silent = [path for path in sources(*ROOMS) if not path.read_text().lstrip().startswith('"""')]
    assert named(silent) == []


def test_templates_hold_no_script_and_no_style():
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in sources("app", ending=".html")
        if (match := INLINE.search(_without_comments(path)))
    ]
    assert found == []


def _without_comments(path: Path) -> str:
    """The markup alone: macros have arguments by names such as `style`."""
    return re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", path.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<a onclick='x()'>",
        "<script>x()</script>",
        '<a href="javascript:x">',
        "<style>p",
    ],
)
def test_planted_script_is_found(markup):
    assert INLINE.search(markup)
    assert not INLINE.search('<script src="/static/app.js" defer></script>')


@pytest.mark.parametrize("manifest", VENDORED, ids=lambda path: path.parent.name)
def test_what_others_wrote_is_as_they_wrote_it(manifest):
    for entry in json.loads(manifest.read_text()):
        content = (manifest.parent / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], entry["file"]
        assert (manifest.parent / entry["licence_text"]).is_file()


def test_every_file_of_others_is_in_the_manifest():
    folder = ROOT / "app/web/static"
    known = {entry["file"] for entry in json.loads((folder / "vendored.json").read_text())}
    others = [*folder.rglob("*.min.js"), *folder.rglob("*.woff2")]
    assert {str(path.relative_to(folder)) for path in others} <= known

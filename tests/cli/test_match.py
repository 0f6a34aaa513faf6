"""`vreemdeogen match`: the result on standard output, and one clear line for a file that does not fit."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from app.cli.__main__ import main
from config.settings import ROOT

INSTANCE = {
    "format": "coach-matching/1",
    "coachees": [{"id": "a1"}, {"id": "a2"}],
    "coaches": [{"id": "k1"}, {"id": "k2"}],
    "pairs": [["a1", "k1", 700], ["a1", "k2", 500], ["a2", "k1", 600]],
}


@pytest.fixture
def match(tmp_path):
    def run(content, *options):
        file = tmp_path / "instance.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return CliRunner().invoke(main, ["match", str(file), *options])

    return run


def test_the_result_is_json_on_standard_output(match):
    answer = match(INSTANCE)
    assert answer.exit_code == 0
    result = json.loads(answer.stdout)
    assert result["format"] == "coach-matching-result/1"
    assert [(pair["coachee"], pair["coach"]) for pair in result["matches"]] == [("a1", "k2"), ("a2", "k1")]
    assert "Matching" in answer.stderr


def test_standard_input_can_be_the_file():
    answer = CliRunner().invoke(main, ["match", "-"], input=json.dumps(INSTANCE))
    assert json.loads(answer.stdout)["objective"]["matched"] == 2


def test_alternatives_can_be_limited_and_the_explanation_left_out(match):
    assert len(json.loads(match(INSTANCE).stdout)["matches"][0]["alternatives"]) == 1
    assert json.loads(match(INSTANCE, "--alternatives", "0").stdout)["matches"][0]["alternatives"] == []
    brief = json.loads(match(INSTANCE, "--no-explain").stdout)
    assert "alternatives" not in brief["matches"][0]
    assert "capacity_prices" not in brief


def test_letters_of_every_kind_come_through(match):
    ids = ["é", "日本", "a\nb", "\ud800"]
    document = {
        "format": "coach-matching/1",
        "coachees": [{"id": i} for i in ids],
        "coaches": [],
        "pairs": [],
    }
    answer = match(document)
    assert {one["coachee"] for one in json.loads(answer.stdout)["unmatched"]} == set(ids)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (INSTANCE | {"pairs": [["a1", "k9", 1]]}, "pairs[0]"),
        (INSTANCE | {"coachees": [{"id": "a1"}, {"id": "a1"}]}, "coachees[1]"),
        (INSTANCE | {"pinned": [["a2", "k2"]]}, "pinned[0]"),
        (INSTANCE | {"format": "coach-matching/2"}, "format"),
        ([], "document"),
        (b"", "line 1 column 1"),
        (b'{"format": ', "line 1"),
        (b'{"format": 1, "format": 2}', '"format" twice'),
        (b'{"pairs": NaN}', "NaN"),
        (b'{"format": "\xff"}', "byte 12"),
        (b"[" * 100_000, "too deeply"),
        (b"1" * 5000, "JSON"),
    ],
)
def test_a_file_that_does_not_fit_gives_one_line_that_names_the_place(match, content, place):
    answer = match(content)
    assert answer.exit_code == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert place in answer.stderr


def test_a_missing_file_gives_one_line(tmp_path):
    for file in (tmp_path / "none.json", tmp_path):
        answer = CliRunner().invoke(main, ["match", str(file)])
        assert (answer.exit_code, answer.stderr.count("\n")) == (2, 1)
        assert str(file) in answer.stderr


def test_it_needs_no_settings_and_imports_neither_flask_nor_a_database():
    probe = (
        "import sys; from app.cli.__main__ import main; main(['match', '-'], standalone_mode=False);"
        "sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'config.settings')))"
    )
    bare = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_KEY"))}
    done = subprocess.run(
        [sys.executable, "-c", probe], input=json.dumps(INSTANCE).encode(), capture_output=True,
        cwd=ROOT, env=bare, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()

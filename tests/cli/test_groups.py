"""`vreemdeogen groups`: the result on standard output, and one clear line for a file that does not fit."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from app.cli.__main__ import main
from config.settings import ROOT

TASK = {
    "format": "intervision-groups/1",
    "people": [{"id": f"p{n}", "school": f"s{n}", "board": None, "halfdays": [1, n]} for n in (2, 3, 4, 5)],
    "pairs": [["p2", "p3", 100]],
}


@pytest.fixture
def groups(tmp_path):
    def run(content):
        file = tmp_path / "task.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return CliRunner().invoke(main, ["groups", str(file)])

    return run


def test_the_result_is_json_on_standard_output(groups):
    answer = groups(TASK)
    assert answer.exit_code == 0
    result = json.loads(answer.stdout)
    assert result["groups"] == [{"people": ["p2", "p3", "p4", "p5"], "halfdays": [1], "value": 66}]
    assert result["status"] == "optimal"
    assert "Grouping" in answer.stderr


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (TASK | {"pairs": [["p2", "p9", 1]]}, "pairs[0]"),
        (TASK | {"settings": {"min": 9}}, "settings"),
        ([], "document"),
        (b"", "line 1 column 1"),
        (b'{"format": 1, "format": 2}', '"format" twice'),
    ],
)
def test_a_file_that_does_not_fit_gives_one_line_that_names_the_place(groups, content, place):
    answer = groups(content)
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert place in answer.stderr


def test_a_program_of_its_own_writes_nothing_but_the_result_and_imports_neither_flask_nor_a_database():
    probe = (
        "import sys; from app.cli.__main__ import main; main(['groups', '-'], standalone_mode=False);"
        "sys.exit(any(name in sys.modules for name in ('flask', 'sqlalchemy', 'config.settings')))"
    )
    bare = {name: value for name, value in os.environ.items() if not name.endswith(("_URL", "_KEY"))}
    done = subprocess.run(
        [sys.executable, "-c", probe], input=json.dumps(TASK).encode(), capture_output=True,
        cwd=ROOT, env=bare, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["status"] == "optimal"

"""Who may look at whom: the contracts stand in pyproject.toml."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from config.settings import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_everybody_looks_downwards():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "line", "named"),
    [
        ("app/identity/services.py", "import app.organisation.models", "Storeys"),
        ("app/organisation/policy.py", "import app.organisation.services", "Rooms"),
        ("app/coaching/queries/rounds.py", "import flask", "Use cases know nothing of the web"),
        ("app/home/views.py", "import tenants.session", "Doors do not reach for the database"),
        ("app/coaching/views/rounds.py", "import app.organisation.views", "Doors: only"),
        ("app/coaching/matching/task.py", "import sqlalchemy", "The matching is a pure core"),
        (
            "app/organisation/importing/names.py",
            "import sqlalchemy",
            "Reading lists of people is a pure core",
        ),
    ],
)
def test_a_planted_import_is_found(tmp_path, file, line, named):
    for part in ("app", "config", "tenants", "pyproject.toml"):
        (tmp_path / part).symlink_to(ROOT / part)
    _replace_by_copy(tmp_path, Path(file), textwrap.dedent(f"\n{line}\n"))
    result = lint(tmp_path)
    assert result.returncode != 0
    broken = [text for text in result.stdout.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(named) for text in broken), result.stdout


def _replace_by_copy(root: Path, file: Path, added: str) -> None:
    """Links to the house all the way down, but for the one file that gets another line."""
    here = root
    for part in file.parts[:-1]:
        here /= part
        real = here.resolve()
        here.unlink()
        here.mkdir()
        for child in real.iterdir():
            (here / child.name).symlink_to(child)
    real = (root / file).resolve()
    (root / file).unlink()
    (root / file).write_text(real.read_text() + added)

"""Every job that is queued by name has somebody who does it, and nobody waits for a job that is never queued."""

import ast
from pathlib import Path

from app.factory import handlers
from config.settings import ROOT

QUEUEING = {"enqueue": 0, "enqueue_each": 0, "enqueue_global": 0, "follow_up": 0, "start_work": 1}
"""Functions that queue a job, with the place of its name among their arguments."""


def queued_names(source: str, constants: dict[str, str]) -> set[str]:
    """The names of jobs in calls that queue one, also by a constant."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in QUEUEING):
            continue
        place = QUEUEING[node.func.id]
        name = node.args[place] if len(node.args) > place else None
        if isinstance(name, ast.Constant):
            found.add(name.value)
        elif isinstance(name, ast.Name) and name.id in constants:
            found.add(constants[name.id])
    return found


def constants_in(source: str) -> dict[str, str]:
    """Constants of a module that hold a text."""
    return {
        target.id: node.value.value
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def all_queued() -> set[str]:
    sources = [Path(path).read_text() for path in sorted((ROOT / "app").rglob("*.py"))]
    constants = {name: value for source in sources for name, value in constants_in(source).items()}
    return {name for source in sources for name in queued_names(source, constants)}


def test_jobs_and_handlers_are_the_same(app):
    known = handlers(app.settings, app.database, app.postbox)
    periodic = {handler.name for handler in known if handler.periodic}
    names = [handler.name for handler in known]
    assert len(names) == len(set(names))
    assert set(names) - periodic == all_queued() - periodic


def test_a_planted_job_is_found():
    assert queued_names('enqueue("coaching.planted", round_id=3)', {}) == {"coaching.planted"}
    assert queued_names("start_work(actor, WORK, 3)", {"WORK": "coaching.work"}) == {"coaching.work"}

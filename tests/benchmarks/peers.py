"""Other programs that match mentors, in an environment of their own: the product needs none of them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from config.settings import ROOT

FOLDER = ROOT / "var" / "bench" / "peers"
REQUIREMENTS = Path(__file__).with_name("peers.txt")


class NoPeer(Exception):
    """A program that we compare with can't be installed or does not run; the message says why."""


def mentor_match(document: dict[str, Any]) -> dict[str, Any]:
    """Seconds and pairs of `mentor-match` for a document of coach-matching/1. Raises NoPeer."""
    python = _environment()
    script = Path(__file__).with_name("peer_mentor_match.py")
    done = subprocess.run(
        [python, script], input=json.dumps(document), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoPeer(f"mentor-match does not run:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def _environment() -> Path:
    """The Python of the peers, installed when their list is another than what was installed."""
    python, installed = FOLDER / "bin" / "python", FOLDER / "installed.txt"
    if not (installed.exists() and installed.read_bytes() == REQUIREMENTS.read_bytes()):
        _run([sys.executable, "-m", "venv", "--clear", FOLDER])
        pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        _run([*pip, "--require-hashes", "-r", REQUIREMENTS])
        installed.write_bytes(REQUIREMENTS.read_bytes())
    return python


def _run(command: list[Any]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoPeer(f"{REQUIREMENTS.name} can't be installed:\n{done.stderr[-2000:]}")

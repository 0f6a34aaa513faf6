"""The Chromium of the journeys: find one on this machine, or get one.

`make test` runs this module before the tests; the fixtures ask `find()` for the same browser again.
"""

import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HEADLESS = "chromium-headless-shell"
"""Chromium without a screen: the same engine for two thirds of the work."""
NAMES = (HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "The journeys need a Chromium and there is none on this machine. Install one (on Debian as root: "
    "apt-get install chromium), or give the path of one: CHROMIUM=/path/to/chromium make test"
)


class NoBrowser(Exception):
    """There is no Chromium, and none could be had; the message says what to do."""


def find() -> str | None:
    """The path of the Chromium that the journeys use; None when there is none yet."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), _from_playwright())


def ensure() -> str:
    """Find a Chromium or install one; gives its path. Raises NoBrowser."""
    path = find()
    if path is None and not os.environ.get("CHROMIUM"):
        path = _install_package() or _download()
    if path is None:
        raise NoBrowser(ADVICE)
    return path


def _from_playwright() -> str | None:
    folder = os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright"
    downloads = sorted(Path(folder).glob("chromium-*/chrome-linux*/chrome"))
    return str(downloads[-1]) if downloads else None


def _install_package() -> str | None:
    """Debian's own package, where we may install it; the whole browser where the distribution has no other."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Chromium (once) …", flush=True)  # noqa: T201 - said to who runs it
    _apt_get("update")
    for package in (HEADLESS, "chromium"):
        _apt_get("install", "-y", package)
        if path := find():
            return path
    return None


def _apt_get(*arguments: str) -> None:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-q", *arguments], env=quiet, capture_output=True, check=False)


def _download() -> str | None:
    """Playwright's own build."""
    print(f"Downloading the Chromium of Playwright {version('playwright')} (once) …", flush=True)  # noqa: T201 - said to who runs it
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    return find()


if __name__ == "__main__":
    try:
        print(f"Browser of the journeys: {ensure()}")  # noqa: T201 - said to who runs it
    except NoBrowser as missing:
        sys.exit(str(missing))

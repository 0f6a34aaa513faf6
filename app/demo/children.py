"""The web server and the worker of the demo as processes that are kept alive and stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from config.settings import ROOT

STOP_SECONDS = 10
FAST_DEATHS = 5
FAST_SECONDS = 60
LOG_LINES = 12


class KeepsDying(Exception):
    """A process died several times within a minute; the message has the last lines of its log."""


class Child:
    """A process of ours that is started again when it dies. A context manager: stopped on leaving."""

    def __init__(self, name: str, arguments: list[str], environment: Mapping[str, str], log: Path) -> None:
        """`arguments` are those of `python -m app.cli`."""
        self.name = name
        self._arguments = [sys.executable, "-m", "app.cli", *arguments, "--with-parent"]
        self._environment = dict(environment)
        self._log = log
        self._deaths: list[float] = []
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start. The pipe to its standard input ends with us, and then it stops by itself."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._arguments,
                env=self._environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us, who stop everything in order.
            )
        return self

    def __exit__(self, *_: object) -> None:
        """Ask it to stop, and make it stop when that takes too long: its jobs are done again by the next run."""
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._close_pipe()

    def keep_alive(self) -> None:
        """Start it again if it died, a little later each time. Raises KeepsDying."""
        if self._process is None or self._process.poll() is None:
            return
        self._deaths = [moment for moment in self._deaths if moment > time.monotonic() - FAST_SECONDS]
        self._deaths.append(time.monotonic())
        if len(self._deaths) >= FAST_DEATHS:
            raise KeepsDying("\n".join(self._last_lines()))
        self._close_pipe()
        time.sleep(0.25 * 2 ** len(self._deaths))
        self.__enter__()

    def _close_pipe(self) -> None:
        if self._process and self._process.stdin:
            self._process.stdin.close()

    def _last_lines(self) -> list[str]:
        return self._log.read_text(errors="replace").splitlines()[-LOG_LINES:]

"""Clients who press until they have an answer, whatever falls over meanwhile."""

import http.client
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from queue import Empty, Queue
from threading import Lock
from urllib.parse import urlencode

from tests.crash.seats import Try

ANSWER_SECONDS = 20
PATIENCE_SECONDS = 180
PAUSE_SECONDS = 0.5
BOOKED, FULL = 302, 409


@dataclass
class Answers:
    """What the clients were told."""

    booked: set[tuple[int, int]] = field(default_factory=set)
    """Session and person of what was acknowledged."""
    full: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    """Answers that no client should get, by what they were."""
    again: int = 0
    """How often a client had to press once more."""
    answered: int = 0

    def __post_init__(self) -> None:
        self._lock = Lock()

    def note(self, wanted: Try, outcome: str, presses: int) -> None:
        """Keep what somebody was told at last."""
        with self._lock:
            self.answered += 1
            self.again += presses - 1
            if outcome == "booked":
                self.booked.add((wanted.session_id, wanted.person_id))
            elif outcome == "full":
                self.full += 1
            else:
                self.wrong[outcome] += 1


def press_all(port: int, tries: Sequence[Try], clients: int, answers: Answers) -> None:
    """Let so many clients work through all tries."""
    waiting: Queue[Try] = Queue()
    for wanted in tries:
        waiting.put(wanted)

    def work() -> None:
        while True:
            try:
                wanted = waiting.get_nowait()
            except Empty:
                return
            answers.note(wanted, *_press(port, wanted))

    with ThreadPoolExecutor(clients) as pool:
        for client in [pool.submit(work) for _ in range(clients)]:
            client.result()


def _press(port: int, wanted: Try) -> tuple[str, int]:
    """Press until there is an answer; what it was, and how often that took."""
    deadline, presses = time.monotonic() + PATIENCE_SECONDS, 0
    while time.monotonic() < deadline:
        presses += 1
        try:
            status, location = _post(port, wanted)
        except (OSError, http.client.HTTPException):
            status, location = 503, ""
        if status == BOOKED and f"/intervisie/bijeenkomsten/{wanted.session_id}" in location:
            return "booked", presses
        if status == FULL:
            return "full", presses
        if status < 500:
            return f"{status} {location}".strip(), presses
        time.sleep(PAUSE_SECONDS)
    return "no answer", presses


def _post(port: int, wanted: Try) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request(
            "POST",
            f"/waterland/intervisie/bijeenkomsten/{wanted.session_id}/boeking",
            urlencode({"csrf_token": wanted.token}),
            {"Cookie": wanted.cookie, "Content-Type": "application/x-www-form-urlencoded"},
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()

"""No test talks to another machine: a socket to anywhere but this one is refused."""

import sys
from typing import Any

HERE = ("127.", "::1", "localhost")


class Elsewhere(AssertionError):
    """A test reached for another machine."""


def stay_here() -> None:
    """From now on this process connects to itself and its neighbours only."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(HERE):
        raise Elsewhere(str(address[0]))

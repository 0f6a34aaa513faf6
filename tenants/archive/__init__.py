"""The archive of one network: a zip of open formats that leaves an installation, and comes back into another.

Every table with `tenant_id` is in it, in the order of its foreign keys, as JSON Lines: of the open formats the one
that keeps lists, nothing and empty text apart, and that is read line by line. Networks are numbered per
installation, and logins are shared between networks, so neither number is in the archive: a reference to a login
is its address. Hence the same rows give the same bytes, and equal hashes say that nothing was lost or added.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Report = Callable[[float], None]
"""Called with the part that is done, from 0 to 1."""

Job = Mapping[str, Any]
"""A job that waits: `task`, `priority` and `arguments`, all of them ids of the network's own rows."""


class Refused(Exception):
    """An archive can't be made of this installation, or not be restored into it; the message says why."""


@dataclass(frozen=True, slots=True)
class Upstairs:
    """What a network has outside its own tables, as the storeys above keep it. Inside the archive's unit of work."""

    emails: Callable[[int], Mapping[int, str]]
    """The address of each login that is a member of the network, by the login's id."""
    join: Callable[[int, Sequence[str]], Mapping[str, int]]
    """Make the logins of these addresses members, each made where there is none; gives their ids by address."""
    jobs: Collection[str]
    """The names of the jobs that are done in a network."""
    waiting_jobs: Callable[[], Iterable[Job]]
    """What is queued for the network that was entered."""
    queue_again: Callable[[Iterable[Job]], None]
    """Queue it for the network that was entered."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds, or would hold: rows by table, and the digest over all of them."""

    rows: Mapping[str, int]
    sha256: str

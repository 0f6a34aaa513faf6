"""Makes the networks of a demo, several at a time, and goes on where a run that was broken off stopped."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Self

from app.demo.extent import Extent
from app.demo.folder import CannotRun
from app.demo.seed import digest_of_network, seed_network
from app.organisation.register import network as registered
from config.settings import MasterKey
from tenants.session import Database, open_engine

CONNECTIONS = 2
"""One for the network, one for the logins that it shares with others."""

Tell = Callable[[float, str], None]
"""Called with the part that is done, from 0 to 1, and what is being done."""


@dataclass(frozen=True, slots=True)
class News:
    """How far a network is."""

    code: str
    done: float
    digest: str | None = None
    """Of the network that is complete."""


class Builder:
    """Makes networks, one after the other, as the app's own role, which row level security binds."""

    def __init__(self, url: str, master_key: MasterKey, extent: Extent) -> None:
        self._database = Database(open_engine(url, pool_size=CONNECTIONS))
        self._master_key = master_key
        self._extent = extent

    def __enter__(self) -> Self:
        """Nothing is opened before the first network."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the database."""
        self._database.engine.dispose()

    def build(self, code: str, tell: Callable[[News], None]) -> None:
        """Make a network, unless it is there, and tell its digest."""
        plan = self._extent.plan_of(code)
        network = seed_network(self._database, self._master_key, plan, lambda done: tell(News(code, done)))
        with self._database.unit_of_work(network, read_only=True):
            digest = digest_of_network()
        tell(News(code, 1.0, digest))


class Progress:
    """Adds up what the builders tell; large networks count for more."""

    def __init__(self, codes: tuple[str, ...], tell: Tell) -> None:
        self._weights = {code: registered(code).school_count for code in codes}
        self._done = dict.fromkeys(codes, 0.0)
        self._tell = tell
        self.digests: dict[str, str] = {}

    def __call__(self, news: News) -> None:
        """Take news in and tell the whole."""
        self._done[news.code] = news.done
        if news.digest:
            self.digests[news.code] = news.digest
        done = sum(self._weights[code] * part for code, part in self._done.items())
        made, all_of_them = len(self.digests), len(self._weights)
        self._tell(done / sum(self._weights.values()), f"{made}/{all_of_them} · {registered(news.code).name}")


def build_networks(url: str, master_key: MasterKey, extent: Extent, tell: Tell) -> dict[str, str]:
    """Make every network of the demo that is not complete; gives the digest of each. Raises CannotRun."""
    progress = Progress(extent.codes, tell)
    if extent.builders:
        _build_together(url, master_key, extent, progress)
    else:
        with Builder(url, master_key, extent) as builder:
            for code in extent.codes:
                builder.build(code, progress)
    return progress.digests


def _build_together(url: str, master_key: MasterKey, extent: Extent, progress: Progress) -> None:
    codes = iter(extent.codes)
    with ExitStack() as running:
        lines = [
            running.enter_context(_other_builder(url, master_key, extent)) for _ in range(extent.builders)
        ]
        for line in lines:
            line.send(next(codes, None))
        while lines:
            heard = wait(lines)
            for line in [line for line in lines if line in heard]:
                news = _heard(line)
                progress(news)
                if news.digest:
                    code = next(codes, None)
                    line.send(code)
                    if code is None:
                        lines.remove(line)


def _heard(line: Connection) -> News:
    try:
        return line.recv()
    except EOFError:
        raise CannotRun(_BROKEN_OFF) from None


@contextmanager
def _other_builder(url: str, master_key: MasterKey, extent: Extent) -> Iterator[Connection]:
    """A builder in a process of its own, and the line to it; stopped on leaving, whatever it was doing."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    process = spawning.Process(target=_build_on_request, args=(theirs, url, master_key, extent), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    except BaseException:
        process.terminate()
        raise
    finally:
        ours.close()  # the other side ends when it hears nobody any more
        process.join()


def _build_on_request(line: Connection, url: str, master_key: MasterKey, extent: Extent) -> None:
    """Build what is asked for until there is no more, or nobody to tell it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    with suppress(EOFError, BrokenPipeError), Builder(url, master_key, extent) as builder:
        while code := line.recv():
            builder.build(code, line.send)


_BROKEN_OFF = (
    "Het maken van de voorbeeldgegevens is gestopt. Wat af is blijft; start opnieuw om verder te gaan.\n"
    "Making the sample data stopped. What is finished stays; start again to go on."
)

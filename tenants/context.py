"""Which network the running code works for. Entered only by `with`, so it can't stay behind."""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


class NoNetwork(RuntimeError):
    """Code reached for a network's data outside a unit of work of a network."""


@dataclass(frozen=True, slots=True)
class Network:
    """What a unit of work needs to know of a network. `data_key` are the 32 bytes that encrypt its texts."""

    id: int
    slug: str
    name: str
    data_key: bytes = field(repr=False)
    is_writable: bool = True


_current: ContextVar[Network | None] = ContextVar("network", default=None)


def current_network() -> Network:
    """The network that was entered. Raises NoNetwork outside `unit_of_work`."""
    network = _current.get()
    if network is None:
        raise NoNetwork
    return network


def current_network_id() -> int:
    """The id of the network that was entered, as the default of every `tenant_id` column."""
    return current_network().id


@contextmanager
def entered(network: Network | None) -> Generator[None]:
    """Make `network` the current one for the block; None means: work outside every network."""
    token = _current.set(network)
    try:
        yield
    finally:
        _current.reset(token)

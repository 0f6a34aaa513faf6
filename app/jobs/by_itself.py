"""What nobody asks for: the follow-up of a room, each hour of the day, and what it forgets at night."""

from collections.abc import Callable, Sequence

from app.jobs.queue import Handler, enqueue_in_networks
from config.settings import Settings
from tenants.context import Network
from tenants.provision import all_tenants
from tenants.session import Database

Step = Callable[[], None]
"""Work in the network that was entered. Done twice it changes nothing, and mails nobody twice."""


def follow_up(name: str, steps: Sequence[Step], database: Database, *, minute: int) -> list[Handler]:
    """The follow-up of a room in every network that may change anything: each step is a unit of its own.

    Each hour of the day, in UTC: nobody is mailed at night, and a worker that was away makes up for it.
    """

    def work(network: Network) -> None:
        for step in steps:
            with database.unit_of_work(network):
                step()

    def everywhere() -> None:
        with database.global_unit():
            enqueue_in_networks(name)

    by_day = f"{minute} 6-18 * * *"
    return [
        Handler(name, work),
        Handler(f"{name}_everywhere", everywhere, in_network=False, periodic=by_day),
    ]


def forgetting(name: str, forget: Step, settings: Settings, database: Database, *, minute: int) -> Handler:
    """What a room forgets each night, in every network: also where nobody pays any more, nothing is kept longer."""

    def everywhere() -> None:
        with database.global_unit(read_only=True):
            networks = [tenant.opened(settings.master_key) for tenant in all_tenants()]
        for network in networks:
            with database.unit_of_work(network):
                forget()

    return Handler(name, everywhere, in_network=False, periodic=f"{minute} 2 * * *")

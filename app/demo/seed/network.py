"""One network of the demo, whole or not at all."""

from collections.abc import Callable

from sqlalchemy import select

from app.demo.plan import NetworkPlan
from app.demo.seed import coaching, expertise, intervision, organisation
from app.demo.seed.seeding import Seeding
from app.demo.seed.trajectories import add_trajectories
from app.expertise.services.shipping import ship_taxonomy
from app.organisation.models import School
from app.organisation.networks import add_registered_schools
from app.organisation.register import network as registered
from config.settings import MasterKey
from tenants.context import Network
from tenants.models import Tenant
from tenants.provision import UnknownNetwork, create_network, tenant_with
from tenants.session import Database, session

Report = Callable[[float], None]
"""Called with the part that is done, from 0 to 1."""

STEPS: tuple[Callable[[Seeding], None], ...] = (
    *organisation.STEPS,
    coaching.add_profiles,
    coaching.add_earlier_round,
    add_trajectories,
    coaching.add_open_round,
    intervision.add_season,
    expertise.add_expertise,
)
"""What fills a network, in order. `app.demo.seed` tells how a room adds its own."""


def seed_network(
    database: Database, master_key: MasterKey, plan: NetworkPlan, report: Report = lambda _done: None
) -> Network:
    """Make a network and all that the plan has of it, in one transaction; one that is there already stays as it is."""
    network = _tenant(database, master_key, plan.code).opened(master_key)
    with database.unit_of_work(network, with_identities=True):
        if _is_empty():
            add_registered_schools(plan.code)
            ship_taxonomy()
            _follow(plan, report)
    report(1.0)
    return network


def _follow(plan: NetworkPlan, report: Report) -> None:
    seeding = Seeding(plan)
    for done, step in enumerate(STEPS, start=1):
        step(seeding)
        session().flush()
        report(done / (len(STEPS) + 1))


def _tenant(database: Database, master_key: MasterKey, code: str) -> Tenant:
    """The network, made where a run that was broken off did not."""
    try:
        with database.global_unit(read_only=True):
            return tenant_with(code.lower())
    except UnknownNetwork:
        return create_network(database, master_key, slug=code.lower(), code=code, name=registered(code).name)


def _is_empty() -> bool:
    """Schools come in the transaction of everything else: a network that has one is complete."""
    return session().scalar(select(School.id).limit(1)) is None

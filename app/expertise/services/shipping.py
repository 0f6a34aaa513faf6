"""Give a new network the taxonomy that is shipped."""

from sqlalchemy import insert

from app.expertise.models import ExpertiseDomain, ExpertiseItem
from app.expertise.taxonomy import ITEMS
from tenants.session import session


def ship_taxonomy() -> None:
    """Add the shipped domains and items to the network that was entered and has none."""
    domains = session().execute(
        insert(ExpertiseDomain).returning(ExpertiseDomain.code, ExpertiseDomain.id),
        [{"code": code, "position": position} for position, code in enumerate(ITEMS, start=1)],
    )
    domain_ids = dict(domains.all())
    session().execute(
        insert(ExpertiseItem),
        [
            {"domain_id": domain_ids[domain], "code": code, "position": position}
            for domain, items in ITEMS.items()
            for position, code in enumerate(items, start=1)
        ],
    )

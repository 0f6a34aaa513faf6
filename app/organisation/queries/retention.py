"""How long this network keeps confidential texts."""

from sqlalchemy import select

from app.kernel.privacy.retention import YEARS_KEPT
from app.organisation.models import RetentionPeriod
from tenants.session import session


def years_kept() -> int:
    """For how many whole school years; the fewest until a coordinator chose."""
    return session().scalar(select(RetentionPeriod.school_years)) or YEARS_KEPT[0]

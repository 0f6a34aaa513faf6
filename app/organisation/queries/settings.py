"""What this network chose for itself."""

from sqlalchemy import select

from app.kernel.privacy.retention import YEARS_KEPT
from app.organisation.models import MONTHS_CONFIRMED, NetworkSettings
from tenants.session import session


def years_kept() -> int:
    """For how many whole school years it keeps confidential texts; the fewest until a coordinator chose."""
    return session().scalar(select(NetworkSettings.school_years)) or YEARS_KEPT[0]


def months_confirmed() -> int:
    """For how many months what somebody says of her expertise counts as confirmed; a year until a coordinator chose."""
    return session().scalar(select(NetworkSettings.months_confirmed)) or MONTHS_CONFIRMED

"""How long confidential texts are kept: so many whole school years after the one in which they were last of use.

How many is up to each network: see `years_kept` of the organisation.
"""

from datetime import date

from app.kernel.clock import school_year

YEARS_KEPT = (1, 3)
"""The fewest and the most school years that a network can choose; the fewest is what it has by itself."""


def kept_until(over_on: date, years: int) -> date:
    """The last day on which a text is kept of what was over on a day."""
    return date(school_year(over_on) + years + 1, 7, 31)


def over_since(day: date, years: int) -> date:
    """The first day on which something can have been over of which texts are still kept on `day`."""
    return date(school_year(day) - years, 8, 1)

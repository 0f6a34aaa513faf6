"""How long confidential texts are kept: so many whole school years after the one in which they were last of use."""

from datetime import date

from app.kernel.clock import school_year

SCHOOL_YEARS = 1


def kept_until(over_on: date) -> date:
    """The last day on which a text is kept of what was over on a day."""
    return date(school_year(over_on) + SCHOOL_YEARS + 1, 7, 31)


def over_since(day: date) -> date:
    """The first day on which something can have been over of which texts are still kept on `day`."""
    return date(school_year(day) - SCHOOL_YEARS, 8, 1)

"""Who was in one group before: in earlier seasons here, and in years that were imported."""

from collections import Counter, defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import NamedTuple

from sqlalchemy import func, select

from app.intervision.models import EarlierSeat, GroupMember, Season, SeasonPublication
from app.kernel.clock import school_year
from tenants.session import session


class EarlierYear(NamedTuple):
    """A school year that was imported, with how many groups and people it has."""

    school_year: int
    groups: int
    people: int


def earlier_years() -> list[EarlierYear]:
    """The school years that were imported, the latest first."""
    rows = session().execute(
        select(
            EarlierSeat.school_year,
            func.count(func.distinct(EarlierSeat.group_name)),
            func.count(func.distinct(EarlierSeat.person_id)),
        )
        .group_by(EarlierSeat.school_year)
        .order_by(EarlierSeat.school_year.desc())
    )
    return [EarlierYear(*row) for row in rows]


def years_together(season: Season, person_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """In how many earlier school years each two of these people were in one group; the lower id first."""
    years: defaultdict[tuple[int, object], set[int]] = defaultdict(set)
    # Nearly everybody is asked for: to read all and leave some out is quicker than to name hundreds.
    wanted = set(person_ids)
    for person_id, year, group in session().execute(
        select(EarlierSeat.person_id, EarlierSeat.school_year, EarlierSeat.group_name)
    ):
        years[year, group].add(person_id)
    before = (
        select(GroupMember.person_id, GroupMember.group_id, Season.starts_on)
        .join(Season, (Season.tenant_id == GroupMember.tenant_id) & (Season.id == GroupMember.season_id))
        .join(
            SeasonPublication,
            (SeasonPublication.tenant_id == Season.tenant_id) & (SeasonPublication.season_id == Season.id),
        )
        .where(
            Season.id != season.id,
            Season.starts_on < season.starts_on,
        )
    )
    for person_id, group_id, starts_on in session().execute(before):
        years[school_year(starts_on), group_id].add(person_id)
    known = {
        (pair, year)
        for (year, _group), people in years.items()
        for pair in combinations(sorted(people & wanted), 2)
    }
    return dict(Counter(pair for pair, _year in known))

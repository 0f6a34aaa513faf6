"""Plan a season."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.intervision.models import Region, Season
from app.intervision.policy import RUN_SEASONS
from app.intervision.queries import published_at, season_with, seasons
from app.kernel.actor import Actor
from app.kernel.audit import record
from app.kernel.clock import school_year, today
from app.kernel.errors import Conflict, Invalid
from app.organisation.models import School
from app.organisation.register import schools
from tenants.session import session

SUMMER_DAYS = 60
"""From the beginning of June a new season is for the next school year."""
ASKING_TAKES = timedelta(weeks=3)
REGIONS = {
    "Groningen": Region.NORTH,
    "Friesland": Region.NORTH,
    "Drenthe": Region.NORTH,
    "Overijssel": Region.NORTH,
    "Noord-Holland": Region.NORTH,
    "Flevoland": Region.NORTH,
    "Utrecht": Region.MIDDLE,
    "Zuid-Holland": Region.MIDDLE,
    "Gelderland": Region.MIDDLE,
    "Noord-Brabant": Region.SOUTH,
    "Zeeland": Region.SOUTH,
    "Limburg": Region.SOUTH,
}
"""The holiday region of most of a province: a suggestion, since some provinces have two."""
TAKEN_OVER = (
    "region",
    "smallest",
    "target",
    "largest",
    "sessions",
    "minutes",
    "open_seats",
    "cancel_hours",
    "case_days",
)
SIZES = ("smallest", "target", "largest")


def create_season(actor: Actor, data: dict[str, Any]) -> int:
    """Plan a new season; gives its id."""
    actor.require(RUN_SEASONS)
    wrong = _double_name(data["name"])
    if data["join_until"] < today():
        wrong["join_until"] = [_("Choose today or a later day.")]
    if wrong:
        raise Invalid(wrong)
    season = Season(**data)
    session().add(season)
    session().flush()
    record(actor, "plan season", "season", season.id)
    return season.id


def plan_season(actor: Actor, season_id: int, data: dict[str, Any]) -> None:
    """Change a season. Once its groups are known their sizes stay as they were planned."""
    actor.require(RUN_SEASONS)
    season = season_with(season_id)
    if data["name"] != season.name and (wrong := _double_name(data["name"])):
        raise Invalid(wrong)
    if published_at(season_id) and any(data[name] != getattr(season, name) for name in SIZES):
        raise Conflict(_("The groups of this season are known. Their sizes can't be changed any more."))
    for name, value in data.items():
        setattr(season, name, value)
    record(actor, "change season", "season", season_id)


def suggested_season() -> dict[str, Any]:
    """What a new season will probably be: from today to the end of this school year, or the next one in summer."""
    year = school_year(today() + timedelta(days=SUMMER_DAYS))
    names = {season.name for season in seasons()}
    while _("Intervision %(year)s", year=f"{year}–{year + 1}") in names:
        year += 1
    starts_on = max(today(), date(year, 8, 1))
    return {
        "name": _("Intervision %(year)s", year=f"{year}–{year + 1}"),
        "starts_on": starts_on,
        "ends_on": date(year + 1, 7, 31),
        "join_until": starts_on + ASKING_TAKES,
        "region": _likely_region(),
        "smallest": 4,
        "target": 6,
        "largest": 8,
        "sessions": 6,
        "minutes": 120,
        "open_seats": 2,
        "cancel_hours": 24,
        "case_days": 30,
    }


def copied_season(season_id: int) -> dict[str, Any]:
    """A season like an earlier one: its settings, in the school year of the suggestion. Who takes part is asked anew."""
    earlier = season_with(season_id)
    return {**suggested_season(), **{name: getattr(earlier, name) for name in TAKEN_OVER}}


def changeable_season(season_id: int) -> Season:
    """A season whose groups are not known yet, and won't be before this transaction ends. Raises Conflict."""
    season = season_with(season_id)
    session().refresh(season, with_for_update=True)
    if published_at(season_id):
        raise Conflict(_("The groups of this season are known. They can't be formed anew."))
    return season


def _likely_region() -> Region:
    """By the provinces of the network's schools."""
    known = set(session().scalars(select(School.code)))
    found = Counter(
        REGIONS[school.province]
        for school in schools()
        if school.code in known and school.province in REGIONS
    )
    return found.most_common(1)[0][0] if found else Region.MIDDLE


def _double_name(name: str) -> dict[str, list[str]]:
    """What to say at the field of a name that another season has."""
    is_taken = session().scalar(select(Season.id).where(Season.name == name))
    return {"name": [_("There is a season with this name already.")]} if is_taken else {}

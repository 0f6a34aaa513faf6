"""Seasons: for the coordinator all of them, for an IB'er those that she can answer or takes part in."""

from collections.abc import Sequence

from sqlalchemy import select

from app.intervision.models import Participation, Season, SeasonPublication
from app.kernel.clock import today
from app.kernel.errors import NotFound
from tenants.session import session


def seasons() -> Sequence[Season]:
    """Every season, the latest first."""
    return session().scalars(select(Season).order_by(Season.starts_on.desc(), Season.id.desc())).all()


def season_with(season_id: int) -> Season:
    """A season of this network. Raises NotFound."""
    found = session().scalar(select(Season).where(Season.id == season_id))
    if found is None:
        raise NotFound
    return found


def latest_season() -> Season | None:
    """The season that goes on, or comes next: of those that are not over the one that begins last."""
    going_on = select(Season).where(Season.ends_on >= today())
    return session().scalar(going_on.order_by(Season.starts_on.desc(), Season.id.desc()).limit(1))


def known_season() -> Season | None:
    """The season whose groups are known and that is not over, also while the next is being planned."""
    known = select(SeasonPublication.id).where(
        SeasonPublication.tenant_id == Season.tenant_id, SeasonPublication.season_id == Season.id
    )
    going_on = select(Season).where(Season.ends_on >= today(), known.exists())
    return session().scalar(going_on.order_by(Season.starts_on.desc(), Season.id.desc()).limit(1))


def published_at(season_id: int) -> SeasonPublication | None:
    """That the groups of a season were made known; None until then."""
    return session().scalar(select(SeasonPublication).where(SeasonPublication.season_id == season_id))


def participation_of(season_id: int, person_id: int) -> Participation | None:
    """What somebody answered for a season, if she did."""
    return session().scalar(
        select(Participation).where(
            Participation.season_id == season_id, Participation.person_id == person_id
        )
    )

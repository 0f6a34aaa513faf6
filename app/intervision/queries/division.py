"""The draft groups of a season: what was calculated last, and which groups stay as they are."""

from collections.abc import Collection

from sqlalchemy import select

from app.intervision.models import Division, GroupLock, IntervisionGroup
from tenants.session import session


def latest_division(season_id: int) -> Division | None:
    """The calculation that was done last."""
    of_season = select(Division).where(Division.season_id == season_id)
    return session().scalar(of_season.order_by(Division.id.desc()).limit(1))


def locked_in(season_id: int) -> set[int]:
    """The groups of a season that stay as they are."""
    return set(
        session().scalars(
            select(GroupLock.group_id)
            .join(
                IntervisionGroup,
                (IntervisionGroup.tenant_id == GroupLock.tenant_id)
                & (IntervisionGroup.id == GroupLock.group_id),
            )
            .where(IntervisionGroup.season_id == season_id)
        )
    )


def is_locked(group_id: int) -> bool:
    """Whether a group stays as it is."""
    return session().scalar(select(GroupLock.id).where(GroupLock.group_id == group_id)) is not None


def names_taken(season_id: int, but: Collection[int] = ()) -> set[str]:
    """The names that groups of a season have, those that have ended too."""
    return set(
        session().scalars(
            select(IntervisionGroup.name).where(
                IntervisionGroup.season_id == season_id, IntervisionGroup.id.not_in(but)
            )
        )
    )

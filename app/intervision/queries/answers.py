"""Who answered for a season, and who has not been heard of."""

from collections.abc import Sequence

from sqlalchemy import select

from app.coaching.models import CoachingRequest, Preference, RequestTheme
from app.intervision.models import Avoidance, Participation, Season, SeasonPublication
from app.kernel.clock import today
from app.kernel.permissions import Role
from app.organisation.queries import holder_ids
from tenants.session import session


def answers_in(season_id: int) -> dict[int, Participation]:
    """The answer of each person who gave one for a season."""
    rows = session().scalars(select(Participation).where(Participation.season_id == season_id))
    return {answer.person_id: answer for answer in rows}


def taking_part_in_season(season_id: int) -> Sequence[int]:
    """Who takes part in a season: ids of people."""
    takes_part = (Participation.season_id == season_id) & Participation.takes_part
    return session().scalars(select(Participation.person_id).where(takes_part)).all()


def silent_in(season_id: int) -> set[int]:
    """The IB'ers who have not answered."""
    answered = select(Participation.person_id).where(Participation.season_id == season_id)
    return holder_ids(Role.IB) - set(session().scalars(answered))


def season_to_answer() -> Season | None:
    """The season for which IB'ers say whether they take part: the next that is not over and whose groups are not known."""
    known = select(SeasonPublication.id).where(
        SeasonPublication.tenant_id == Season.tenant_id, SeasonPublication.season_id == Season.id
    )
    waiting = select(Season).where(Season.ends_on >= today(), ~known.exists())
    return session().scalar(waiting.order_by(Season.starts_on, Season.id).limit(1))


def seasons_being_answered() -> Sequence[Season]:
    """Every season whose last day to answer has not passed and whose groups are not known."""
    known = select(SeasonPublication.id).where(
        SeasonPublication.tenant_id == Season.tenant_id, SeasonPublication.season_id == Season.id
    )
    return session().scalars(select(Season).where(Season.join_until >= today(), ~known.exists())).all()


def avoided_by(person_id: int, *, said_by_herself: bool) -> list[int]:
    """With whom somebody is not put in one group; for herself only what she said."""
    rows = select(Avoidance.other_id).where(Avoidance.person_id == person_id)
    if said_by_herself:
        rows = rows.where(Avoidance.by_id == person_id)
    return list(session().scalars(rows.order_by(Avoidance.id)))


def latest_coaching_wishes(person_id: int) -> tuple[list[int], list[str], list[int]]:
    """Half-days and themes of somebody's latest coaching request, and whom she would rather not have as a coach."""
    request = session().scalar(
        select(CoachingRequest)
        .where(CoachingRequest.person_id == person_id)
        .order_by(CoachingRequest.id.desc())
        .limit(1)
    )
    if request is None:
        return [], [], []
    themes = select(RequestTheme.theme).where(RequestTheme.request_id == request.id)
    unwanted = select(Preference.other_id).where(
        Preference.person_id == person_id, Preference.as_coach.is_(False), Preference.wanted.is_(False)
    )
    return (
        list(request.halfdays),
        list(session().scalars(themes.order_by(RequestTheme.weight.desc(), RequestTheme.theme))),
        list(session().scalars(unwanted.order_by(Preference.other_id))),
    )

"""Cases: her own for who brings one, the shared ones for those who take part in the session. For nobody else."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select

from app.intervision.models import Booking, BookingState, CaseContribution
from app.intervision.queries.sessions import DatedSession
from app.intervision.queries.standing import Standing
from app.kernel.clock import AMSTERDAM
from tenants.session import session


def own_case(session_id: int, person_id: int) -> CaseContribution | None:
    """What somebody brings to a session, also when she shares it with nobody or it was forgotten."""
    mine = (CaseContribution.session_id == session_id) & (CaseContribution.person_id == person_id)
    return session().scalar(select(CaseContribution).where(mine))


def cases_of_others(standing: Standing) -> Sequence[CaseContribution]:
    """What others brought to a session and share, by whom comes first; nothing for who may not read it.

    A case whose owner gave her seat back is read by nobody any more.
    """
    if not standing.reads_cases:
        return []
    comes = exists().where(
        Booking.tenant_id == CaseContribution.tenant_id,
        Booking.session_id == CaseContribution.session_id,
        Booking.person_id == CaseContribution.person_id,
        Booking.state == BookingState.BOOKED,
    )
    return (
        session()
        .scalars(
            select(CaseContribution)
            .where(
                CaseContribution.session_id == standing.dated.id,
                CaseContribution.person_id != standing.person_id,
                CaseContribution.shared_at.is_not(None),
                CaseContribution.forgotten_at.is_(None),
                comes,
            )
            .order_by(CaseContribution.shared_at, CaseContribution.id)
        )
        .all()
    )


def case_kept_until(dated: DatedSession) -> date:
    """The last day on which the cases of a session are kept: some time after it, or after the season without it."""
    takes_place = dated.appointment is not None and not dated.is_cancelled
    over_on = (
        dated.appointment.ends_at.astimezone(AMSTERDAM).date()
        if dated.appointment and takes_place
        else dated.season.ends_on
    )
    return over_on + timedelta(days=dated.season.case_days)

"""What a proposal tells beside its pairs: coaches and their places, whom to ask, and who has no coach for which reason."""

from collections.abc import Sequence

from sqlalchemy import select

from app.coaching.models import PossibleCoach, Proposal, ProposedCoach
from tenants.session import session


def proposals_in(round_id: int) -> Sequence[Proposal]:
    """Every proposal of a round, the latest first."""
    found = select(Proposal).where(Proposal.round_id == round_id).order_by(Proposal.id.desc())
    return session().scalars(found).all()


def coach_prices(proposal_id: int) -> Sequence[ProposedCoach]:
    """The coaches of a proposal: where one place more brings most comes first."""
    found = select(ProposedCoach).where(ProposedCoach.proposal_id == proposal_id)
    order = (ProposedCoach.more_matched.desc(), ProposedCoach.more_total.desc(), ProposedCoach.coach_id)
    return session().scalars(found.order_by(*order)).all()


def people_to_ask(proposal_id: int) -> Sequence[PossibleCoach]:
    """Who could become a coach, in the order of whom to ask first."""
    found = select(PossibleCoach).where(PossibleCoach.proposal_id == proposal_id)
    return session().scalars(found.order_by(PossibleCoach.rank)).all()

"""What planning asks: who plans for which group, when its people can, and how polls stand."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.agenda.models import Appointment
from app.intervision.models import (
    GroupMember,
    IntervisionGroup,
    Participation,
    Poll,
    PollAnswer,
    PollChoice,
    PollOption,
    PollWord,
)
from app.intervision.policy import JOIN_IN, PLAN_SESSIONS, RUN_SEASONS
from app.intervision.queries.groups import group_with
from app.intervision.queries.seasons import published_at
from app.intervision.queries.sessions import DatedSession, seated_in, session_with, sessions_of_group
from app.kernel.actor import Actor
from app.kernel.among import among
from app.kernel.clock import now, today
from app.kernel.errors import Forbidden, NotFound
from tenants.session import session


def is_member(person_id: int, group_id: int) -> bool:
    """Whether somebody is in a group now."""
    mine = (GroupMember.group_id == group_id) & (GroupMember.person_id == person_id)
    return session().scalar(select(GroupMember.id).where(mine, GroupMember.left_at.is_(None))) is not None


def plans_for(actor: Actor, group_id: int) -> bool:
    """Whether the actor finds dates for a group: the coordinator for each, who is in it for her own."""
    return actor.may(RUN_SEASONS) or (actor.may(JOIN_IN) and is_member(actor.person_id, group_id))


def group_to_plan(actor: Actor, group_id: int) -> IntervisionGroup:
    """A group whose sessions the actor plans. Raises NotFound."""
    return group_with(actor, group_id)


def session_to_plan(actor: Actor, session_id: int) -> DatedSession:
    """A session that the actor plans. Raises Forbidden for guests and who may only know of it, NotFound for others."""
    dated = session_with(actor, session_id)
    if not plans_for(actor, dated.group.id):
        raise Forbidden(PLAN_SESSIONS.name)
    return dated


def sessions_with_seat(actor: Actor, group_id: int) -> list[Appointment]:
    """The appointments of the actor's own group in which she has a seat, with what was called off. Raises NotFound."""
    group_with(actor, group_id)
    if not is_member(actor.person_id, group_id):
        raise NotFound
    sessions = sessions_of_group(group_id)
    seated = seated_in([dated.id for dated in sessions])
    return [
        dated.appointment for dated in sessions if dated.appointment and actor.person_id in seated[dated.id]
    ]


def can_be_planned(group: IntervisionGroup) -> bool:
    """Whether a group is known to its members, and goes on."""
    return group.ended_at is None and published_at(group.season_id) is not None


def halfdays_told(season_id: int, people: Collection[int]) -> dict[int, Sequence[int]]:
    """The half-days of each of these people, as far as they told any for a season."""
    rows = session().execute(
        select(Participation.person_id, Participation.halfdays).where(
            Participation.season_id == season_id, among(Participation.person_id, people)
        )
    )
    return {person_id: halfdays for person_id, halfdays in rows if halfdays}


def times_led(group_id: int) -> Counter[int]:
    """How often each member of a group led, or is going to, this season."""
    return Counter(
        dated.session.facilitator_id
        for dated in sessions_of_group(group_id)
        if dated.session.facilitator_id and dated.appointment and not dated.is_cancelled
    )


@dataclass(frozen=True, slots=True)
class PollInFull:
    """A poll with its moments, what was answered, and what was chosen."""

    poll: Poll
    options: Sequence[PollOption]
    answers: dict[int, dict[int, PollWord]]
    choice: PollChoice | None

    @property
    def is_open(self) -> bool:
        """Whether people can still answer."""
        return self.poll.closed_at is None and self.poll.closes_on >= today()

    @property
    def waits_for_choice(self) -> bool:
        """Whether no date was chosen yet."""
        return self.choice is None

    @property
    def coming(self) -> list[PollOption]:
        """The moments that are still to come."""
        return [option for option in self.options if option.starts_at > now()]


def poll_of(session_id: int) -> PollInFull | None:
    """The poll about a session, if there was one; the latest alone is kept."""
    poll = session().scalar(select(Poll).where(Poll.session_id == session_id))
    if poll is None:
        return None
    options = session().scalars(
        select(PollOption).where(PollOption.poll_id == poll.id).order_by(PollOption.starts_at)
    )
    answers: defaultdict[int, dict[int, PollWord]] = defaultdict(dict)
    rows = session().execute(
        select(PollAnswer.person_id, PollAnswer.option_id, PollAnswer.answer)
        .join(
            PollOption,
            (PollOption.tenant_id == PollAnswer.tenant_id) & (PollOption.id == PollAnswer.option_id),
        )
        .where(PollOption.poll_id == poll.id)
    )
    for person_id, option_id, word in rows:
        answers[person_id][option_id] = PollWord(word)
    choice = session().scalar(select(PollChoice).where(PollChoice.poll_id == poll.id))
    return PollInFull(poll, options.all(), dict(answers), choice)


def open_polls(*, until: date | None = None) -> Sequence[Poll]:
    """Polls that nobody closed, of which the last day is no later than a day; for what is done by itself."""
    found = select(Poll).where(Poll.closed_at.is_(None)).order_by(Poll.id)
    if until is not None:
        found = found.where(Poll.closes_on <= until)
    return session().scalars(found).all()


def moment_of(poll: PollInFull) -> datetime | None:
    """The moment that was chosen."""
    chosen = poll.choice
    if chosen is None:
        return None
    return next(option.starts_at for option in poll.options if option.id == chosen.option_id)

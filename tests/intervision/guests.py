"""A session of another group, and IB'ers who could be its guests, each of a school of her own."""

from dataclasses import dataclass, field
from datetime import date, time

from app.intervision.models import IntervisionGroup, IntervisionSession, Season
from app.kernel.actor import Actor
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from app.organisation.queries import actor_of
from tenants.context import Network
from tests.intervision.seasons import a_group, a_season, a_session
from tests.walls.places import kept
from tests.world import Member, add_member, add_role


@dataclass
class OpenSession:
    """A session with its group, and everybody by the key she was made with."""

    season: Season
    group: IntervisionGroup
    session: IntervisionSession
    people: dict[str, Member] = field(default_factory=dict)

    def actor(self, key: str) -> Actor:
        """Somebody with her roles of today. In a unit that sees identities too."""
        actor = actor_of(self.people[key].identity_id)
        assert actor is not None
        return actor


def an_open_session(
    network: Network,
    *,
    guests: int,
    seats: int = 4,
    day: date | None = None,
    at: time = time(13, 0),
    **season: object,
) -> OpenSession:
    """A session of a group of two with two seats for guests, and guests `guest0`, `guest1`, and so on.

    In a unit that sees identities too.
    """
    people = {
        key: an_ib(network, key) for key in ("one", "two", *(f"guest{number}" for number in range(guests)))
    }
    made = a_season(f"Seizoen van {at}", **season)
    group = a_group(made, [people["one"].person_id, people["two"].person_id])
    return OpenSession(made, group, a_session(group, day=day, at=at, seats=seats), people)


def an_ib(network: Network, key: str) -> Member:
    """An IB'er with a login, of a school of her own."""
    member = add_member(network, key, "Iemand", key.title())
    number = member.person_id
    board = kept(Board(number=f"{70_000 + number}"))
    school = School(
        board_id=board, code=f"{number % 100:02d}Z{number // 100:03d}"[:6], name=f"De {key.title()}", kinds=["bo"],
        city="Purmerend", latitude=52.5, longitude=5.0,
    )  # fmt: skip
    add_role(member.person_id, Role.IB, kept(school))
    return member

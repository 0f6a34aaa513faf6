"""Which edition of the national register is in use, and which there were. Editions belong to no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select

from app.kernel.errors import NotFound
from app.organisation.models import RegisterEdition, RegisterUse
from app.organisation.register import Register, shipped
from tenants.session import separately, session

SHIPPED = 0
"""Stands for the edition that comes with the software, where an id is asked for."""

EDITIONS_IN_MEMORY = 3


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """An edition as the operator sees it; the one that comes with the software has no row."""

    id: int
    dated_on: date
    school_count: int
    created_at: datetime | None
    last_used_at: datetime | None
    is_in_use: bool


def current_register() -> Register:
    """The edition in use. In any unit: a network's session can't see editions, so it looks beside it."""
    with separately():
        return register_of(edition_in_use())


def edition_in_use() -> int:
    """The id of the edition in use. In a global unit, as all that follows."""
    use = last_use()
    return (use.edition_id or SHIPPED) if use else SHIPPED


def last_use() -> RegisterUse | None:
    """The use that has not ended; None while no other edition than the shipped one ever was in use."""
    return session().scalar(select(RegisterUse).order_by(RegisterUse.id.desc()).limit(1))


def edition_before() -> int | None:
    """The edition that was in use before this one; None where there was no other."""
    uses = session().scalars(select(RegisterUse.edition_id).order_by(RegisterUse.id.desc()).limit(2)).all()
    if not uses:
        return None
    return (uses[1] if len(uses) > 1 else None) or SHIPPED


def edition_with(edition_id: int) -> RegisterEdition:
    """An edition that an operator made. Raises NotFound."""
    edition = session().get(RegisterEdition, edition_id)
    if edition is None:
        raise NotFound
    return edition


def register_of(edition_id: int) -> Register:
    """The schools of an edition. Raises NotFound."""
    if edition_id == SHIPPED:
        return shipped()
    edition = edition_with(edition_id)
    return _register(edition.dated_on, edition.digest)


def listed_editions() -> Sequence[ListedEdition]:
    """Every edition, the newest first."""
    in_use = edition_in_use()
    uses = session().execute(select(RegisterUse.edition_id, RegisterUse.at).order_by(RegisterUse.id))
    last_used = {edition_id or SHIPPED: at for edition_id, at in uses}
    made = session().scalars(select(RegisterEdition).order_by(RegisterEdition.id.desc())).all()
    of_house = shipped()
    return [
        *(
            ListedEdition(
                row.id,
                row.dated_on,
                row.school_count,
                row.created_at,
                last_used.get(row.id),
                row.id == in_use,
            )
            for row in made
        ),
        ListedEdition(
            SHIPPED, of_house.dated_on, len(of_house.schools), None, last_used.get(SHIPPED), in_use == SHIPPED
        ),
    ]


@lru_cache(maxsize=EDITIONS_IN_MEMORY)
def _register(dated_on: date, digest: str) -> Register:
    """Unpacked once in a process. What an edition holds never changes, so its digest names it in any database."""
    content = session().scalars(
        select(RegisterEdition.content).where(RegisterEdition.digest == digest).limit(1)
    )
    return Register.of(dated_on, content.one())

"""What the operator does with the national register. Inside a global unit."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import delete, select

from app.kernel.clock import today
from app.kernel.errors import Conflict, Invalid
from app.kernel.tables import Table
from app.organisation.models import RegisterEdition, RegisterUse
from app.organisation.queries.register import (
    edition_before,
    edition_in_use,
    edition_with,
    last_use,
    register_of,
)
from app.organisation.register import Change, ChangeKind, Register, changes_between
from app.organisation.register.duo import Taken, take_in
from app.organisation.register.edition import digest_of
from tenants.session import session

MOST_CLOSURES = 0.05
"""The part of the schools that closes at most in an edition that is taken for granted: more is half a file."""


@dataclass(frozen=True)
class Preview:
    """What taking an edition into use would mean."""

    now: Register
    then: Register

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change of the country."""
        return changes_between(self.now, self.then)

    @property
    def closing(self) -> int:
        """How many schools would close."""
        return sum(change.kind is ChangeKind.CLOSED for change in self.changes)

    @property
    def closes_many(self) -> bool:
        """Whether so many would close that somebody has to say that it is so."""
        return self.closing > MOST_CLOSURES * len(self.now.schools)

    @property
    def is_older(self) -> bool:
        """Whether the edition is of an earlier day than the one in use."""
        return self.then.dated_on < self.now.dated_on


@dataclass(frozen=True, slots=True)
class Consent:
    """What an operator says that she has seen."""

    older: bool = False
    closing: int | None = None
    """How many schools close."""


def read_file(table: Table, dated_on: date) -> Taken:
    """The edition in use with the file in it; nothing is kept. Raises NotTheFile, WrongRows, and Invalid for the date."""
    if dated_on > today():
        raise Invalid({"dated_on": [_("This day is still to come. Fill in the day of the file.")]})
    return take_in(table, dated_on, register_of(edition_in_use()))


def keep_edition(identity_id: int | None, taken: Taken, file: bytes) -> int:
    """Keep an edition without taking it into use; gives its id."""
    edition = RegisterEdition(
        dated_on=taken.register.dated_on,
        file_digest=digest_of(file),
        digest=taken.register.digest,
        school_count=len(taken.register.schools),
        left_out=[
            {"code": school.code, "name": school.name, "postcode": school.postcode, "city": school.city}
            for school in taken.left_out
        ],
        content=taken.content,
        by_identity_id=identity_id,
    )
    session().add(edition)
    session().flush()
    return edition.id


def preview_of(edition_id: int) -> Preview:
    """What changes when this edition takes the place of the one in use. Raises NotFound."""
    return Preview(register_of(edition_in_use()), register_of(edition_id))


def take_into_use(identity_id: int | None, edition_id: int, consent: Consent) -> None:
    """Let every network work with this edition from now on. Raises NotFound, and Invalid without the consent it needs."""
    _require_consent(preview_of(edition_id), consent)
    _begin_use(identity_id, edition_id)


def return_to_edition_before(identity_id: int, edition_id: int) -> None:
    """Take the edition into use again that was before `edition_id`. Raises Conflict when that is not in use any more."""
    before = edition_before()
    if edition_id != edition_in_use() or before is None:
        raise Conflict(_("Another edition was taken into use just now. Look at what is in use."))
    _begin_use(identity_id, before)


def discard_edition(edition_id: int) -> None:
    """Throw an edition away that was never in use. Raises NotFound, Conflict."""
    edition = edition_with(edition_id)
    if session().scalar(select(RegisterUse.id).where(RegisterUse.edition_id == edition.id).limit(1)):
        raise Conflict(_("This edition has been in use. It stays, so that one can go back to it."))
    session().execute(delete(RegisterEdition).where(RegisterEdition.id == edition.id))


def _begin_use(identity_id: int | None, edition_id: int) -> None:
    last = last_use()
    number = last.id + 1 if last else 1
    session().add(RegisterUse(id=number, edition_id=edition_id or None, by_identity_id=identity_id))
    session().flush()


def _require_consent(preview: Preview, consent: Consent) -> None:
    if preview.now is preview.then:
        raise Conflict(_("This edition is in use already."))
    wrong: dict[str, list[str]] = {}
    if preview.is_older and not consent.older:
        wrong["older"] = [_("This edition is older than the one in use. Tick that you want it all the same.")]
    if preview.closes_many and consent.closing != preview.closing:
        wrong["closing"] = [
            ngettext(
                "%(num)s school would close. Tick that this number is right.",
                "%(num)s schools would close. Tick that this number is right.",
                preview.closing,
            )
        ]
    if wrong:
        raise Invalid(wrong)

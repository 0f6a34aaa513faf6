"""Boards, schools, people, their roles, and invitations to sign in."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import literal_column

from app.kernel.permissions import Role
from tenants.base import Base, TenantOwned, within_network

KINDS = ("bo", "sbo", "so", "vso")
"""Basisonderwijs, speciaal basisonderwijs, speciaal onderwijs, voortgezet speciaal onderwijs."""


_ACCENTED = "áàâäãåāçćčéèêëēėěğíìîïīıİłñńóòôöõøōšşśúùûüūýÿžźż"
_PLAIN = "aaaaaaaccceeeeeeegiiiiiiilnnooooooosssuuuuuyyzzz"
SORT_NAME = f"translate(lower(last_name || ' ' || first_name), '{_ACCENTED}', '{_PLAIN}')"
"""The database knows no Dutch order: without this Öztürk would come after Zwart. `unaccent` can't be stored."""


class LoginState(StrEnum):
    """How far somebody is on the way to signing in."""

    ACCESS = "access"
    INVITED = "invited"
    EXPIRED = "expired"
    NOT_INVITED = "not_invited"
    WRONG_ADDRESS = "wrong_address"
    """There is no address, or mail to it was refused."""


class Board(TenantOwned, Base):
    """A schoolbestuur: the employer of one or more schools of the network."""

    __tablename__ = "board"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[str] = mapped_column(String(8))
    """Number of the bevoegd gezag in the national register."""
    name: Mapped[str | None] = mapped_column(String(120))
    """The register has no names of boards; the network gives them."""


class School(TenantOwned, Base):
    """A location of a school."""

    __tablename__ = "school"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        within_network("board_id", "board"),
        Index("ix_school_name", "tenant_id", "name"),
        CheckConstraint(
            "kinds <@ ARRAY['bo','sbo','so','vso']::varchar[] AND cardinality(kinds) > 0", name="kinds"
        ),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="coordinate"),
    )

    board_id: Mapped[int]
    code: Mapped[str] = mapped_column(String(6))
    """BRIN and location number, such as 03WU00."""
    name: Mapped[str] = mapped_column(String(160))
    kinds: Mapped[list[str]] = mapped_column(ARRAY(String(3)))
    concept: Mapped[str | None] = mapped_column(String(20))
    """A code of the register's concepts; None means no particular concept."""
    denomination: Mapped[str | None] = mapped_column(String(60))
    street: Mapped[str | None] = mapped_column(String(120))
    house_number: Mapped[str | None] = mapped_column(String(20))
    postcode: Mapped[str | None] = mapped_column(String(7))
    city: Mapped[str] = mapped_column(String(80))
    municipality: Mapped[str | None] = mapped_column(String(80))
    pupils: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Person(TenantOwned, Base):
    """Somebody in this network. With a membership, she can sign in."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("tenant_id", "email"),
        UniqueConstraint("tenant_id", "identity_id"),
        # Only a member of this very network can be tied to the person.
        ForeignKeyConstraint(
            ["identity_id", "tenant_id"],
            ["membership.identity_id", "membership.network_id"],
            name="fk_person_membership",
        ),
        Index("ix_person_sort_name", "tenant_id", "sort_name", "id"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    first_name: Mapped[str] = mapped_column(String(60))
    infix: Mapped[str | None] = mapped_column(String(20))
    last_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254))
    identity_id: Mapped[int | None]
    sort_name: Mapped[str] = mapped_column(Text, Computed(SORT_NAME, persisted=True))

    @property
    def name(self) -> str:
        """The name as it is spoken, such as "Fatima el Amrani"."""
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)


class Assignment(TenantOwned, Base):
    """A role that a person holds, in the network or at a school, from a day until a day."""

    __tablename__ = "assignment"
    __table_args__ = (
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("school_id", "school"),
        Index("ix_assignment_person", "tenant_id", "person_id"),
        Index("ix_assignment_school", "tenant_id", "school_id"),
        CheckConstraint(f"role IN ({', '.join(repr(role.value) for role in Role)})", name="role"),
        CheckConstraint("(role IN ('ib', 'leader', 'teacher')) = (school_id IS NOT NULL)", name="at_school"),
        CheckConstraint("until IS NULL OR until >= since", name="period"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("person_id", "="),
            ("role", "="),
            (literal_column("coalesce(school_id, 0)"), "="),
            (literal_column("daterange(since, until, '[]')"), "&&"),
            name="ex_assignment_once",
            using="gist",
        ),
    )

    person_id: Mapped[int]
    role: Mapped[str] = mapped_column(String(12))
    school_id: Mapped[int | None]
    since: Mapped[date]
    until: Mapped[date | None]
    """The last day; None while it goes on."""


class Invitation(TenantOwned, Base):
    """A mail that lets a person make or use a login and enter this network: used once, for seven days."""

    __tablename__ = "invitation"
    __table_args__ = (
        within_network("person_id", "person", ondelete="CASCADE"),
        UniqueConstraint("tenant_id", "token_hash"),
        Index("ix_invitation_person", "tenant_id", "person_id"),
        # One at a time: a new invitation ends the last, also when two coordinators press at once.
        Index(
            "uq_invitation_open",
            "tenant_id",
            "person_id",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    person_id: Mapped[int]
    email: Mapped[str] = mapped_column(String(254))
    """The address it was sent to: it ends when the person's address changes."""
    by_id: Mapped[int]
    """Who invites; 0 is the system. No foreign key: the invitation outlives its sender."""
    token_hash: Mapped[bytes | None]
    """Made by the job that sends the mail; None until then."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    """The mail server said that there is no such address."""
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

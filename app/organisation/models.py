"""Boards, schools, people, their roles, and invitations to sign in."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import literal_column

from app.kernel.accents import folded_sql
from app.kernel.permissions import Role
from app.kernel.privacy.retention import YEARS_KEPT
from app.kernel.returned_mail import Refusal
from app.organisation.importing import spoken_name
from tenants.base import Base, EncryptedText, TenantOwned, within_network

KINDS = ("bo", "sbo", "so", "vso")
"""Basisonderwijs, speciaal basisonderwijs, speciaal onderwijs, voortgezet speciaal onderwijs."""


SORT_NAME = folded_sql("last_name || ' ' || first_name")
"""The database knows no Dutch order: without this Öztürk would come after Zwart."""


class LoginState(StrEnum):
    """How far somebody is on the way to signing in."""

    ACCESS = "access"
    NOT_INVITED = "not_invited"
    PLANNED = "planned"
    """The invitation goes out on a later day."""
    INVITED = "invited"
    EXPIRED = "expired"
    """The link was never used in the days that it worked."""
    BOUNCED = "bounced"
    """The mail came back."""
    NO_ADDRESS = "no_address"


INVITABLE = (
    LoginState.NOT_INVITED,
    LoginState.PLANNED,
    LoginState.INVITED,
    LoginState.EXPIRED,
    LoginState.BOUNCED,
)
"""States in which somebody can be invited, or invited again."""


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
    registered_name: Mapped[str | None] = mapped_column(String(160))
    """As the register had it when the school was added or updated last: another name is the network's own."""
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


class SchoolClosure(TenantOwned, Base):
    """That a school is not of this network any more. Its rows stay; it can be reopened, and then this row goes."""

    __tablename__ = "school_closure"
    __table_args__ = (within_network("school_id", "school"), UniqueConstraint("tenant_id", "school_id"))

    school_id: Mapped[int]
    closed_on: Mapped[date]
    to_network: Mapped[str | None] = mapped_column(String(6))
    """The SWV code of the network that it belongs to now; None where it closed."""
    by_id: Mapped[int]
    """Who applied it. No foreign key: the closure outlives her."""
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class RegisterReview(TenantOwned, Base):
    """That a coordinator took over what she wanted of an edition of the register; the rest was left on purpose."""

    __tablename__ = "register_review"
    __table_args__ = (UniqueConstraint("tenant_id", "digest"),)

    digest: Mapped[str] = mapped_column(String(64))
    """Of the edition's schools."""
    effects: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    """What was done the last time, for undoing it: facts of schools, nothing of people."""
    by_id: Mapped[int]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class RegisterEdition(Base):
    """The national register with a later file of DUO in it. Of no network: all use the same."""

    __tablename__ = "register_edition"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    dated_on: Mapped[date]
    """The day of the file, as the operator told."""
    file_digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file, to find out later where an edition came from."""
    digest: Mapped[str] = mapped_column(String(64))
    """Of the schools."""
    school_count: Mapped[int]
    left_out: Mapped[list[dict[str, str]]] = mapped_column(JSONB)
    """Code, name, postcode and city of new schools whose network nobody knows."""
    content: Mapped[bytes] = mapped_column(deferred=True)
    """The schools, packed."""
    by_identity_id: Mapped[int | None]
    """The operator; None for the command line. No foreign key: the edition outlives the login."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RegisterUse(Base):
    """From when an edition was in use: the last row tells which is now; without rows it is the shipped one."""

    __tablename__ = "register_use"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """One more than the use that it ends: of two operators at the same moment, one is too late."""
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("register_edition.id"))
    """None for the edition that comes with the software."""
    by_identity_id: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


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
        return spoken_name(self.first_name, self.infix, self.last_name)


class Assignment(TenantOwned, Base):
    """A role that a person holds, in the network or at a school, from a day until a day."""

    __tablename__ = "assignment"
    __table_args__ = (
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("school_id", "school"),
        Index("ix_assignment_person", "tenant_id", "person_id"),
        Index("ix_assignment_school", "tenant_id", "school_id"),
        Index("ix_assignment_role", "tenant_id", "role", "person_id"),
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


class Mailing(TenantOwned, Base):
    """Invitations that go out together, at once or from a day that was planned."""

    __tablename__ = "mailing"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    by_id: Mapped[int]
    """Who sends it. No foreign key: the mailing outlives its sender."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    planned_on: Mapped[date | None]
    """The first day on which it may go out; None means at once."""
    reminds: Mapped[bool]
    """Whether who does not answer is reminded, once."""
    size: Mapped[int]
    """How many invitations it began with."""
    queued_up_to: Mapped[int] = mapped_column(server_default=text("0"))
    """Invitations up to this id have been given to the queue: none is given twice."""


class Invitation(TenantOwned, Base):
    """A mail that lets a person make or use a login and enter this network: used once, for seven days."""

    __tablename__ = "invitation"
    __table_args__ = (
        within_network("person_id", "person", ondelete="CASCADE"),
        within_network("mailing_id", "mailing"),
        UniqueConstraint("tenant_id", "token_hash"),
        UniqueConstraint("tenant_id", "reminder_hash"),
        Index("ix_invitation_person", "tenant_id", "person_id"),
        Index("ix_invitation_mailing", "tenant_id", "mailing_id", "id"),
        # One at a time: a new invitation ends the last, also when two coordinators press at once.
        Index(
            "uq_invitation_open",
            "tenant_id",
            "person_id",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        ),
        CheckConstraint(
            f"refusal IS NULL OR (refused_at IS NOT NULL"
            f" AND refusal IN ({', '.join(repr(refusal.value) for refusal in Refusal)}))",
            name="refusal",
        ),
        # Nobody is reminded of a mail that was never sent, and a second link exists only in a reminder.
        CheckConstraint("reminded_at IS NULL OR sent_at IS NOT NULL", name="reminded"),
        CheckConstraint("reminder_hash IS NULL OR reminded_at IS NOT NULL", name="reminder_hash"),
    )

    person_id: Mapped[int]
    email: Mapped[str] = mapped_column(String(254))
    """The address it was sent to: it ends when the person's address changes."""
    by_id: Mapped[int]
    """Who invites; 0 is the system. No foreign key: the invitation outlives its sender."""
    token_hash: Mapped[bytes | None]
    """Made by the job that sends the mail; None until then."""
    mailing_id: Mapped[int | None]
    """With which others it goes out; None for an invitation by itself."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    """A mail server did not take the mail, at once or later."""
    refusal: Mapped[str | None] = mapped_column(String(20))
    """Why, as a `Refusal`; None for those of before it was kept."""
    reminded_at: Mapped[datetime | None]
    reminder_hash: Mapped[bytes | None]
    """Of the token in the reminder: its link works beside that of the first mail, until the same moment."""
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


MONTHS_CONFIRMED = 12
MONTHS_OFFERED = (6, 12, 18, 24)
"""After how many months a network can ask to confirm expertise again; the first is what it does by itself."""


class NetworkSettings(TenantOwned, Base):
    """What a network chose for itself; without this row what holds for each network."""

    __tablename__ = "network_settings"
    __table_args__ = (
        UniqueConstraint("tenant_id"),
        CheckConstraint("school_years BETWEEN {} AND {}".format(*YEARS_KEPT), name="school_years"),
        CheckConstraint("months_confirmed BETWEEN 6 AND 24", name="months_confirmed"),
    )

    school_years: Mapped[int] = mapped_column(SmallInteger, default=YEARS_KEPT[0])
    """For how long confidential texts are kept: whole ones, after the school year in which a text was last of use."""
    months_confirmed: Mapped[int] = mapped_column(SmallInteger, default=MONTHS_CONFIRMED)
    """After how many months somebody is asked whether what she said of her expertise still holds."""
    by_id: Mapped[int]
    """Who chose last. No foreign key: the choice outlives who made it."""
    at: Mapped[datetime]


class ImportStep(StrEnum):
    """What the work on an import does next."""

    JUDGE = "judge"
    APPLY = "apply"
    UNDO = "undo"


class PeopleImport(TenantOwned, Base):
    """A list of people that a coordinator sent: judged, applied, perhaps undone, and forgotten after a while.

    What stays is who sent it, when, and how many rows were what. All that names somebody is encrypted.
    """

    __tablename__ = "people_import"
    __table_args__ = (
        CheckConstraint(f"step IN ({', '.join(repr(step.value) for step in ImportStep)})", name="step"),
        # What is applied can be undone as long as it is known what was done.
        CheckConstraint(
            "applied_at IS NULL OR (digest IS NOT NULL AND (effects IS NOT NULL OR forgotten_at IS NOT NULL))",
            name="applied",
        ),
        CheckConstraint("undone_at IS NULL OR applied_at IS NOT NULL", name="undone"),
        CheckConstraint(
            "forgotten_at IS NULL OR (filename IS NULL AND sheet IS NULL AND entries IS NULL AND effects IS NULL)",
            name="forgotten",
        ),
    )

    by_id: Mapped[int]
    """Who sent it. No foreign key: the import outlives its sender."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    filename: Mapped[str | None] = mapped_column(EncryptedText)
    language: Mapped[str] = mapped_column(String(2))
    """Of who sent it: in which the rules for people and roles say what is wrong."""
    ends_missing: Mapped[bool]
    """Whether roles that its schools have and it has not are to end."""
    sheet: Mapped[str | None] = mapped_column(EncryptedText, deferred=True)
    """Columns and rows as JSON."""
    choice: Mapped[str | None] = mapped_column(EncryptedText)
    """What the columns hold, as JSON; None until that is known."""
    headers: Mapped[str | None] = mapped_column(EncryptedText)
    """What somebody chose for headers, as JSON: it is proposed for the next file."""
    step: Mapped[str] = mapped_column(String(5), default=ImportStep.JUDGE)
    counts: Mapped[dict[str, int] | None] = mapped_column(JSONB)
    """How many rows are in which state; None until they are judged."""
    digest: Mapped[str | None] = mapped_column(String(64))
    """Of the judgement that was shown: only that one is applied."""
    entries: Mapped[str | None] = mapped_column(EncryptedText, deferred=True)
    """The judged rows, as JSON."""
    overtaken_at: Mapped[datetime | None]
    """When it could not be applied because the network had changed; it was judged anew."""
    applied_at: Mapped[datetime | None]
    effects: Mapped[str | None] = mapped_column(EncryptedText, deferred=True)
    """What was done, as JSON, for undoing it."""
    undone_at: Mapped[datetime | None]
    forgotten_at: Mapped[datetime | None]

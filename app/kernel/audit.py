"""The audit trail: who did what to which row, written in the transaction that did it. Ids, never text."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Index, String, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel.actor import Actor
from tenants.base import Base, TenantOwned
from tenants.session import session


class AuditEntry(TenantOwned, Base):
    """One thing that was done. Rows are added and never changed: the app's role has no right to."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_subject", "tenant_id", "subject", "subject_id"),)

    at: Mapped[datetime] = mapped_column(server_default=func.now())
    person_id: Mapped[int]
    """Who did it; 0 is the system. No foreign key: the trail outlives the person."""
    action: Mapped[str] = mapped_column(String(60))
    """Verb and noun, such as `publish round`."""
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]


def record(actor: Actor, action: str, subject: str, subject_id: int) -> None:
    """Add to the trail of the unit of work that is running."""
    session().add(
        AuditEntry(person_id=actor.person_id, action=action, subject=subject, subject_id=subject_id)
    )


def record_each(actor: Actor, action: str, subject: str, subject_ids: Iterable[int]) -> None:
    """Add the same to the trail of many, in one go."""
    entry = {"person_id": actor.person_id, "action": action, "subject": subject}
    rows = [{**entry, "subject_id": subject_id} for subject_id in subject_ids]
    if rows:
        session().execute(insert(AuditEntry), rows)


def subjects_since(actions: Collection[str], moment: datetime) -> int:
    """How many rows these actions were done to since a moment."""
    done = (AuditEntry.action.in_(actions), AuditEntry.at > moment)
    return session().scalar(select(func.count(func.distinct(AuditEntry.subject_id))).where(*done)) or 0


def subjects_between(action: str, start: datetime, end: datetime) -> set[int]:
    """The rows that an action was done to after one moment and not after another."""
    done = (AuditEntry.action == action, AuditEntry.at > start, AuditEntry.at <= end)
    return set(session().scalars(select(AuditEntry.subject_id).where(*done)))


def last_time(action: str, subject: str, subject_id: int) -> datetime | None:
    """When an action was last done to a row, as far as the trail goes back."""
    row = (AuditEntry.subject == subject, AuditEntry.subject_id == subject_id)
    return session().scalar(select(func.max(AuditEntry.at)).where(*row, AuditEntry.action == action))

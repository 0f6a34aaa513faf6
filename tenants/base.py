"""What every table is made of: naming convention, the mixin of a network's rows, column types."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKeyConstraint, Identity, LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from tenants.context import current_network, current_network_id
from tenants.keys import seal, unseal

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the house."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {datetime: DateTime(timezone=True), int: BigInteger}


class TenantOwned:
    """A row of one network. `tenant_id` comes first in its primary key and in every other key."""

    tenant_id: Mapped[int] = mapped_column(primary_key=True, default=current_network_id, sort_order=-2)
    id: Mapped[int] = mapped_column(Identity(), primary_key=True, sort_order=-1)


def within_network(column: str, target: str, **options: Any) -> ForeignKeyConstraint:
    """A foreign key that can't leave the network: `(tenant_id, column)` to `(tenant_id, id)` of `target`."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{target}.tenant_id", f"{target}.id"], **options)


def seal_text(value: str) -> bytes:
    """What is kept of a confidential text of the network that was entered."""
    network = current_network()
    return seal(network.data_key, value.encode(), f"text:{network.id}")


def unseal_text(sealed: bytes) -> str:
    """The confidential text. Raises CannotOpen when it was changed, or is another network's."""
    network = current_network()
    return unseal(network.data_key, sealed, f"text:{network.id}").decode()


class EncryptedText(TypeDecorator[str]):
    """Text that a dump of the database does not show: sealed with the data key of its network."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002 - SQLAlchemy gives it
        """Seal on the way in; None stays None."""
        return None if value is None else seal_text(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy gives it
        """Open on the way out."""
        return None if value is None else unseal_text(value)

"""That a column holds one of many ids, for lists of hundreds."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, ColumnElement, SQLColumnExpression, any_, literal
from sqlalchemy.dialects.postgresql import ARRAY


def among(
    column: SQLColumnExpression[int] | SQLColumnExpression[int | None], ids: Iterable[int]
) -> ColumnElement[bool]:
    """That it is one of these, as one parameter: hundreds of them take longer to write down than to look up."""
    return column == any_(literal(sorted(set(ids)), ARRAY(BigInteger)))

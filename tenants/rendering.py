"""How PostgreSQL writes values as text: the same in every installation, so that digests can be compared."""

from sqlalchemy import Connection

_SETTINGS = """
    SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'iso_8601';
    SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1
"""


def render_alike(connection: Connection) -> None:
    """For the transaction that is running."""
    connection.connection.cursor().execute(_SETTINGS)

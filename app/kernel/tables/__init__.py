"""Tables in files: lists that people upload (CSV or XLSX), and the ones that they take along.

A file is hostile until it was read: it is taken as bytes, recognised by what it holds instead of by its name, and
read within `Limits`. What comes out is text. What goes out is text too: no cell of ours is a formula.
"""

from app.kernel.tables.delimited import read_delimited
from app.kernel.tables.table import LIMITS, Fault, Limits, Row, Table, UnreadableTable
from app.kernel.tables.workbook import read_workbook
from app.kernel.tables.writing import write_csv, write_xlsx

__all__ = [
    "LIMITS",
    "Fault",
    "Limits",
    "Row",
    "Table",
    "UnreadableTable",
    "read_table",
    "write_csv",
    "write_xlsx",
]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream in which Office keeps a workbook that has a password."""


def read_table(content: bytes, *, limits: Limits = LIMITS) -> Table:
    """The table in a file: the first sheet that can be seen, or the text. Raises UnreadableTable."""
    if len(content) > limits.file_bytes:
        raise UnreadableTable(Fault.TOO_LARGE)
    if content.startswith(_OLE):
        raise UnreadableTable(Fault.PROTECTED if _ENCRYPTED in content else Fault.OLD_EXCEL)
    if content.startswith(_ZIP):
        return read_workbook(content, limits)
    return read_delimited(content, limits)

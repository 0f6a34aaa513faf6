"""What an XLSX is packed in, looked through before any library unfolds it.

The directory of the archive tells how large its entries become, and Python's reader stops at what it tells. Each entry
then goes through a parser that keeps nothing: what it can't read, the library's (which is the same) can't either.
"""

import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.kernel.tables.table import Fault, Limits, UnreadableTable

MEGABYTE = 1024 * 1024
_ENCRYPTED = 0x1
_CHUNK = 64 * 1024


def check_archive(content: bytes, limits: Limits) -> None:
    """Raise UnreadableTable when unfolding the archive could do harm, or when it is no workbook."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _check_directory(archive.infolist(), limits)
            sieve = _Sieve(limits)
            for entry in archive.infolist():
                _pass_through(archive, entry, sieve)
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        raise UnreadableTable(Fault.BROKEN_ARCHIVE) from error


def _check_directory(entries: list[ZipInfo], limits: Limits) -> None:
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names:
        raise UnreadableTable(Fault.NOT_A_TABLE)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableTable(Fault.PROTECTED)
    if len(names) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise UnreadableTable(Fault.TOO_LARGE)
    if len(set(names)) < len(names) or any(_leaves_the_archive(name) for name in names):
        raise UnreadableTable(Fault.BROKEN_ARCHIVE)
    if any(
        entry.file_size > MEGABYTE and entry.file_size > limits.ratio * entry.compress_size
        for entry in entries
    ):
        raise UnreadableTable(Fault.TOO_LARGE)


def _leaves_the_archive(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts


def _pass_through(archive: ZipFile, entry: ZipInfo, sieve: "_Sieve") -> None:
    parser = sieve.parser()
    with archive.open(entry) as part:
        try:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
        except expat.ExpatError:
            return  # an image, for example


@dataclass
class _Sieve:
    """Counts elements, over all entries and of what stands in memory together; lets no DOCTYPE through."""

    limits: Limits
    total: int = 0
    at_once: int = 0
    depth: int = 0

    def parser(self) -> expat.XMLParserType:
        """A parser for one more entry."""
        self.at_once = self.depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        return parser

    def _begin(self, _name: str, _attributes: dict[str, str]) -> None:
        self.total += 1
        self.at_once += 1
        self.depth += 1
        if self.total > self.limits.elements or self.at_once > self.limits.elements_at_once:
            raise UnreadableTable(Fault.TOO_LARGE)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if name.rpartition(":")[2] in {"row", "si"}:
            # The library lets a row or a shared text go once it has read it.
            self.at_once = self.depth


def _refuse(*_declared: Any) -> None:
    """A DOCTYPE is where entities are declared: those that grow without end, and those that read other files."""
    raise UnreadableTable(Fault.BROKEN_ARCHIVE)

"""An archive that somebody gives us: read with limits, and compared with its own list of contents."""

import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Self

from tenants.archive import Refused, Report
from tenants.archive.lines import Tally, summed
from tenants.archive.manifest import (
    LINE_BYTES,
    MANIFEST,
    MANIFEST_BYTES,
    README,
    TOTAL_BYTES,
    Manifest,
    read_manifest,
)

_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1


class PackedArchive:
    """The files of an archive, by name, a line at a time. Nothing is unpacked to the disk, so no name is a path."""

    manifest: Manifest

    def __init__(self, source: IO[bytes], key: bytes | None = None) -> None:
        """Open and read the list of contents; `key` opens the texts of a sealed archive. Raises Refused."""
        self.key = key
        with _damage_told():
            self._zip = zipfile.ZipFile(source)
            self._open()

    def _open(self) -> None:
        entries = self._zip.infolist()
        if sum(entry.file_size for entry in entries) > TOTAL_BYTES:
            raise Refused(f"Unpacked, the archive would be larger than {TOTAL_BYTES // 1024**3} GiB.")
        if any(entry.compress_type not in _COMPRESSIONS or entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Refused("The archive is packed in a way that we do not use.")
        self.manifest = self._read_manifest({entry.filename: entry.file_size for entry in entries})
        expected = sorted([README, MANIFEST, *(part.file for part in self.manifest.parts)])
        if sorted(entry.filename for entry in entries) != expected:
            raise Refused("The archive has not the files of its list of contents.")

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        """Close it."""
        self._zip.close()

    def lines(self, name: str) -> Iterator[str]:
        """The rows of a file. Raises Refused."""
        for line in self._raw_lines(name):
            try:
                yield line.decode()
            except UnicodeDecodeError as error:
                raise Refused(f"{name} is not UTF-8 text.") from error

    def check(self, report: Report) -> None:
        """Compare every file with the list of contents. Raises Refused."""
        total, done = sum(self.manifest.rows.values()) or 1, 0
        tallies: dict[str, Tally] = {}
        for part in self.manifest.parts:
            tally = tallies[part.file] = Tally()
            for line in self._raw_lines(part.file):
                tally.add(line)
            if (tally.rows, tally.sha256) != (part.rows, part.sha256):
                raise Refused(f"{part.file} was changed after the export, or is damaged.")
            done += tally.rows
            report(done / total)
        if summed(tallies).sha256 != self.manifest.sha256:
            raise Refused(f"{MANIFEST} was changed after the export, or is damaged.")

    def _read_manifest(self, sizes: dict[str, int]) -> Manifest:
        if MANIFEST not in sizes:
            raise Refused(f"The archive has no {MANIFEST}.")
        if sizes[MANIFEST] > MANIFEST_BYTES:
            raise Refused(f"{MANIFEST} is too large.")
        return read_manifest(self._zip.read(MANIFEST))

    def _raw_lines(self, name: str) -> Iterator[bytes]:
        with _damage_told(), self._zip.open(name) as file:
            while line := file.readline(LINE_BYTES):
                if not line.endswith(b"\n"):
                    raise Refused(f"{name} has a row that is too long, or not ended.")
                yield line


@contextmanager
def _damage_told() -> Generator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Refused("This is no archive, or it is damaged.") from error

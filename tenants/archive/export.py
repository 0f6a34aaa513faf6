"""Export one network to a file, while people work in it: every row as it was at one moment."""

import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO

from sqlalchemy.orm import Session

from tenants.archive import Report, Upstairs
from tenants.archive.lines import Tally, count_rows, parts, summed
from tenants.archive.manifest import FORMAT, MANIFEST, READABLE, README, SEALED, Manifest, Part
from tenants.archive.readme import readme
from tenants.archive.tables import tables_of
from tenants.archive.texts import ReadableTexts, SealedTexts
from tenants.base import Base
from tenants.context import current_network
from tenants.keys import new_key, seal
from tenants.migrate import revision_of
from tenants.provision import tenant_with


def export_network(
    unit: Session, target: IO[bytes], upstairs: Upstairs, *, readable: bool, report: Report
) -> tuple[Manifest, bytes | None]:
    """Write the archive of the network that was entered; gives its list of contents, and the key of its texts.

    The unit of work is a read-only snapshot that sees identities, of a role that row level security binds.
    Raises Refused for a database of another version.
    """
    network = current_network()
    texts = ReadableTexts() if readable else SealedTexts(network.data_key)
    tallies: dict[str, Tally] = {}
    tables = tables_of(Base.metadata, unit.connection())
    tenant = tenant_with(network.slug)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(README, readme(tenant.name, tables))
        total, done = count_rows(unit, tables) or 1, 0
        for name, lines in parts(unit, tables, texts, upstairs):
            tally = tallies[name] = Tally()
            with archive.open(name, "w", force_zip64=True) as file:
                for line in lines:
                    file.write(line)
                    tally.add(line)
                    report(min(1.0, (done + tally.rows) / total))
            done += tally.rows
        manifest = Manifest(
            format=FORMAT,
            texts=READABLE if readable else SEALED,
            revision=revision_of(unit.connection()) or "",
            code=tenant.code,
            slug=tenant.slug,
            name=tenant.name,
            exported_at=datetime.now(UTC).isoformat(timespec="seconds"),
            parts=[Part(name, tally.rows, tally.sha256) for name, tally in tallies.items()],
            sha256=summed(tallies).sha256,
        )
        key = None if readable else new_key()
        if key:
            manifest = replace(manifest, data_key=seal(key, network.data_key, manifest.bound).hex())
        archive.writestr(MANIFEST, manifest.written())
    return manifest, key

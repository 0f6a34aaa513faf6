"""README.txt of an archive: what each file is, in Dutch and English, for whoever opens it years from now."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tenants.archive.lines import JOBS_PART, LOGINS_PART, NETWORK_PART, file_of
from tenants.archive.manifest import FORMAT, MANIFEST
from tenants.archive.tables import OwnedTable

WORDS = Path(__file__).with_name("words.toml")
"""What each table holds, in Dutch and English. A test says which table has no words yet."""

_FRAME = """\
{name}
Archief van een samenwerkingsverband · Archive of a school network ({format})

NEDERLANDS
Dit is alles wat Vreemde Ogen van dit netwerk bewaart, zoals het op één moment was. Elk bestand is gewone tekst in UTF-8:
één rij per regel, in JSON (JSON Lines, jsonlines.org). Tijden zijn in UTC. `id` is het nummer van een rij; een veld
dat op `_id` eindigt, wijst naar zo'n nummer in een ander bestand, en `identity_id` naar een adres in {logins}.
Vertrouwelijke teksten zijn versleuteld, tenzij in {manifest} bij `texts` het woord `readable` staat. Zonder het
sleutelbestand dat bij het archief gemaakt is, kan niemand ze lezen.
Wachtwoorden staan er niet in: iedereen kiest na het terugzetten een nieuw wachtwoord.
{manifest} noemt van elk bestand het aantal rijen en de controlegetallen (SHA-256).

ENGLISH
This is all that Vreemde Ogen keeps of this network, as it was at one moment. Each file is plain text in UTF-8: one row
a line, in JSON (JSON Lines, jsonlines.org). Times are in UTC. `id` is the number of a row; a field that ends in `_id`
points to such a number in another file, and `identity_id` to an address in {logins}.
Confidential texts are sealed, unless `texts` in {manifest} says `readable`. Nobody can read them without the key
file that was made with the archive.
There are no passwords in it: after it was restored everybody chooses a new one.
{manifest} has the number of rows of each file, and the digests (SHA-256).

"""


def readme(name: str, tables: Sequence[OwnedTable]) -> str:
    """The text for the network of this name."""
    known = words()
    files = {NETWORK_PART: known["network"], LOGINS_PART: known["logins"]}
    files |= {file_of(table): known.get(table.name, [table.name, table.name]) for table in tables}
    files[JOBS_PART] = known["waiting_jobs"]
    frame = _FRAME.format(name=name, format=FORMAT, manifest=MANIFEST, logins=LOGINS_PART)
    return (
        frame
        + "\n".join(f"{file}\n    {dutch}\n    {english}" for file, (dutch, english) in files.items())
        + "\n"
    )


@cache
def words() -> dict[str, list[str]]:
    """Dutch and English of each table, and of the files that are no table."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))

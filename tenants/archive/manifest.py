"""The list of contents of an archive, and what an archive may be at most."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load
from marshmallow.validate import Equal, Length, OneOf, Range, Regexp

from tenants.archive import Refused

FORMAT = "vreemdeogen-network/1"
MANIFEST, README = "manifest.json", "README.txt"
SEALED, READABLE = "sealed", "readable"

MANIFEST_BYTES = 1024 * 1024
LINE_BYTES = 64 * 1024 * 1024
"""Of one row. The largest hold a whole sheet that is being imported."""
TOTAL_BYTES = 16 * 1024**3
"""Of all files together, unpacked: a thousand times the largest network of today."""

_SHA256 = Regexp("^[0-9a-f]{64}$")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive."""

    file: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself."""

    format: str
    texts: str
    """Whether confidential texts are sealed or readable."""
    revision: str
    """The migration that the tables had come to."""
    code: str
    slug: str
    name: str
    exported_at: str
    parts: list[Part]
    sha256: str
    """Over the parts: their names, counts and digests."""
    data_key: str | None = None
    """The network's data key, sealed with the key of the archive and with all that stands above but the moment."""

    @property
    def bound(self) -> str:
        """What the sealed data key is tied to: with another archive it can't be opened."""
        said = [self.format, self.texts, self.revision, self.code, self.slug, self.sha256]
        return f"archive:{hashlib.sha256(json.dumps(said).encode()).hexdigest()}"

    @property
    def rows(self) -> Mapping[str, int]:
        """Counts by file."""
        return {part.file: part.rows for part in self.parts}

    def written(self) -> str:
        """As it stands in the archive."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False)


class _PartSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    file = fields.String(required=True, validate=Length(max=200))
    rows = fields.Integer(required=True, strict=True, validate=Range(min=0))
    sha256 = fields.String(required=True, validate=_SHA256)

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Part:
        return Part(**data)


class _ManifestSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    format = fields.String(required=True, validate=Equal(FORMAT))
    texts = fields.String(required=True, validate=OneOf((SEALED, READABLE)))
    revision = fields.String(required=True, validate=Length(max=40))
    code = fields.String(required=True, validate=Length(max=40))
    slug = fields.String(required=True, validate=Length(max=40))
    name = fields.String(required=True, validate=Length(max=200))
    exported_at = fields.String(required=True, validate=Length(max=40))
    parts: fields.List[Any] = fields.List(
        fields.Nested(_PartSchema), required=True, validate=Length(min=1, max=1000)
    )
    sha256 = fields.String(required=True, validate=_SHA256)
    data_key = fields.String(load_default=None, allow_none=True, validate=Length(max=400))

    @post_load
    def _made(self, data: dict[str, Any], **_: Any) -> Manifest:
        return Manifest(**data)


def read_manifest(content: bytes) -> Manifest:
    """Check and read. Raises Refused."""
    try:
        return cast(Manifest, _ManifestSchema().loads(content.decode()))  # pyright: ignore[reportUnknownMemberType]
    except (ValidationError, ValueError, RecursionError) as error:
        raise Refused(
            f"{MANIFEST} is not the list of contents of an archive in the format {FORMAT}."
        ) from error

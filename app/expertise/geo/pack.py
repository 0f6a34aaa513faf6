"""Makes `municipalities.json.gz` from the borders as they are published: `python -m app.expertise.geo.pack FILE`."""

import gzip
import json
import re
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.expertise.geo import FILE, STEPS_TO_DEGREE

_IS_MUNICIPALITY = re.compile(r" \(gemeente\)$")
_FEWEST_POINTS = 3

Point = tuple[int, int]


def packed(collection: dict[str, Any]) -> bytes:
    """A GeoJSON of municipalities, rounded and compressed; the same municipalities are the same bytes."""
    kept = {
        _IS_MUNICIPALITY.sub("", feature["properties"]["gemeenteNaam"]): [
            _differences(ring) for ring in _rings(feature["geometry"])
        ]
        for feature in collection["features"]
    }
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), mtime=0)


def _rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """All rings, on whole steps. Neighbours share their points, so that rounding opens no gap between them."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rounded = [_rounded(ring) for part in parts for ring in part]
    return [ring for ring in rounded if len(ring) >= _FEWEST_POINTS]


def _rounded(ring: Sequence[Sequence[float]]) -> list[Point]:
    """The points of a ring, each once; what lies within a step of the one before is left out."""
    steps = [
        (round(latitude * STEPS_TO_DEGREE), round(longitude * STEPS_TO_DEGREE))
        for longitude, latitude in ring
    ]
    return [here for here, there in pairwise([*steps, steps[0]]) if here != there]


def _differences(ring: list[Point]) -> list[Point]:
    return [(there[0] - here[0], there[1] - here[1]) for here, there in pairwise([(0, 0), *ring])]


if __name__ == "__main__":
    FILE.write_bytes(packed(json.loads(Path(sys.argv[1]).read_text("utf-8"))))

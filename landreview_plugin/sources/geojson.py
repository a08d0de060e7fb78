# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoJSON: WGS 84 by its standard (RFC 7946), or what an older ``crs`` member says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from ..core.model.crs import Crs
from .collector import Collector
from .vector_layer import read_with

_COUNTED_BYTES: Final = 16 << 20
_GEOMETRIES: Final = frozenset({"Polygon", "MultiPolygon", "LineString", "Point", "GeometryCollection"})


def read_geojson(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read the features of a GeoJSON file."""
    if path.stat().st_size <= _COUNTED_BYTES:
        collector.features_stated = _stated(path.read_bytes())
    return read_with("GeoJSON", path, wanted, collector, options=["ARRAY_AS_STRING=YES"])


def _stated(data: bytes) -> int | None:
    """How many features are written there: the parser leaves out what it does not take for one."""
    try:
        content: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    kind = content.get("type") if isinstance(content, dict) else None
    if kind == "FeatureCollection" and isinstance(content.get("features"), list):
        return len(content["features"])
    return 1 if kind == "Feature" or kind in _GEOMETRIES else None

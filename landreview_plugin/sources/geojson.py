# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoJSON: WGS 84 by its standard (RFC 7946), or what an older ``crs`` member says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from ..core.model.crs import Crs
from ..core.model.problems import LandReviewError
from .collector import Collector
from .vector_layer import read_with

_CRS: Final = re.compile(
    rb"""["'](?:c|\\u00[46]3)(?:r|\\u00[57]2)(?:s|\\u00[57]3)["']\s*:\s*(?=[{\["'])""", re.IGNORECASE
)
"""The member ``crs``, in any spelling that a parser takes for one."""
_CRS_BYTES: Final = 4096
_COUNTED_BYTES: Final = 16 << 20
_GEOMETRIES: Final = frozenset({"Polygon", "MultiPolygon", "LineString", "Point", "GeometryCollection"})


def read_geojson(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read the features of a GeoJSON file. Raises E-SEC-LINK where its coordinate system is said to be elsewhere."""
    data = path.read_bytes()
    _refuse_links(data, collector)
    if len(data) <= _COUNTED_BYTES:
        collector.features_stated = _stated(data)
    return read_with("GeoJSON", path, wanted, collector, options=["ARRAY_AS_STRING=YES"])


def _refuse_links(data: bytes, collector: Collector) -> None:
    """GDAL would fetch what a ``crs`` of type "link" points to. Only one with a name is let through."""
    for match in _CRS.finditer(data):
        text = data[match.end() : match.end() + _CRS_BYTES].decode("utf-8", errors="replace")
        try:
            value: Any = json.JSONDecoder().raw_decode(text)[0]
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, str) or (isinstance(value, dict) and value.get("type") in ("name", "EPSG")):
            continue
        raise LandReviewError("E-SEC-LINK", detail=f"crs: {text[:80]}", place=collector.place)


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

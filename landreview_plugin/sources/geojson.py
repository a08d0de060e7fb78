# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoJSON: WGS 84 by its standard (RFC 7946), or what an older ``crs`` member says."""

from __future__ import annotations

from pathlib import Path

from ..core.model.crs import Crs
from .collector import Collector
from .vector_layer import read_with


def read_geojson(path: Path, wanted: str, collector: Collector) -> Crs | None:
    """Read the features of a GeoJSON file."""
    return read_with("GeoJSON", path, wanted, collector, options=["ARRAY_AS_STRING=YES"])

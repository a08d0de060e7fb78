# SPDX-License-Identifier: GPL-2.0-or-later
"""GeoJSON as RFC 7946 has it: WGS 84 degrees, outer rings counter-clockwise, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.polygon import orient

from ..core.files import write_text
from ..core.model.crs import Crs
from ..core.model.parcel import Parcel
from ..core.model.problems import Problem
from .export_kml import DECIMALS, brought_to_degrees, in_degrees

_FACTS = (("DKBH", "number"), ("DKMC", "name"), ("TDYT", "use"), ("DLBM", "land_class"), ("TFH", "map_sheet"))


def write_geojson(parcels: Sequence[Parcel], crs: Crs, path: Path) -> tuple[Problem, ...]:
    """Write parcels in degrees, which W-CRS-WGS84 says. Raises E-CRS-OLD or E-CRS-DATUM for other datums."""
    shapes = in_degrees(parcels, crs)
    features = [_feature(parcel, shape) for parcel, shape in zip(parcels, shapes, strict=True)]
    write_text(path, json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n")
    return (brought_to_degrees(crs, path),)


def _feature(parcel: Parcel, shape: shapely.Geometry) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(parcel, attribute) for name, attribute in _FACTS}
    facts["SQMJ"] = None if parcel.stated_area_ha is None else float(parcel.stated_area_ha)
    parts = [_rings(orient(part)) for part in shapely.get_parts(shape)]
    geometry = {"type": "MultiPolygon", "coordinates": parts}
    return {"type": "Feature", "properties": facts, "geometry": geometry}


def _rings(part: shapely.Polygon) -> list[list[list[float]]]:
    return [
        [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in shapely.get_coordinates(ring).tolist()]
        for ring in shapely.get_rings(part)
    ]

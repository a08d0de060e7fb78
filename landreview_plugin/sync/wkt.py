# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels as text, to the last bit: the WKT of GEOS rounds to 16 digits before 3.12 and changes with its release."""

from __future__ import annotations

import math
from collections.abc import Iterable

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

_MOST_CHARACTERS = 256 * 1024 * 1024


def exact_wkt(geometry: BaseGeometry) -> str:
    """A Polygon or MultiPolygon as WKT whose numbers read back exactly. Raises ValueError for anything else."""
    dimension = " Z" if geometry.has_z else ""
    if isinstance(geometry, Polygon):
        return f"POLYGON{dimension} {_polygon(geometry)}"
    if isinstance(geometry, MultiPolygon):
        parts = ", ".join(_polygon(part) for part in geometry.geoms)
        return f"MULTIPOLYGON{dimension} ({parts})" if parts else f"MULTIPOLYGON{dimension} EMPTY"
    raise ValueError(f"{geometry.geom_type} is no parcel")


def parcel_of_wkt(text: str) -> BaseGeometry:
    """The Polygon or MultiPolygon of a WKT. Raises ValueError for anything else, and for numbers that are none."""
    if len(text) > _MOST_CHARACTERS:
        raise ValueError("the outline is too long")
    try:
        geometry = shapely.from_wkt(text)
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error
    if not isinstance(geometry, Polygon | MultiPolygon):
        raise ValueError(f"{getattr(geometry, 'geom_type', None)} is no parcel")
    if not all(map(math.isfinite, geometry.bounds)) and not geometry.is_empty:
        raise ValueError("a coordinate is no number")
    return geometry


def _polygon(polygon: Polygon) -> str:
    if polygon.is_empty:
        return "EMPTY"
    rings = (polygon.exterior, *polygon.interiors)
    return f"({', '.join(_ring(ring.coords) for ring in rings)})"


def _ring(points: Iterable[tuple[float, ...]]) -> str:
    return f"({', '.join(' '.join(map(_number, point)) for point in points)})"


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError("a coordinate is no number")
    return repr(float(value)).removesuffix(".0")

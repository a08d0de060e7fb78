# SPDX-License-Identifier: GPL-2.0-or-later
"""The land of a package in one plane for all counties: degrees of CGCS2000 (EPSG:4490)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from pydantic import JsonValue

from landreview_plugin.core.geodesy.gauss import inverse
from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.crs import Datum, GaussKruger
from landreview_plugin.sync.protocol import ParcelPart, Parcels

MAX_POINTS = 1_000_000
_CHINA = (70.0, 0.0, 140.0, 56.0)
"""West, south, east, north in degrees; the sea included."""


@dataclass(frozen=True, slots=True)
class Land:
    """One parcel for the database."""

    number: str
    facts: dict[str, JsonValue]
    wkb: bytes
    """MultiPolygon in longitude and latitude, degrees of CGCS2000."""


def lands_of(parcels: Parcels) -> tuple[tuple[Land, ...], tuple[Text, ...]]:
    """All parcels, and what can't be read. Land that can't be placed or measured is refused, never left out."""
    crs = crs_from_epsg(parcels.epsg)
    if crs is None or crs.datum is not Datum.CGCS2000:
        return (), (_text(f"坐标系EPSG:{parcels.epsg}不是CGCS2000", f"EPSG:{parcels.epsg} is not CGCS2000"),)
    if not parcels.parcels:
        return (), (_text("没有地块", "there is no parcel"),)
    lands, flaws, points = [], [], 0
    for part in parcels.parcels:
        shape = _read(part)
        points += 0 if isinstance(shape, Text) else int(shapely.get_num_coordinates(shape))
        placed = shape if isinstance(shape, Text) else _placed(shape, crs.gauss_kruger)
        if isinstance(placed, Text):
            flaws.append(_text(f"地块{part.number}：{placed.zh}", f"parcel {part.number}: {placed.en}"))
        else:
            lands.append(Land(part.number, part.facts, shapely.to_wkb(placed)))
    if points > MAX_POINTS:
        flaws.append(_text(f"界址点多于{MAX_POINTS}个", f"more than {MAX_POINTS} points"))
    return tuple(lands), tuple(flaws)


def _read(part: ParcelPart) -> shapely.Geometry | Text:
    try:
        with np.errstate(over="ignore"):  # what is not finite is told below
            shape = shapely.force_2d(shapely.from_wkt(part.wkt))
    except shapely.errors.ShapelyError:
        return _text("图形无法解析", "its outline can't be read")
    if shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        return _text("不是面", "it is no polygon")
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return _text("坐标不是有限数", "a coordinate is not finite")
    if not shape.is_valid:
        reason = str(shapely.is_valid_reason(shape))
        return _text(f"图形无效：{reason}", f"its outline is invalid: {reason}")
    return shape


def _placed(shape: shapely.Geometry, plane: GaussKruger | None) -> shapely.Geometry | Text:
    degrees = shape if plane is None else shapely.transform(shape, lambda xy: _degrees(plane, xy))
    west, south, east, north = shapely.bounds(degrees)
    if not (_CHINA[0] <= west and _CHINA[1] <= south and east <= _CHINA[2] and north <= _CHINA[3]):
        return _text("坐标超出范围", "it lies outside the plane's range")
    return shapely.multipolygons(shapely.get_parts(degrees))


def _degrees(plane: GaussKruger, xy: np.ndarray) -> np.ndarray:
    latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
    return np.column_stack((np.degrees(longitude) + plane.central_meridian_deg, np.degrees(latitude)))


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)

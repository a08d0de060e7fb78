# SPDX-License-Identifier: GPL-2.0-or-later
"""The land of a package in one plane for all counties: degrees of CGCS2000 (EPSG:4490)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from pydantic import JsonValue

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.crs import Datum, GaussKruger
from landreview_plugin.sync.protocol import ParcelPart, Parcels

from .degrees import degrees_of, in_china

MAX_POINTS = 1_000_000


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
    degrees = degrees_of(np.array([shape], dtype=object), plane)
    if not in_china(degrees):
        return _text("坐标超出范围", "it lies outside the plane's range")
    return shapely.multipolygons(shapely.get_parts(degrees))


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)

# SPDX-License-Identifier: GPL-2.0-or-later
"""The land of a package in one plane for all counties: degrees of CGCS2000 (EPSG:4490)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pydantic import JsonValue

from landreview_plugin.core.geodesy.zones import crs_from_epsg
from landreview_plugin.core.model.base import Text
from landreview_plugin.core.model.crs import Datum
from landreview_plugin.sync.protocol import Parcels

from .degrees import CHINA, degrees_of

MAX_POINTS = 1_000_000
_POLYGON, _MULTIPOLYGON = 3, 6
"""GEOS's numbers of the types."""
Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Land:
    """One parcel for the database."""

    number: str
    facts: dict[str, JsonValue]
    wkb: bytes
    """MultiPolygon in longitude and latitude, degrees of CGCS2000."""


def lands_of(parcels: Parcels) -> tuple[tuple[Land, ...], tuple[Text, ...]]:
    """All parcels, or what can't be read. Land that can't be placed or measured is refused, never left out."""
    crs = crs_from_epsg(parcels.epsg)
    if crs is None or crs.datum is not Datum.CGCS2000:
        return (), (_text(f"坐标系EPSG:{parcels.epsg}不是CGCS2000", f"EPSG:{parcels.epsg} is not CGCS2000"),)
    if not parcels.parcels:
        return (), (_text("没有地块", "there is no parcel"),)
    with np.errstate(all="ignore"):  # what is not finite is told below
        shapes = shapely.force_2d(shapely.from_wkt([part.wkt for part in parcels.parcels], on_invalid="ignore"))
        if (points := int(shapely.get_num_coordinates(shapes).sum())) > MAX_POINTS:
            return (), (_text(f"界址点{points}个，多于{MAX_POINTS}个", f"{points} points are more than {MAX_POINTS}"),)
        placed = degrees_of(shapes, crs.gauss_kruger)
        if flaws := tuple(_flaws(parcels, shapes, placed)):
            return (), flaws
        wkb = shapely.to_wkb(_multi(placed))
    return tuple(Land(p.number, p.facts, bytes(b)) for p, b in zip(parcels.parcels, wkb, strict=True)), ()


def _flaws(parcels: Parcels, shapes: Shapes, placed: Shapes) -> Iterator[Text]:
    """The first flaw of each parcel that has one."""
    unread = shapely.is_missing(shapes)
    kinds = shapely.get_type_id(shapes)
    area = ((kinds == _POLYGON) | (kinds == _MULTIPOLYGON)) & ~shapely.is_empty(shapes)
    finite = np.isfinite(shapely.bounds(shapes)).all(axis=1)
    valid = shapely.is_valid(shapes)
    west, south, east, north = shapely.bounds(placed).T
    inside = (CHINA[0] <= west) & (CHINA[1] <= south) & (east <= CHINA[2]) & (north <= CHINA[3])
    checks = (
        (unread, "图形无法解析", "its outline can't be read"),
        (~unread & ~area, "不是面", "it is no polygon"),
        (area & ~finite, "坐标不是有限数", "a coordinate is not finite"),
        (area & finite & ~valid, "图形无效", "its outline is invalid"),
        (area & finite & valid & ~inside, "坐标超出范围", "it lies outside the plane's range"),
    )
    for failing, zh, en in checks:
        for i in np.flatnonzero(failing):
            why = f": {shapely.is_valid_reason(shapes[i])}" if en.endswith("invalid") else ""
            yield _of(parcels.parcels[i].number, zh + why, en + why)


def _multi(shapes: Shapes) -> Shapes:
    parts, owners = shapely.get_parts(shapes, return_index=True)
    return np.asarray(shapely.multipolygons(parts, indices=owners))


def _of(number: str, zh: str, en: str) -> Text:
    return _text(f"地块{number}：{zh}", f"parcel {number}: {en}")


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)

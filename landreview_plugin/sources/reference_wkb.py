# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometries of reference layers from well-known binary: flat, straight, nothing lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, degrees, hypot
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from osgeo import ogr

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Level, Place, Problem
from ..core.overlay.layer import Geometries

CURVE_TOLERANCE_M = 0.001
"""Arcs become chords that stay within this distance of the arc."""
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Rows (fid, WKB or GeoPackage blob, field, …) as a road delivers them."""

    rows: Sequence[tuple[Any, ...]]
    share: float | None
    """How much of the reading is done, 0..1."""

    @property
    def fids(self) -> npt.NDArray[np.int64]:
        """The feature ids."""
        return np.array([row[0] for row in self.rows], dtype=np.int64)

    @property
    def wkb(self) -> list[bytes | None]:
        """The geometries, without GeoPackage's header."""
        return geopackage_wkb([row[1] for row in self.rows])


class WkbReader:
    """Decodes batches and counts what had to be changed on the way."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._counts: Counter[str] = Counter()
        self._missing: list[int] = []

    def decode(self, fids: npt.NDArray[np.int64], blobs: Sequence[bytes | None]) -> Geometries:
        """Flat shapely geometries of WKB (ISO or OGC); None stays None and is noted."""
        self._missing += [int(fid) for fid, blob in zip(fids, blobs, strict=True) if blob is None]
        column = np.empty(len(blobs), dtype=object)
        column[:] = blobs
        try:
            geometries = shapely.from_wkb(column)
        except (shapely.errors.GEOSException, NotImplementedError):  # open rings, curves
            geometries = self._one_by_one(fids, blobs)
        return self._flat(geometries)

    def notes(self) -> tuple[Problem, ...]:
        """Curves stroked, heights ignored, rings closed, features without geometry."""
        texts = {
            "QA-G11": Text(
                zh=f"{self._counts['QA-G11']}个要素含弧线，按{CURVE_TOLERANCE_M} m容差加密为折线",
                en=f"arcs of {self._counts['QA-G11']} features became chords within {CURVE_TOLERANCE_M} m",
            ),
            "QA-G14": Text(
                zh=f"{self._counts['QA-G14']}个要素含Z或M值，已忽略",
                en=f"Z or M of {self._counts['QA-G14']} features was ignored",
            ),
            "W-GEO-OPEN": Text(
                zh=f"{self._counts['W-GEO-OPEN']}个要素的环未闭合，已闭合",
                en=f"open rings of {self._counts['W-GEO-OPEN']} features were closed",
            ),
        }
        found = [
            Problem(code=code, level=Level.INFO if code == "QA-G14" else Level.WARNING, place=self.place, reason=text)
            for code, text in texts.items()
            if self._counts[code]
        ]
        if self._missing:
            found.append(no_geometry(self.place, f"{len(self._missing)} ({', '.join(map(str, self._missing[:10]))})"))
        return tuple(found)

    def _one_by_one(self, fids: npt.NDArray[np.int64], blobs: Sequence[bytes | None]) -> Geometries:
        geometries = np.empty(len(blobs), dtype=object)
        for i, blob in enumerate(blobs):
            try:
                geometries[i] = shapely.from_wkb(blob)
            except (shapely.errors.GEOSException, NotImplementedError):
                geometries[i] = self._by_gdal(int(fids[i]), blob or b"")
        return geometries

    def _by_gdal(self, fid: int, blob: bytes) -> object:
        """A geometry that GEOS refused: GDAL strokes its curves or closes its rings, or the file is damaged."""
        try:
            geometry = ogr.CreateGeometryFromWkb(bytes(blob))
            if geometry is not None and geometry.HasCurveGeometry():
                self._counts["QA-G11"] += 1
                return stroke(geometry)
            if geometry is not None:
                geometry.CloseRings()
                self._counts["W-GEO-OPEN"] += 1
                return shapely.from_wkb(bytes(geometry.ExportToIsoWkb()))
        except (RuntimeError, shapely.errors.GEOSException):
            pass
        raise LandReviewError(
            "E-SRC-CORRUPT",
            detail=Text(zh="图形无法解码", en="the geometry can't be decoded"),
            place=self.place.model_copy(update={"feature": str(fid)}),
        )

    def _flat(self, geometries: Geometries) -> Geometries:
        if has := int(np.count_nonzero(shapely.has_z(geometries))):
            self._counts["QA-G14"] += has
        return np.asarray(shapely.force_2d(geometries), dtype=object) if has else geometries


def no_geometry(place: Place, count: str) -> Problem:
    """The note on features that can't be checked because they have no geometry."""
    reason = Text(zh=f"{count}个要素没有图形，未参与审查", en=f"{count} features without geometry were not looked at")
    return Problem(code="E-GEO-NULL", level=Level.WARNING, place=place, reason=reason)


def geopackage_wkb(blobs: Sequence[bytes | None]) -> list[bytes | None]:
    """WKB of GeoPackage geometry blobs (OGC 12-128, 2.1.3): the header cut off; null and empty → None."""
    return [_without_header(blob) if blob is not None and blob[:2] == b"GP" else blob for blob in blobs]


def _without_header(blob: bytes) -> bytes:
    if len(blob) < 8 or (blob[3] >> 1 & 7) > 4:
        return blob
    return blob[8 + _ENVELOPE_BYTES[blob[3] >> 1 & 7] :]


def stroke(curve: ogr.Geometry) -> object:
    """A curved geometry as straight edges within CURVE_TOLERANCE_M."""
    radius = max(_radii(curve), default=0.0)
    step = degrees(2 * acos(1 - min(CURVE_TOLERANCE_M / radius, 1.0))) if radius > 0 else 0.0
    return shapely.from_wkb(bytes(curve.GetLinearGeometry(step).ExportToIsoWkb()))


def _radii(geometry: ogr.Geometry) -> list[float]:
    """Radii of all arcs in a geometry, in metres."""
    if geometry.GetGeometryName() != "CIRCULARSTRING":
        parts = (geometry.GetGeometryRef(i) for i in range(geometry.GetGeometryCount()))
        return [radius for part in parts for radius in _radii(part)]
    points = geometry.GetPoints() or []
    arcs = zip(points[0::2], points[1::2], points[2::2], strict=False)
    return [_circumradius(*arc) for arc in arcs]


def _circumradius(a: Sequence[float], b: Sequence[float], c: Sequence[float]) -> float:
    if a[0] == c[0] and a[1] == c[1]:  # a full circle: the middle point is opposite
        return hypot(b[0] - a[0], b[1] - a[1]) / 2
    twice_area = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))
    sides = hypot(b[0] - a[0], b[1] - a[1]) * hypot(c[0] - b[0], c[1] - b[1]) * hypot(c[0] - a[0], c[1] - a[1])
    return sides / (2 * twice_area) if twice_area > 0 else 0.0

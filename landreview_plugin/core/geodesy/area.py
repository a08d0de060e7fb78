# SPDX-License-Identifier: GPL-2.0-or-later
"""Area methods: which one counts is said by the rule pack, never by the project."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import shapely

from ..model.base import Text
from ..model.crs import Crs, GaussKruger
from ..model.problems import LandReviewError
from ..overlay.layer import Geometries
from .ellipsoid import trapezoid_areas
from .gauss import ellipsoid_of, inverse
from .rings import Rings, rings_of, sums

Floats = npt.NDArray[np.float64]
Measure = Callable[[Geometries], Floats]
"""Areas in m² of an array of polygons; None and empty geometries have 0."""

STEP_M = 70.0
"""Longest part of an edge before inversion: an edge straight on the plane is not straight in (B, L)."""
_CHUNK_COORDINATES = 200_000


class AreaMethod(StrEnum):
    """面积类型: on the parcel's plane, or on the ellipsoid by the survey standard."""

    PLANAR = "planar"
    ELLIPSOIDAL = "ellipsoidal"


def measure_for(method: AreaMethod, crs: Crs) -> Measure:
    """The function that measures polygons whose coordinates are in the plane ``crs``.

    Raises E-CRS-RANGE for a CRS that the method can't measure: not in metres, or, for the
    ellipsoidal method, no Gauss-Krüger plane.
    """
    if crs.geographic or not crs.metres:
        raise _refusal("坐标系不是以米为单位的平面坐标系", "not a plane in metres", crs)
    if method is AreaMethod.PLANAR:
        return planar_areas
    plane = crs.gauss_kruger
    if plane is None:
        raise _refusal("椭球面积只能由高斯-克吕格平面坐标计算", "ellipsoidal areas need a Gauss-Krüger plane", crs)
    return lambda geometries: ellipsoidal_areas(geometries, plane)


def planar_areas(geometries: Geometries) -> Floats:
    """Shoelace areas in m², holes subtracted.

    GEOS sums (x − x₀) (y₊ − y₋) with the ring's first point as origin, so that eight-digit
    eastings lose nothing.
    """
    return np.asarray(np.nan_to_num(shapely.area(geometries)), dtype=np.float64)


def ellipsoidal_areas(geometries: Geometries, plane: GaussKruger) -> Floats:
    """Areas in m² on the ellipsoid by trapezoids (REFERENCE 3.3), holes subtracted.

    Works through the array in chunks of bounded memory.
    """
    sizes = np.cumsum(shapely.get_num_coordinates(geometries))
    chunk = sizes // _CHUNK_COORDINATES
    cuts = np.flatnonzero(np.diff(chunk)) + 1
    parts = [_chunk_areas(part, plane) for part in np.split(geometries, cuts)]
    return np.concatenate(parts) if parts else np.zeros(0)


def _chunk_areas(geometries: Geometries, plane: GaussKruger) -> Floats:
    rings = rings_of(geometries)
    if not len(rings.owner):
        return np.zeros(len(geometries))
    signed = _ring_areas(rings, plane)
    areas = np.where(rings.hole, -np.abs(signed), np.abs(signed))
    return sums(rings.owner, areas, len(geometries))


def _ring_areas(rings: Rings, plane: GaussKruger) -> Floats:
    """Signed area of each ring: densify on the plane, invert, sum trapezoids."""
    starts = np.flatnonzero(rings.ring[:-1] == rings.ring[1:])
    first, step = rings.xy[starts], rings.xy[starts + 1] - rings.xy[starts]
    parts = np.maximum(np.ceil(np.hypot(step[:, 0], step[:, 1]) / STEP_M), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(starts)), parts)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(parts) - parts, parts)
    xy = first[edge] + step[edge] * (nth / parts[edge])[:, None]
    latitude, longitude = inverse(plane, xy[:, 0], xy[:, 1])
    ring = rings.ring[starts][edge]
    following = _next_in_ring(ring)
    # relative to the ring's first point: any constant gives the same sum, a near one the most digits
    longitude = longitude - longitude[_first_in_ring(ring)]
    width = (longitude + longitude[following]) / 2
    areas = trapezoid_areas(ellipsoid_of(plane), latitude, latitude[following], width)
    return sums(ring, areas, len(rings.owner))


def _first_in_ring(ring: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    opens = np.flatnonzero(np.r_[True, ring[1:] != ring[:-1]])
    lengths = np.diff(np.r_[opens, len(ring)])
    return np.repeat(opens, lengths)


def _next_in_ring(ring: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    following = np.arange(1, len(ring) + 1)
    last = np.flatnonzero(np.r_[ring[1:] != ring[:-1], True])
    following[last] = _first_in_ring(ring)[last]
    return following


def _refusal(zh: str, en: str, crs: Crs) -> LandReviewError:
    return LandReviewError("E-CRS-RANGE", detail=Text(zh=f"{zh}：{crs.label}", en=f"{en}: {crs.label}"))

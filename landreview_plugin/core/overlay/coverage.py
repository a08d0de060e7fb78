# SPDX-License-Identifier: GPL-2.0-or-later
"""How far a layer's declared coverage reaches under the parcels: where "no feature" means "none"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from ..geodesy.area import Measure
from ..model.base import Text
from ..progress import Progress
from .engine import overlay
from .layer import Geometries, ReferenceLayer
from .pieces import Floats, Overlay
from .select import pieces_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """Land of n parcels that a coverage layer does not reach."""

    uncovered_m2: Floats
    """(n,) by the area method; 0 where only rounding is missing."""
    uncovered_geometry: Geometries
    """(n,) polygons on the parcels' plane; None where nothing is uncovered."""
    share: Floats
    """(n,) covered share of the parcel, 0..1."""
    unchecked: Mapping[int, Text]
    """Parcels near a coverage polygon that can't be mended: how far it reaches there is unknown."""


def coverage_of(
    parcels: Geometries,
    layer: ReferenceLayer,
    measure: Measure,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Coverage:
    """Compare n parcels with the union of all features of ``layer``; raises as :func:`overlay` does."""
    parcels = np.asarray(parcels, dtype=object)
    found = overlay(parcels, layer, measure=measure, keep_geometry=True, threads=threads, progress=progress)
    geometry = uncovered_geometry(parcels, found)
    share = 1.0 - found.uncovered_m2 / np.where(found.parcel_area_m2 > 0, found.parcel_area_m2, 1.0)
    return Coverage(found.uncovered_m2, geometry, np.clip(share, 0.0, 1.0), found.unchecked)


def surroundings(land: shapely.Geometry, distance_m: float) -> shapely.Geometry:
    """The land with everything nearer than ``distance_m``; chords of the arcs run inside."""
    return shapely.buffer(land, distance_m, quad_segs=16)


def around(
    parcels: Geometries,
    layer: ReferenceLayer,
    distance_m: float,
    measure: Measure,
    *,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Coverage:
    """How far a coverage reaches around n parcels (without their own land), where a feature could be near enough.

    "No hazard within 100 m" needs the layer to be whole for 100 m beyond the boundary.
    """
    rings = np.empty(len(parcels), dtype=object)
    rings[:] = [shapely.difference(surroundings(land, distance_m), land) for land in parcels]
    return coverage_of(rings, layer, measure, threads=threads, progress=progress)


def uncovered_geometry(parcels: Geometries, found: Overlay) -> Geometries:
    """(n,) what the pieces of an overlay (with geometry) leave of each parcel; None where nothing."""
    pieces = pieces_of(found)
    result = np.full(len(parcels), None, dtype=object)
    for parcel in np.flatnonzero(found.uncovered_m2 > 0):
        union = shapely.union_all(pieces.geometry[pieces.parcel == parcel])
        result[parcel] = shapely.difference(parcels[parcel], union)
    return result

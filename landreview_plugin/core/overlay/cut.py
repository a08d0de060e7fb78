# SPDX-License-Identifier: GPL-2.0-or-later
"""One batch of reference features against all parcels: the work of one thread at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import Event

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import Measure, planar_areas
from .crew import check
from .fingerprint import COUNT, fingerprints
from .layer import Boxes, Geometries, ReferenceBatch
from .pieces import Floats, Ints, Repair
from .repair import mend, polygonal
from .tiles import Tiles

RESOLUTION_M = 1e-7
"""Pieces of a smaller mean width come from rounding the last digit of 8-digit coordinates (7e-9 m)."""
SLICE_COORDINATES = 100_000
"""Work between two looks at the stop sign, in vertices: some ten milliseconds."""
AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
HEAVY_VERTICES = 500
"""Features with more vertices are prepared themselves: most parcels lie wholly in or out."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of one batch, one row a unit (tile or parcel) and feature."""

    parcel: Ints
    feature: Ints
    """Row in the batch."""
    area_m2: Floats
    planar_area_m2: Floats
    distance_m: Floats
    geometry: Geometries
    prints: Floats
    """(k, COUNT) fingerprints."""
    batch: ReferenceBatch
    repairs: tuple[Repair, ...]
    unchecked: Ints
    """Parcels near a feature that can't be mended."""
    touched: int


@dataclass(frozen=True)
class Cutter:
    """Parcels made ready for cutting. Prepared geometries crash when two threads share them: one each."""

    parcels: Geometries
    tiles: Tiles
    measure: Measure
    search_distance_m: float
    whole: bool
    """Cut whole parcels (for geometry), not tiles (faster, when only areas count)."""

    def clone(self) -> Cutter:
        """A copy that shares no GEOS object, for another thread."""
        tiles = Tiles(self.tiles.parcel, _copies(self.tiles.geometry), self.tiles.boxes)
        return Cutter(_copies(self.parcels), tiles, self.measure, self.search_distance_m, self.whole)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the tiles."""
        return shapely.STRtree(self.tiles.geometry)

    @cached_property
    def units(self) -> Geometries:
        """What is cut: prepared parcels or tiles."""
        units = self.parcels if self.whole else self.tiles.geometry
        shapely.prepare(units)
        return units

    @cached_property
    def unit_parcel(self) -> Ints:
        """Index of the parcel of each unit."""
        return np.arange(len(self.parcels)) if self.whole else self.tiles.parcel

    @cached_property
    def parcel_boxes(self) -> Boxes:
        """(n, 4)"""
        return shapely.bounds(self.parcels)

    def cut(self, batch: ReferenceBatch, stop: Event) -> Cut:
        """The pieces of ``batch`` in all parcels."""
        check(stop)
        features, repairs = mend(batch.fids, polygonal(_flat(batch.geometries)))
        feature, unit = self._pairs(features)
        pieces, distance = self._pieces(features, feature, unit, stop)
        area, keep = self._land(pieces, distance)
        touched = len(np.unique(feature))
        feature, unit, pieces = feature[keep], unit[keep], pieces[keep]
        parcel, area = self.unit_parcel[unit], area[keep]
        measured = area if self.measure is planar_areas else np.where(area > 0, self.measure(pieces), 0.0)
        prints = fingerprints(pieces, self.parcel_boxes[parcel]) if len(pieces) else np.zeros((0, COUNT))
        return Cut(
            parcel=parcel, feature=feature, area_m2=measured, planar_area_m2=area,
            distance_m=distance[keep], geometry=pieces, prints=prints, batch=batch,
            repairs=repairs, unchecked=self._near(batch, repairs), touched=touched,
        )  # fmt: skip

    def _pairs(self, features: Geometries) -> tuple[Ints, Ints]:
        """(feature, unit) whose boxes touch, or that are nearer than the search distance."""
        if self.search_distance_m > 0:
            feature, tile = self.tree.query(features, predicate="dwithin", distance=self.search_distance_m)
        else:
            feature, tile = self.tree.query(features)
        if not self.whole:
            order = np.lexsort((feature, tile))
            return feature[order], tile[order]
        both = np.unique(np.stack([self.tiles.parcel[tile], feature], axis=1), axis=0)
        return both[:, 1], both[:, 0]

    def _pieces(self, features: Geometries, feature: Ints, unit: Ints, stop: Event) -> tuple[Geometries, Floats]:
        pieces = np.full(len(feature), None, dtype=object)
        distance = np.zeros(len(feature))
        heavy = shapely.get_num_coordinates(features) > HEAVY_VERTICES
        shapely.prepare(features[heavy])
        work = shapely.get_num_coordinates(features)[feature] + shapely.get_num_coordinates(self.units)[unit]
        areal = np.isin(shapely.get_type_id(features), AREAL)[feature]
        for part in _slices(work):
            check(stop)
            ours, theirs = self.units[unit[part]], features[feature[part]]
            pieces[part] = _intersections(ours, np.where(areal[part], theirs, None), heavy[feature[part]])
            if self.search_distance_m > 0:
                distance[part] = shapely.distance(ours, theirs)
        return pieces, distance

    def _land(self, pieces: Geometries, distance: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Planar areas, 0 for what only touches; and which rows to keep."""
        area = planar_areas(pieces)
        noise = area < RESOLUTION_M / 2 * np.nan_to_num(shapely.length(pieces))
        area[noise] = 0.0
        return area, (area > 0) | (self.search_distance_m > 0)

    def _near(self, batch: ReferenceBatch, repairs: tuple[Repair, ...]) -> Ints:
        """Parcels whose tiles' boxes touch a lost feature's box; all of them, if it has no finite box."""
        lost = np.isin(batch.fids, [repair.fid for repair in repairs if not repair.repaired])
        if not lost.any():
            return np.zeros(0, dtype=np.int64)
        boxes = shapely.bounds(batch.geometries[lost])
        if not np.isfinite(boxes).all():
            return np.arange(len(self.parcels))
        reach = np.array([-1, -1, 1, 1]) * self.search_distance_m
        return np.unique(self.tiles.parcel[self.tree.query(shapely.box(*(boxes + reach).T))[1]])


def _copies(geometries: Geometries) -> Geometries:
    return np.asarray(shapely.from_wkb(shapely.to_wkb(geometries)), dtype=object)


def _flat(geometries: Geometries) -> Geometries:
    return shapely.force_2d(geometries) if shapely.has_z(geometries).any() else geometries


def _slices(work: Ints) -> Iterator[slice]:
    """Slices of about SLICE_COORDINATES each."""
    chunk = np.cumsum(work) // SLICE_COORDINATES
    cuts = np.flatnonzero(np.diff(chunk)) + 1
    edges = [0, *cuts.tolist(), len(work)]
    return (slice(a, b) for a, b in pairwise(edges) if b > a)


def _intersections(ours: Geometries, theirs: Geometries, heavy: npt.NDArray[np.bool_]) -> Geometries:
    """Pieces of prepared parcels in features; None where nothing meets. What lies wholly inside is not computed."""
    pieces = np.full(len(ours), None, dtype=object)
    inside = shapely.covers(ours, theirs)
    pieces[inside] = theirs[inside]
    within = np.zeros(len(ours), dtype=bool)
    within[heavy] = shapely.covers(theirs[heavy], ours[heavy])
    pieces[within] = ours[within]
    meets = shapely.intersects(theirs, ours) if heavy.all() else shapely.intersects(ours, theirs)
    crossing = meets & ~inside & ~within
    pieces[crossing] = shapely.intersection(ours[crossing], theirs[crossing])
    return pieces

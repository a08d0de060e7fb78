# SPDX-License-Identifier: GPL-2.0-or-later
"""One batch of reference features against all parcels: the work of one thread at a time.

Where only planar areas count, pairs of small polygons are integrated and nothing is built; every
other pair goes through GEOS.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from threading import Event

import numpy as np
import numpy.typing as npt
import shapely

from ..arrays import as_ints
from ..geodesy.area import Measure, planar_areas
from .crew import check
from .fingerprint import COUNT, fingerprints
from .integral import Edges, edges_of, shared_prints
from .layer import Boxes, Geometries, ReferenceBatch
from .pieces import Floats, Ints, Repair
from .repair import mend, polygonal
from .tiles import Tiles

NOISE_M2 = 1e-5
"""Less land than this is no piece: a thousandth of the smallest printed unit."""
RESOLUTION_M = 2e-8
"""Nor is less than this width along the shorter outline: 8-digit coordinates are rounded to 7e-9 m."""
SLICE_COORDINATES = 100_000
"""Work between two looks at the stop sign, in vertices: some ten milliseconds."""
SLICE_EDGE_PAIRS = 50_000
"""Likewise for integrals, in pairs of edges; the columns still fit the processor's cache."""
LIGHT_EDGE_PAIRS = 1_500
"""Pairs of polygons with fewer pairs of edges are integrated; beyond, GEOS is faster."""
SMALLEST_RING = 4
HEAVY_VERTICES = 500
"""Features with more vertices are prepared themselves: most parcels lie wholly in or out."""
AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cut:
    """The pieces of one batch, one row a unit (tile or parcel) and feature."""

    parcel: Ints
    unit: Ints
    """Row of the unit that was cut."""
    feature: Ints
    """Row in the batch."""
    area_m2: Floats
    planar_area_m2: Floats
    distance_m: Floats
    geometry: Geometries
    """None where the area was integrated."""
    prints: Floats
    """(k, COUNT) fingerprints in the box of the unit."""
    batch: ReferenceBatch
    """Its geometries mended."""
    repairs: tuple[Repair, ...]
    unchecked: Ints
    """Parcels near a feature that can't be mended."""
    touched: Ints
    """Ids of the features that had to be looked at."""


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
    def unit_boxes(self) -> Boxes:
        """(u, 4)"""
        return np.asarray(shapely.bounds(self.units))

    @cached_property
    def origin(self) -> Floats:
        """Whole metres near the parcels: eight-digit coordinates lose no digits in products."""
        return np.asarray(np.floor(shapely.total_bounds(self.parcels)[:2]))

    @cached_property
    def unit_edges(self) -> Edges:
        """Edges of the units that are small enough for integrals; the others have none."""
        small = shapely.get_num_coordinates(self.units) <= LIGHT_EDGE_PAIRS // SMALLEST_RING
        return edges_of(np.where(small, self.units, np.array(None)), self.origin)

    def cut(self, batch: ReferenceBatch, stop: Event) -> Cut:
        """The pieces of ``batch`` in all parcels."""
        check(stop)
        features, repairs = mend(batch.fids, polygonal(_flat(batch.geometries)))
        feature, unit = self._pairs(features)
        touched = batch.fids[np.unique(feature)]
        pieces, prints, distance = self._pieces(features, feature, unit, stop)
        keep = (prints[:, 0] > 0) | (self.search_distance_m > 0)
        feature, unit, pieces, prints = feature[keep], unit[keep], pieces[keep], prints[keep]
        area = prints[:, 0]
        return Cut(
            parcel=self.unit_parcel[unit], unit=unit, feature=feature,
            area_m2=area if self.measure is planar_areas else np.where(area > 0, self.measure(pieces), 0.0),
            planar_area_m2=area, distance_m=distance[keep], geometry=pieces, prints=prints,
            batch=ReferenceBatch(batch.fids, features, batch.attributes), repairs=repairs,
            unchecked=self._near(batch, repairs), touched=touched,
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

    def _pieces(
        self, features: Geometries, feature: Ints, unit: Ints, stop: Event
    ) -> tuple[Geometries, Floats, Floats]:
        """(pieces, fingerprints, distances) of the pairs; the area is 0 for what only touches."""
        prints, distance = np.zeros((len(feature), COUNT)), np.zeros(len(feature))
        pieces, crossing = self._sorted_out(features, feature, unit, stop)
        light = crossing & self._light(features, feature, unit)
        for part in self._parts(features, feature, unit, np.flatnonzero(crossing & ~light), stop):
            pieces[part] = polygonal(shapely.intersection(self.units[unit[part]], features[feature[part]]))
        built = np.flatnonzero(planar_areas(pieces) > 0)
        prints[built] = fingerprints(pieces[built], self.unit_boxes[unit[built]])
        rows = np.flatnonzero(light)
        prints[rows] = self._integrated(features, feature[rows], unit[rows], stop)
        prints[prints[:, 0] < self._noise(features, feature, unit)] = 0.0
        if self.search_distance_m > 0:
            for part in self._parts(features, feature, unit, np.arange(len(feature)), stop):
                distance[part] = shapely.distance(self.units[unit[part]], features[feature[part]])
        return pieces, prints, distance

    def _sorted_out(self, features: Geometries, feature: Ints, unit: Ints, stop: Event) -> tuple[Geometries, Mask]:
        """Pieces that are a whole feature or a whole unit, and which pairs are left to compute.

        Predicates on prepared geometries cost a tenth of an intersection.
        """
        pieces, crossing = np.full(len(feature), None, dtype=object), np.zeros(len(feature), dtype=bool)
        heavy = shapely.get_num_coordinates(features) > HEAVY_VERTICES
        areal = np.isin(shapely.get_type_id(features), AREAL)
        shapely.prepare(features[heavy])
        small, big = (np.flatnonzero((areal & kind)[feature]) for kind in (~heavy, heavy))
        for part in self._parts(features, feature, unit, small, stop):
            pieces[part], crossing[part] = _contained(self.units[unit[part]], features[feature[part]])
        for part in self._parts(features, feature, unit, big, stop):
            pieces[part], crossing[part] = _contained(features[feature[part]], self.units[unit[part]])
        return pieces, crossing

    def _parts(self, features: Geometries, feature: Ints, unit: Ints, rows: Ints, stop: Event) -> Iterator[Ints]:
        """The rows in portions of some ten milliseconds' work, with a look at the stop sign before each."""
        work = shapely.get_num_coordinates(features)[feature[rows]]
        work = work + shapely.get_num_coordinates(self.units)[unit[rows]]
        for part in _slices(work, SLICE_COORDINATES):
            check(stop)
            yield rows[part]

    def _noise(self, features: Geometries, feature: Ints, unit: Ints) -> Floats:
        """The area below which the land of a pair is rounding of coordinates, whichever way it was computed."""
        outline = np.minimum(shapely.length(self.parcels)[self.unit_parcel[unit]], shapely.length(features)[feature])
        return np.asarray(np.maximum(NOISE_M2, RESOLUTION_M * np.nan_to_num(outline)))

    def _light(self, features: Geometries, feature: Ints, unit: Ints) -> Mask:
        """Pairs whose area can be integrated: nobody asks for geometry, distance or an ellipsoid."""
        if self.whole or self.search_distance_m > 0 or self.measure is not planar_areas:
            return np.zeros(len(feature), dtype=bool)
        size = shapely.get_num_coordinates(features)[feature] * shapely.get_num_coordinates(self.units)[unit]
        return np.asarray(size <= LIGHT_EDGE_PAIRS)

    def _integrated(self, features: Geometries, feature: Ints, unit: Ints, stop: Event) -> Floats:
        """Fingerprints of the shared land of small pairs."""
        prints = np.zeros((len(feature), COUNT))
        if not len(feature):
            return prints
        used, feature = np.unique(feature, return_inverse=True)
        edges = edges_of(features[used], self.origin)
        boxes = self.unit_boxes[unit]
        for part in _slices(edges.count(feature) * self.unit_edges.count(unit), SLICE_EDGE_PAIRS):
            check(stop)
            prints[part] = shared_prints(self.unit_edges, edges, unit[part], feature[part], boxes[part], self.origin)
        return prints

    def _near(self, batch: ReferenceBatch, repairs: tuple[Repair, ...]) -> Ints:
        """Parcels whose tiles' boxes touch a lost feature's box; all of them, if it has no finite box."""
        lost = np.isin(batch.fids, [repair.fid for repair in repairs if not repair.repaired])
        if not lost.any():
            return np.zeros(0, dtype=np.int64)
        boxes = shapely.bounds(batch.geometries[lost])
        if not np.isfinite(boxes).all():
            return np.arange(len(self.parcels))
        reach = np.array([-1, -1, 1, 1]) * self.search_distance_m
        near = self.tree.query(shapely.box(*(boxes + reach).T))[1]
        return np.asarray(np.unique(self.tiles.parcel[near]))


def _copies(geometries: Geometries) -> Geometries:
    """New GEOS objects of flat geometries; unlike a round through WKB it lets go of the interpreter lock.

    shapely makes an array read-only while it works on it, and two threads at one array may leave it so: each gets
    pointers of its own.
    """
    return np.asarray(shapely.force_2d(geometries.copy()), dtype=object)


def _flat(geometries: Geometries) -> Geometries:
    return shapely.force_2d(geometries) if shapely.has_z(geometries).any() else geometries


def _slices(work: Ints, limit: int) -> Iterator[slice]:
    """Slices of about ``limit`` each."""
    chunk = np.cumsum(work) // limit
    cuts = np.flatnonzero(np.diff(chunk)) + 1
    return (slice(a, b) for a, b in pairwise([0, *as_ints(cuts), len(work)]) if b > a)


def _contained(outer: Geometries, inner: Geometries) -> tuple[Geometries, Mask]:
    """The inner ones that lie wholly in their (prepared) outer one, None elsewhere; and which pairs cross."""
    pieces = np.full(len(outer), None, dtype=object)
    inside = shapely.covers(outer, inner)
    pieces[inside] = inner[inside]
    crossing = ~inside
    crossing[crossing] = shapely.intersects(outer[crossing], inner[crossing])
    return pieces, crossing

# SPDX-License-Identifier: GPL-2.0-or-later
"""The predicates: what a rule finds on each parcel, in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import Measure, planar_areas
from ..model.profile import Tolerances
from ..model.result import Dropped
from ..overlay.layer import Geometries
from ..overlay.pieces import Floats, Ints, Overlay
from ..overlay.select import subset
from ..overlay.slivers import split_slivers
from .expression import as_number, missing
from .facts import LayerFacts
from .filters import Truths, role_values
from .pack import Predicate, Rule

AREA_NOISE_M2 = 1e-6
"""What double precision adds to an area: exactly 1.00 m² is not more than 1.00 m²."""


NOTHING_DROPPED = Dropped()


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule finds on one parcel, before anybody says what it means."""

    hit: bool
    undecided: bool = False
    """A value that could turn a miss into a hit is unknown."""
    doubt_m2: float = 0.0
    """Land of which the filter can't say whether it belongs to ``area_m2``: a small piece on each of many parcels may
    decide over the case, though over none of them."""
    area_m2: float = 0.0
    area_planar_m2: float = 0.0
    distance_m: float | None = None
    rows: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """Pieces of the overlay that it rests on."""
    dropped: Dropped = NOTHING_DROPPED
    geometry: shapely.Geometry | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What every predicate works on."""

    rule: Rule
    facts: LayerFacts
    overlay: Overlay
    truths: Truths
    parcels: Geometries
    measure: Measure
    tolerances: Tolerances
    answers: Mapping[str, str]
    minus: Overlay | None = None


def find(ground: Ground) -> list[Found]:
    """One :class:`Found` a parcel."""
    predicate = ground.rule.predicate
    if predicate is Predicate.OUTSIDE_AREA_GT:
        return _outside(ground)
    if predicate is Predicate.DISTANCE_LT:
        return _near(ground)
    if predicate is Predicate.WITHIN:
        return _within(ground)
    if predicate in (Predicate.AREA_DIFF_GT, Predicate.REDUCTION_PCT_LT):
        return _against_previous(ground)
    return _overlap(ground)


def _sums(found: Overlay, rows: npt.NDArray[np.int64], values: Floats) -> Floats:
    sums = np.bincount(found.parcel[rows], weights=values[rows], minlength=len(found.parcel_area_m2))
    return np.asarray(sums, dtype=np.float64)


def _overlap(ground: Ground) -> list[Found]:
    """A(parcel ∩ layer): pieces summed, land that several features claim counted once."""
    base = ground.overlay if ground.minus is None else _without(ground)
    chosen = np.flatnonzero(ground.truths.yes)
    sub = base if ground.truths.yes.all() and ground.minus is None else subset(
        base, ground.truths.yes, ground.measure, ground.parcels
    )  # fmt: skip
    sliver_m2 = float(ground.tolerances.sliver_area_m2) if ground.rule.slivers else 0.0
    slivers = split_slivers(sub, sliver_m2)
    kept = np.flatnonzero(slivers.kept & (sub.area_m2 > 0))
    # what a sliver shares with a piece that stays is not claimed twice any more
    rest = subset(sub, slivers.kept, ground.measure, ground.parcels) if len(slivers.dropped) else sub
    once = np.maximum(_sums(sub, kept, sub.area_m2) - rest.doubled_m2, 0.0)
    planar = np.maximum(_sums(sub, kept, sub.planar_area_m2) - rest.doubled_m2, 0.0)
    doubt = _sums(base, np.flatnonzero(ground.truths.unknown), base.area_m2)
    limits_m2 = _limits_m2(ground) + AREA_NOISE_M2
    result = []
    for i in range(len(ground.parcels)):
        own = kept[sub.parcel[kept] == i]
        dropped = Dropped(count=int(slivers.dropped_count[i]), area_m2=float(slivers.dropped_m2[i]))
        # dropped pieces still count against the limit: many slivers are land, too
        hit = bool(once[i] + dropped.area_m2 > limits_m2[i])
        result.append(
            Found(
                hit=hit,
                undecided=not hit and bool(once[i] + dropped.area_m2 + doubt[i] > limits_m2[i]),
                doubt_m2=float(doubt[i]),
                area_m2=float(once[i]),
                area_planar_m2=float(planar[i]),
                rows=chosen[own],
                dropped=dropped,
                geometry=_union(sub, own),
            )
        )
    return result


def _limits_m2(ground: Ground) -> Floats:
    """(n,) the threshold in m²; a share is one of the parcel here, of the case in ``case_rules``."""
    if ground.rule.threshold.unit == "%":
        return np.asarray(ground.overlay.parcel_area_m2 * (float(ground.rule.threshold.value) / 100))
    return np.full(len(ground.parcels), ground.rule.threshold.area_m2)


def _without(ground: Ground) -> Overlay:
    """The overlay with the land of another layer taken off each piece."""
    assert ground.minus is not None and ground.overlay.geometry is not None and ground.minus.geometry is not None
    geometry = ground.overlay.geometry.copy()
    for i in np.unique(ground.minus.parcel):
        other = shapely.union_all(ground.minus.geometry[ground.minus.parcel == i])
        rows = np.flatnonzero(ground.overlay.parcel == i)
        geometry[rows] = [polygons(shape) for shape in shapely.difference(geometry[rows], other)]
    return replace(
        ground.overlay,
        area_m2=ground.measure(geometry),
        planar_area_m2=planar_areas(geometry),
        geometry=geometry,
    )


def _outside(ground: Ground) -> list[Found]:
    """A(parcel − layer), as far as the layer's coverage reaches."""
    yes = subset(ground.overlay, ground.truths.yes, ground.measure, ground.parcels)
    limit_m2 = ground.rule.threshold.area_m2 + AREA_NOISE_M2
    result = []
    for i, parcel in enumerate(ground.parcels):
        if ground.facts.coverage is None or yes.uncovered_m2[i] <= limit_m2:
            result.append(Found(hit=False))
            continue
        beyond = ground.facts.coverage.uncovered_geometry[i]
        land = parcel if beyond is None else shapely.difference(parcel, beyond)
        inside = ground.overlay.parcel == i
        rest = _rest(land, ground.overlay, inside & ground.truths.yes)
        least = _rest(land, ground.overlay, inside & (ground.truths.yes | ground.truths.unknown))
        areas = ground.measure(np.array([rest, least], dtype=object))
        hit = bool(areas[1] > limit_m2)
        result.append(
            Found(
                hit=hit,
                undecided=not hit and bool(areas[0] > limit_m2),
                area_m2=float(areas[0]),
                area_planar_m2=float(planar_areas(np.array([rest], dtype=object))[0]),
                geometry=rest,
            )
        )
    return result


def _rest(land: shapely.Geometry, overlay: Overlay, mask: npt.NDArray[np.bool_]) -> shapely.Geometry:
    assert overlay.geometry is not None
    return polygons(shapely.difference(land, shapely.union_all(overlay.geometry[mask])))


def _near(ground: Ground) -> list[Found]:
    """Shortest plane distance < threshold; a feature's own distance counts where it is larger."""
    limits, unreadable = _own_limits(ground)
    near = ground.overlay.distance_m < limits
    result = []
    for i, parcel in enumerate(ground.parcels):
        mine = ground.overlay.parcel == i
        rows = np.flatnonzero(mine & near & ground.truths.yes)
        doubtful = bool((mine & ((near & ground.truths.unknown) | (unreadable & ~ground.truths.no))).any())
        if not len(rows):
            result.append(Found(hit=False, undecided=doubtful))
            continue
        distance_m = float(ground.overlay.distance_m[rows].min())
        result.append(Found(hit=True, distance_m=distance_m, rows=rows, geometry=_zone(ground, parcel, rows, limits)))
    return result


def _own_limits(ground: Ground) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """(k,) the limit of each near feature, its own where that is larger; (k,) whose own can't be read."""
    count = len(ground.overlay.parcel)
    limits, unreadable = np.full(count, float(ground.rule.threshold.value)), np.zeros(count, dtype=bool)
    own = role_values(ground.overlay, ground.facts.roles, ground.rule.threshold.role) or ()
    for k, value in enumerate(own):
        if missing(value):
            continue
        number = as_number(value)
        if number is None or number < 0:
            unreadable[k] = True
        else:
            limits[k] = max(limits[k], float(number))
    return limits, unreadable


def _zone(ground: Ground, parcel: shapely.Geometry, rows: Ints, limits: Floats) -> shapely.Geometry | None:
    """The land of the parcel nearer than the limit, to show on the map."""
    features = [ground.facts.features.get(int(ground.overlay.fid[k])) for k in rows]
    zones = [shapely.buffer(shape, limits[k]) for shape, k in zip(features, rows, strict=True) if shape is not None]
    return polygons(shapely.intersection(parcel, shapely.union_all(zones))) if zones else None


def _within(ground: Ground) -> list[Found]:
    """A feature contains the parcel up to the threshold."""
    lacking = ground.overlay.parcel_area_m2[ground.overlay.parcel] - ground.overlay.area_m2
    inside = (lacking <= ground.rule.threshold.area_m2 + 0.01) & ground.truths.yes & (ground.overlay.area_m2 > 0)
    result = []
    for i in range(len(ground.parcels)):
        rows = np.flatnonzero(inside & (ground.overlay.parcel == i))
        area_m2 = float(ground.overlay.area_m2[rows[0]]) if len(rows) else 0.0
        result.append(Found(hit=bool(len(rows)), area_m2=area_m2, area_planar_m2=area_m2, rows=rows))
    return result


def _against_previous(ground: Ground) -> list[Found]:
    """The parcel against the previous right: |difference|, or the share given back.

    Without the previous right (the question names it) nothing can be said.
    """
    result = []
    areas = ground.measure(ground.parcels)
    for i in range(len(ground.parcels)):
        rows = np.flatnonzero((ground.overlay.parcel == i) & ground.truths.yes)
        shapes = [ground.facts.features.get(int(fid)) for fid in np.unique(ground.overlay.fid[rows])]
        whole = [shape for shape in shapes if shape is not None]
        if not whole:
            result.append(Found(hit=False, undecided=True))
            continue
        previous_m2 = float(ground.measure(np.array([shapely.union_all(whole)], dtype=object))[0])
        result.append(_compared(ground, previous_m2, float(areas[i]), rows))
    return result


def _compared(ground: Ground, previous_m2: float, new_m2: float, rows: Ints) -> Found:
    difference_m2 = previous_m2 - new_m2
    if ground.rule.predicate is Predicate.AREA_DIFF_GT:
        hit = abs(difference_m2) > ground.rule.threshold.area_m2 + AREA_NOISE_M2
        return Found(hit=hit, area_m2=abs(difference_m2), area_planar_m2=abs(difference_m2), rows=rows)
    first_km2 = ground.answers.get("first_licence_area_km2")
    if first_km2 is None:
        return Found(hit=False, undecided=True, area_m2=difference_m2, rows=rows)
    share = difference_m2 / (float(first_km2) * 1e6) * 100
    return Found(hit=share < float(ground.rule.threshold.value) - 1e-9, area_m2=difference_m2, rows=rows)


def _union(overlay: Overlay, rows: npt.NDArray[np.int64]) -> shapely.Geometry | None:
    if not len(rows):
        return None
    assert overlay.geometry is not None
    return polygons(shapely.union_all(overlay.geometry[rows]))


def polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    """The areas of a geometry as a multipolygon; lines and points are dropped."""
    parts = [p for part in shapely.get_parts(geometry) for p in shapely.get_parts(part) if p.geom_type == "Polygon"]
    return shapely.MultiPolygon(parts)

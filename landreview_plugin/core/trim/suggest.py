# SPDX-License-Identifier: GPL-2.0-or-later
"""The trimmed boundary of a parcel: no forbidden land any more, the least area lost, and land that can be handed in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..arrays import as_pairs
from ..geodesy.area import Measure, planar_areas
from ..overlay.cut import NOISE_M2, RESOLUTION_M
from ..rules.hits import polygons
from .inward import Grid, Point, rounded_inward
from .useful import Dropped, Limits, Uselessness, largest_of_each, without_scraps, without_strips

DECIMALS = 3
"""Of a boundary-point TXT."""
ATTEMPTS = ((0.0, True), (0.005, True), (0.02, True), (0.005, False))
"""How far the cut stays away from the forbidden land in metres (not at all, or where no grid point fits, a
little), and whether strips and tips that the parcel had before are left in peace."""
HAIR_M = 5e-8
"""Outlines nearer than this are one: cut pieces lie beside the lines that they were cut from by a few 1e-9 m."""
AROUND_M = 1.0
"""Forbidden land further from the parcel than this is not looked at."""
ORDINARY = Limits()


class Outcome(StrEnum):
    """How the search for a trimmed boundary ended."""

    TRIMMED = "trimmed"
    NOTHING_TO_TRIM = "nothing_to_trim"
    """The parcel has no forbidden land."""
    ALL_FORBIDDEN = "all_forbidden"
    """The parcel has nothing else."""
    NOTHING_USEFUL = "nothing_useful"
    """What is left are strips and scraps."""
    NOT_ROUNDABLE = "not_roundable"
    """No outline with the decimals of a boundary TXT fits between the forbidden land."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One way to trim a parcel. Areas by the measure that was asked for."""

    outcome: Outcome
    before: BaseGeometry
    after: BaseGeometry | None
    """None: there is nothing to suggest."""
    before_m2: float
    after_m2: float
    forbidden_m2: float
    """Of the parcel."""
    dropped: tuple[Dropped, ...] = ()
    """Land that is lost though it is not forbidden: its area is most of ``lost_m2 - forbidden_m2``."""
    largest_only: bool = False

    @property
    def lost_m2(self) -> float:
        """What the parcel gives up; 0 where nothing is suggested."""
        return 0.0 if self.after is None else self.before_m2 - self.after_m2

    @property
    def left_m2(self) -> float:
        """What the parcel has after all: all of it where there is nothing to trim, 0 where nothing can be."""
        return self.before_m2 if self.outcome is Outcome.NOTHING_TO_TRIM else self.after_m2

    @property
    def new_points(self) -> tuple[Point, ...]:
        """Boundary points that the parcel did not have."""
        if self.after is None:
            return ()
        return tuple(sorted(_points(self.after) - _points(self.before)))


def suggest(
    parcel: BaseGeometry,
    forbidden: BaseGeometry,
    *,
    measure: Measure = planar_areas,
    limits: Limits = ORDINARY,
    decimals: int = DECIMALS,
) -> tuple[Suggestion, ...]:
    """Ways to take ``forbidden`` off a valid (multi)polygon, the one that loses least first.

    ``forbidden`` are polygons in the parcel's plane, of as many layers as there are; for a rule on land
    outside a layer it is what the layer leaves of the parcel. A second way, with the largest piece only,
    is offered where the cut splits the parcel. Without a way there is one suggestion that says why.
    """
    search = _Search(parcel, forbidden, measure, limits, decimals)
    first = search.way(largest_only=False)
    if first.after is None or shapely.get_num_geometries(first.after) <= 1:
        return (first,)
    second = search.way(largest_only=True)
    return (first,) if second.after is None or shapely.equals(first.after, second.after) else (first, second)


class _Search:
    """Works from a local origin, so that buffers keep their digits; whole metres come and go exactly."""

    def __init__(
        self, parcel: BaseGeometry, forbidden: BaseGeometry, measure: Measure, limits: Limits, decimals: int
    ) -> None:
        self._parcel, self._measure, self._limits = shapely.force_2d(parcel), measure, limits
        x, y = np.floor(self._parcel.bounds[:2])
        self._grid = Grid((float(x), float(y)), decimals)
        self._local = self._moved(self._parcel, -1)
        near = shapely.box(*self._parcel.bounds).buffer(AROUND_M, join_style="mitre")
        self._forbidden = polygons(self._moved(shapely.intersection(near, shapely.force_2d(forbidden)), -1))
        self._overlap = polygons(shapely.intersection(self._local, self._forbidden))

    def way(self, *, largest_only: bool) -> Suggestion:
        """One way, or why there is none."""
        if self._overlap.area <= self._noise_m2():
            return self._ended(Outcome.NOTHING_TO_TRIM)
        if self._local.area - self._overlap.area <= self._noise_m2():
            return self._ended(Outcome.ALL_FORBIDDEN)
        for margin_m, sparing in ATTEMPTS:
            try:
                land, dropped = self._useful(margin_m, sparing, largest_only)
            except shapely.errors.GEOSException:  # outlines nearer to each other than doubles can tell
                continue
            if land.is_empty:
                return self._ended(Outcome.NOTHING_USEFUL, dropped)
            rounded = rounded_inward(land, frozenset(_points(self._local)), self._grid)
            if rounded is not None and self._holds(rounded):
                return self._found(rounded, dropped, largest_only)
        return self._ended(Outcome.NOT_ROUNDABLE)

    def _useful(self, margin_m: float, sparing: bool, largest_only: bool) -> tuple[BaseGeometry, list[Dropped]]:
        """What is left and can be handed in, before rounding; and what can't."""
        forbidden = self._forbidden
        if margin_m:
            forbidden = shapely.buffer(forbidden, margin_m, join_style="mitre", mitre_limit=2.0)
        left = self._restored(polygons(shapely.difference(self._local, forbidden, grid_size=HAIR_M)))
        land, strips = without_strips(left, self._local if sparing else shapely.MultiPolygon(), self._limits)
        land, scraps = without_scraps(land, self._local, self._limits)
        land, lesser = largest_of_each(land, self._local) if largest_only else (land, [])
        named = ((Uselessness.NARROW, shapely.get_parts(strips)), (Uselessness.SMALL, scraps))
        dropped = [
            Dropped(piece, reason) for reason, pieces in (*named, (Uselessness.LESSER, lesser)) for piece in pieces
        ]
        return land, dropped

    def _restored(self, land: BaseGeometry) -> BaseGeometry:
        """The points that the parcel or the forbidden land has, to the last bit as they have them."""
        exact = {_key(point): point for shape in (self._forbidden, self._local) for point in _points(shape)}
        return shapely.transform(
            land, lambda xy: np.array([exact.get(_key(point), point) for point in as_pairs(xy)]).reshape(-1, 2)
        )

    def _holds(self, land: BaseGeometry) -> bool:
        """Whether the rounded land is valid, lies in the parcel and on nothing that is forbidden."""
        if not land.is_valid or not land.area:
            return False
        outside = polygons(shapely.difference(land, self._local)).area
        on_it = polygons(shapely.intersection(land, self._forbidden)).area
        return bool(max(outside, on_it) <= self._noise_m2())

    def _noise_m2(self) -> float:
        """Less land than this is no piece for the overlay (``core.overlay.cut``)."""
        outline_m = min(self._local.length, self._forbidden.length)
        return max(NOISE_M2, RESOLUTION_M * float(outline_m))

    def _found(self, land: BaseGeometry, dropped: list[Dropped], largest_only: bool) -> Suggestion:
        after = self._moved(land, 1)
        if shapely.get_num_geometries(after) == 1:
            after = shapely.get_geometry(after, 0)
        return self._suggestion(Outcome.TRIMMED, after, dropped, largest_only)

    def _ended(self, outcome: Outcome, dropped: list[Dropped] | None = None) -> Suggestion:
        return self._suggestion(outcome, None, dropped or [], largest_only=False)

    def _suggestion(
        self, outcome: Outcome, after: BaseGeometry | None, dropped: list[Dropped], largest_only: bool
    ) -> Suggestion:
        overlap = self._moved(self._overlap, 1)
        areas = self._measure(np.array([self._parcel, after, overlap], dtype=object))
        return Suggestion(
            outcome=outcome,
            before=self._parcel,
            after=after,
            before_m2=float(areas[0]),
            after_m2=float(areas[1]),
            forbidden_m2=float(areas[2]),
            dropped=tuple(Dropped(self._moved(each.land, 1), each.reason) for each in dropped),
            largest_only=largest_only,
        )

    def _moved(self, shape: BaseGeometry, sign: int) -> BaseGeometry:
        return shapely.transform(shape, lambda xy: xy + sign * np.array(self._grid.origin))


def _key(point: Point) -> tuple[int, int]:
    return round(point[0] / HAIR_M), round(point[1] / HAIR_M)


def _points(shape: BaseGeometry) -> set[Point]:
    return set(as_pairs(shapely.get_coordinates(shape)))

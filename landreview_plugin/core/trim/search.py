# SPDX-License-Identifier: GPL-2.0-or-later
"""How a trimmed boundary is found: take off, clean, round; where a corner can't be rounded, stay a little away."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from ..arrays import as_pairs
from ..geodesy.area import Measure
from ..overlay.cut import NOISE_M2, RESOLUTION_M
from ..progress import Progress
from ..rules.hits import polygons
from .inward import Grid, Point, points_of, rounded_inward
from .suggestion import Outcome, Suggestion
from .useful import Dropped, Limits, Uselessness, largest_of_each, without_needles, without_scraps, without_strips

ATTEMPTS = ((0.0, True), (0.005, True), (0.02, True), (0.005, False))
"""How far the cut stays away from the forbidden land in metres (not at all, or where no grid point fits, a
little), and whether strips and tips that the parcel had before are left in peace."""
HALFWAY = 0.5
"""Nobody knows how many attempts it takes: the steps only listen for a cancel."""
HAIR_M = 5e-8
"""Outlines nearer than this are one: cut pieces lie beside the lines that they were cut from by a few 1e-9 m."""
AROUND_M = 1.0
"""Forbidden land further from the parcel than this is not looked at."""


class Search:
    """Works from a local origin, so that buffers keep their digits; whole metres come and go exactly."""

    def __init__(
        self,
        parcel: BaseGeometry,
        forbidden: BaseGeometry,
        measure: Measure,
        limits: Limits,
        decimals: int,
        progress: Progress,
    ) -> None:
        self._progress = progress
        self._parcel, self._measure, self._limits = shapely.force_2d(parcel), measure, limits
        x, y = np.floor(self._parcel.bounds[:2])
        self._grid = Grid((float(x), float(y)), decimals)
        self._local = self._moved(self._parcel, -1)
        near = shapely.box(*self._parcel.bounds).buffer(AROUND_M, join_style="mitre")
        self._forbidden = polygons(self._moved(shapely.intersection(near, shapely.force_2d(forbidden)), -1))
        self._overlap = polygons(shapely.intersection(self._local, self._forbidden))
        self._kept = frozenset(points_of(self._local))
        self._known: dict[int, tuple[BaseGeometry, list[Dropped]] | None] = {}

    def way(self, *, largest_only: bool) -> Suggestion:
        """One way, or why there is none."""
        if self._overlap.area <= self._noise_m2():
            return self._ended(Outcome.NOTHING_TO_TRIM)
        if self._local.area - self._overlap.area <= self._noise_m2():
            return self._ended(Outcome.ALL_FORBIDDEN)
        for attempt in range(len(ATTEMPTS)):
            found = self._way_from(attempt, largest_only)
            if found is not None:
                return found
        return self._ended(Outcome.NOT_ROUNDABLE)

    def _way_from(self, attempt: int, largest_only: bool) -> Suggestion | None:
        """The way that begins with an attempt; parts that it can't round are tried again by the ones after it."""
        useful = self._useful(attempt)
        if useful is None:
            return None
        land, dropped = useful
        if largest_only:
            land, lesser = largest_of_each(land, self._local)
            dropped = [*dropped, *(Dropped(piece, Uselessness.LESSER) for piece in lesser)]
        if land.is_empty:
            return self._ended(Outcome.NOTHING_USEFUL, dropped)
        rounded = [self._rounded(part, attempt) for part in shapely.get_parts(land)]
        parts = [part for each in rounded if each is not None for part in shapely.get_parts(each[0])]
        whole = shapely.MultiPolygon(parts)
        if any(each is None for each in rounded) or not self._holds(whole):
            return None
        more = [piece for each in rounded if each is not None for piece in each[1]]
        return self._found(whole, [*dropped, *more], largest_only)

    def _rounded(self, part: BaseGeometry, attempt: int) -> tuple[BaseGeometry, list[Dropped]] | None:
        """A part on the grid; by a later attempt perhaps several pieces of it, and what that drops."""
        self._progress.step(HALFWAY)
        rounded = rounded_inward(part, self._kept, self._grid)
        if rounded is not None and self._holds(rounded):
            return rounded, []
        useful = self._useful(attempt + 1) if attempt + 1 < len(ATTEMPTS) else None
        if useful is None:
            return None
        pieces = [self._rounded(piece, attempt + 1) for piece in _inside(part, list(shapely.get_parts(useful[0])))]
        if any(piece is None for piece in pieces):
            return None
        land = [each for piece in pieces if piece is not None for each in shapely.get_parts(piece[0])]
        more = [each for piece in pieces if piece is not None for each in piece[1]]
        newly = [each for each in useful[1] if _inside(part, [each.land])]
        return shapely.MultiPolygon(land), [*more, *newly]

    def _useful(self, attempt: int) -> tuple[BaseGeometry, list[Dropped]] | None:
        """What is left and can be handed in, before rounding, and what can't; None: it can't be computed."""
        if attempt not in self._known:
            self._progress.step(HALFWAY)
            try:
                self._known[attempt] = self._left(*ATTEMPTS[attempt])
            except shapely.errors.GEOSException:  # outlines nearer to each other than doubles can tell
                self._known[attempt] = None
        return self._known[attempt]

    def _left(self, margin_m: float, sparing: bool) -> tuple[BaseGeometry, list[Dropped]]:
        forbidden = self._forbidden
        if margin_m:
            forbidden = shapely.buffer(forbidden, margin_m, join_style="mitre", mitre_limit=2.0)
        left = self._restored(polygons(shapely.difference(self._local, forbidden, grid_size=HAIR_M)))
        left = without_needles(left, self._kept)
        land, strips = without_strips(left, self._local if sparing else shapely.MultiPolygon(), self._limits)
        land, scraps = without_scraps(land, self._local, self._limits)
        named = ((Uselessness.NARROW, shapely.get_parts(strips)), (Uselessness.SMALL, scraps))
        return land, [Dropped(piece, reason) for reason, pieces in named for piece in pieces]

    def _restored(self, land: BaseGeometry) -> BaseGeometry:
        """The points that the parcel or the forbidden land has, to the last bit as they have them."""
        exact = {_key(point): point for shape in (self._forbidden, self._local) for point in points_of(shape)}
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


def _inside(whole: BaseGeometry, pieces: list[BaseGeometry]) -> list[BaseGeometry]:
    return [piece for piece in pieces if shapely.intersects(whole, shapely.point_on_surface(piece))]

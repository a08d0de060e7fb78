# SPDX-License-Identifier: GPL-2.0-or-later
"""Repairs that somebody asked for, by id of the check that finds the fault; each one is logged.

A repair that would make an outline invalid, or more than it mends, is not made, and that is logged too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ..boundary.faults import has_no_area
from ..geodesy.rounding import round_half_up
from ..model.base import Text
from ..model.parcel import Parcel
from ..model.problems import Level, Place, Problem
from ..model.profile import OfficeProfile
from ..tables import index
from .context import threshold_of

Floats = npt.NDArray[np.float64]
SPIKE_SIDE_M: Final = 1.0
OVERLAP_M2: Final = 0.01
MENDABLE: Final = frozenset({"E-GEO-SELFX", "E-GEO-RING"})
"""Faults that a repair may end; with any other a parcel would be missing afterwards."""
_FOR_INVALID: Final = frozenset({"QA-G03", "QA-G06"})
_ROUNDS: Final = 100
"""Spikes on spikes: more of them are no mistake of digitising."""


@dataclass(slots=True)
class _Bench:
    """Parcels under repair, and the log."""

    parcels: list[Parcel]
    profile: OfficeProfile
    log: list[Problem] = field(default_factory=list)

    def threshold(self, rule: str) -> float:
        return float(threshold_of(self.profile, rule))

    def put(self, rule: str, i: int, shape: BaseGeometry, what: Text, spot: BaseGeometry) -> None:
        """Replace an outline and log it; log only, where the new one is invalid."""
        parcel = self.parcels[i]
        if not shapely.is_valid(shape) or shapely.is_empty(shape):
            self._log(rule, parcel, Text(zh="未修改：修改后图形无效", en="not changed: it would become invalid"), spot)
            return
        change = _area_text(parcel.geometry, shape)
        self.parcels[i] = parcel.model_copy(update={"geometry": shape, "labels": ()})
        self._log(rule, parcel, Text(zh=f"{what.zh}；{change.zh}", en=f"{what.en}; {change.en}"), spot)

    def _log(self, rule: str, parcel: Parcel, what: Text, spot: BaseGeometry) -> None:
        x, y = shapely.get_coordinates(spot)[0]
        place = Place(parcel=parcel.number, xy=(float(x), float(y)))
        self.log.append(Problem(code=rule, level=Level.INFO, place=place, repair=what, rule=rule, geometry=spot))

    def explode(self, rule: str) -> None:
        made: list[Parcel] = []
        for parcel in self.parcels:
            parts = shapely.get_parts(parcel.geometry)
            if len(parts) < 2:
                made.append(parcel)
                continue
            what = Text(zh=f"拆分为{len(parts)}个地块", en=f"made {len(parts)} parcels of it")
            self._log(rule, parcel, what, shapely.multipoints(shapely.point_on_surface(parts)))
            facts = {"labels": (), "stated_area_ha": None}
            made += [
                parcel.model_copy(update=facts | {"number": f"{parcel.number}-{n}", "geometry": part})
                for n, part in enumerate(parts, start=1)
            ]
        self.parcels = made


def repaired(
    parcels: Sequence[Parcel], rules: frozenset[str], profile: OfficeProfile
) -> tuple[tuple[Parcel, ...], tuple[Problem, ...]]:
    """The parcels with the repairs of ``rules`` (keys of :data:`REPAIRS`) made, and one entry a repair.

    Point numbers of a changed outline are dropped: they would name other points.
    """
    bench = _Bench([p.model_copy(update={"geometry": shapely.force_2d(p.geometry)}) for p in parcels], profile)
    for rule, repair in REPAIRS.items():
        if rule in rules:
            repair(bench)
    return tuple(bench.parcels), tuple(bench.log)


def _drop_doubled(bench: _Bench) -> None:
    limit = bench.threshold("QA-G03")

    def doubled(ring: Floats) -> npt.NDArray[np.bool_]:
        return np.asarray(np.hypot(*(ring - np.roll(ring, 1, axis=0)).T) < limit)

    _drop(bench, "QA-G03", lambda ring: _never_two_neighbours(doubled(ring)), Text(zh="重复点", en="doubled points"))


def _drop_spikes(bench: _Bench) -> None:
    limit = bench.threshold("QA-G06")

    def spikes(ring: Floats) -> npt.NDArray[np.bool_]:
        back, forth = np.roll(ring, 1, axis=0) - ring, np.roll(ring, -1, axis=0) - ring
        one, other = np.hypot(*back.T), np.hypot(*forth.T)
        with np.errstate(invalid="ignore", divide="ignore"):
            angle = np.degrees(np.arccos(np.clip((back * forth).sum(axis=1) / (one * other), -1, 1)))
        return _never_two_neighbours((angle < limit) & (np.minimum(one, other) > SPIKE_SIDE_M))

    _drop(bench, "QA-G06", spikes, Text(zh="尖刺顶点", en="tips of spikes"))


def _never_two_neighbours(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Of marked neighbours the first: with it gone the other may be no fault any more."""
    kept = marked.copy()
    for i in np.flatnonzero(marked):
        if kept[i] and kept[i - 1]:
            kept[i] = False
    return kept


def _drop(bench: _Bench, rule: str, find: Callable[[Floats], npt.NDArray[np.bool_]], name: Text) -> None:
    for i, parcel in enumerate(list(bench.parcels)):
        dropped: list[Floats] = []
        shape = _per_ring(parcel.geometry, lambda ring: _without(ring, find, dropped))  # noqa: B023 - used at once
        if dropped:
            spots = np.concatenate(dropped)
            what = Text(zh=f"去除{name.zh}{len(spots)}个", en=f"dropped {len(spots)} {name.en}")
            bench.put(rule, i, shape, what, shapely.multipoints(spots))


def _per_ring(geometry: BaseGeometry, change: Callable[[Floats], Floats]) -> BaseGeometry:
    """The geometry with each ring (open, (n, 2)) replaced."""
    parts = [
        shapely.Polygon(*_changed([part.exterior, *part.interiors], change)) for part in shapely.get_parts(geometry)
    ]
    return parts[0] if geometry.geom_type == "Polygon" else shapely.MultiPolygon(parts)


def _changed(rings: Sequence[BaseGeometry], change: Callable[[Floats], Floats]) -> tuple[Floats, list[Floats]]:
    outer, *inner = [change(np.asarray(shapely.get_coordinates(ring)[:-1])) for ring in rings]
    return outer, inner


def _without(ring: Floats, find: Callable[[Floats], npt.NDArray[np.bool_]], dropped: list[Floats]) -> Floats:
    """The ring without what ``find`` marks, again and again; never less than a triangle."""
    start = ring
    found: list[Floats] = []
    for _ in range(_ROUNDS):
        marked = find(ring)
        left = ring[~marked]
        if not marked.any() or len(left) < 3 or has_no_area(np.vstack([left, left[:1]])):
            break
        found.append(ring[marked])
        ring = left
    dropped += found
    return ring if found else start


def _insert_vertices(bench: _Bench) -> None:
    """QA-T07: each vertex of a neighbour that lies on an edge becomes a vertex there."""
    limit = bench.threshold("QA-T07")
    for i, j in _near(bench, limit):
        shape, other = bench.parcels[i].geometry, bench.parcels[j].geometry
        points = shapely.points(np.unique(shapely.get_coordinates(other), axis=0))
        near = points[shapely.distance(points, shapely.boundary(shape)) < limit]
        corners = shapely.multipoints(shapely.get_coordinates(shape))
        alone = near[shapely.distance(near, corners) >= limit]
        if len(alone):
            spots = shapely.multipoints(alone)
            what = Text(
                zh=f"补入地块{bench.parcels[j].number}的{len(alone)}个顶点",
                en=f"inserted {len(alone)} vertices of parcel {bench.parcels[j].number}",
            )
            bench.put("QA-T07", i, shapely.snap(shape, spots, limit), what, spots)


def _close_gaps(bench: _Bench) -> None:
    """QA-T02: the later of two neighbours is drawn to the earlier one where a narrow gap parts them."""
    width = bench.threshold("QA-T02")
    for j, i in _near(bench, width):
        if i <= j:
            continue
        shape, other = bench.parcels[i].geometry, bench.parcels[j].geometry
        snapped = shapely.snap(shape, other, width)
        moved = shapely.difference(snapped, shape)
        if not shapely.is_valid(snapped) or shapely.area(moved) <= OVERLAP_M2 or shapely.touches(shape, other):
            continue
        if shapely.area(shapely.intersection(snapped, other)) > OVERLAP_M2:
            continue
        what = Text(zh=f"捕捉到地块{bench.parcels[j].number}", en=f"snapped to parcel {bench.parcels[j].number}")
        bench.put("QA-T02", i, snapped, what, moved)


def _near(bench: _Bench, distance: float) -> Iterator[tuple[int, int]]:
    """Pairs of valid outlines within a distance, each both ways round."""
    shapes = np.array([parcel.geometry for parcel in bench.parcels], dtype=object)
    valid = np.flatnonzero(shapely.is_valid(shapes))
    left, right = shapely.STRtree(shapes[valid]).query(shapes[valid], predicate="dwithin", distance=distance)
    for one, other in sorted(zip(valid[left], valid[right], strict=True)):
        if one != other:
            yield int(one), int(other)


def _area_text(before: BaseGeometry, after: BaseGeometry) -> Text:
    areas = [round_half_up(Decimal(repr(float(shape.area))), 2) for shape in (before, after)]
    return Text(zh=f"面积{areas[0]}→{areas[1]}平方米", en=f"area {areas[0]} → {areas[1]} m²")


REPAIRS: Final[Mapping[str, Callable[[_Bench], None]]] = MappingProxyType(
    {
        "QA-G12": lambda bench: bench.explode("QA-G12"),
        "QA-G03": _drop_doubled,
        "QA-G06": _drop_spikes,
        "QA-T02": _close_gaps,
        "QA-T07": _insert_vertices,
    }
)
"""Repair by id of the check, in the order in which they are made."""


def offered(problems: Sequence[Problem]) -> tuple[str, ...]:
    """The repairs that may meet one of these problems, in the order in which they are made."""
    codes = {problem.code for problem in problems if problem.repair is None}
    rules = index("qa_rules", "code")
    fitting = {rule for rule in REPAIRS if codes & {rule, rules[rule]["emits"]}}
    if codes & MENDABLE:
        fitting |= _FOR_INVALID
    return tuple(rule for rule in REPAIRS if rule in fitting)


def left(problems: Sequence[Problem], rules: frozenset[str], parcels: Sequence[Parcel]) -> tuple[Problem, ...]:
    """What was said of a reading and still holds when ``parcels`` were repaired by ``rules``.

    What the repairs are for is left out: a check says what of it remains.
    """
    known = index("qa_rules", "code")
    gone = rules | {known[rule]["emits"] for rule in rules & REPAIRS.keys()}
    invalid = {parcel.number for parcel in parcels if not shapely.is_valid(parcel.geometry)}

    def holds(problem: Problem) -> bool:
        if problem.code in MENDABLE:
            return not problem.place.parcel or problem.place.parcel in invalid
        return problem.repair is not None or problem.code not in gone

    return tuple(problem for problem in problems if holds(problem))

# SPDX-License-Identifier: GPL-2.0-or-later
"""A single conflict: parcels against one kind of control line, with one of four verdicts.

``clear`` is said only for parcels that lie in the declared coverage, and only when every
touching reference feature could be judged. Rules, laws and answers are ``core.rules``' business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from .evidence.recorder import Recorder
from .geodesy.area import Measure
from .model.result import Verdict
from .overlay.coverage import around
from .overlay.engine import overlay
from .overlay.layer import Geometries, ReferenceLayer
from .overlay.pieces import Floats, Overlay
from .progress import Part, Progress, Silent
from .rules.expression import as_number, missing

COVERAGE_TOLERANCE_M2 = 0.01
"""Land outside the coverage up to this much is noise of the two outlines' coordinates."""
AREA_NOISE_M2 = 1e-6
"""What double precision adds to an area at eight-digit coordinates: exactly 1.00 m² is not more than 1.00 m²."""
QUARTER_CIRCLE_SEGMENTS = 64
"""Of a hazard's buffer: the chord stays within 0.03 % of the radius."""


class Hit(Enum):
    """What a reference feature means for a parcel on it."""

    YES = auto()
    NO = auto()
    UNKNOWN = auto()
    """A value is missing or unreadable: never "no conflict"."""


Flags = npt.NDArray[np.bool_]
Judge = Callable[[dict[str, Any]], Hit]


def always(attributes: dict[str, Any]) -> Hit:
    """Every feature of the layer is a conflict."""
    return Hit.YES


@dataclass(frozen=True, slots=True)
class Selection:
    """Which features count, and how."""

    fields: tuple[str, ...] = ()
    """Fields that ``judge`` looks at."""
    judge: Judge = always
    outside: bool = False
    """The conflict is the land that the layer leaves."""
    partition: bool = False
    """The layer should leave no land: a gap can't be judged."""
    distance_m: float | None = None
    """The conflict is the land nearer than this to a feature."""
    distance_field: str = ""
    """Field with each feature's own distance; ``distance_m`` where it is empty."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a parcel in conflict; ``attributes`` of the reference feature by field name."""

    parcel: int
    geometry: shapely.Geometry
    area_m2: float
    distance_m: float
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What was found. ``pieces`` are those above the smallest area asked for."""

    verdict: Verdict
    pieces: tuple[Piece, ...]
    dropped: tuple[Piece, ...]
    uncovered_m2: float
    """Land of the parcels outside the coverage; all of it when none was declared."""
    undecided: tuple[int, ...]
    """Parcels on features that could not be judged, or on gaps of a partition."""
    overlay: Overlay


def find_conflict(
    parcels: Geometries,
    layer: ReferenceLayer,
    coverage: ReferenceLayer | None,
    selection: Selection,
    *,
    measure: Measure,
    min_area_m2: float = 0.0,
    progress: Progress | None = None,
) -> Conflict:
    """Judge (n,) parcels against ``layer``; areas by ``measure``, lengths in metres on the plane."""
    whole = progress or Silent()
    reach_m = _reach(selection)
    names = tuple(layer.field_names)
    recorder = Recorder(layer)
    found = overlay(
        parcels,
        recorder,
        fields=names,
        measure=measure,
        search_distance_m=reach_m,
        keep_geometry=True,
        progress=Part(whole, 0.0, 0.8),
    )
    uncovered, outlines = _coverage(parcels, coverage, measure, Part(whole, 0.8, 0.95))
    lacking = _lacking_around(parcels, coverage, selection, measure)
    verdicts = _judged(found, names, selection.judge)
    undecided = {int(found.parcel[k]) for k, hit in enumerate(verdicts) if hit is Hit.UNKNOWN}
    undecided |= set(found.unchecked) | _unreadable(found, selection)
    if selection.partition:
        undecided |= {int(i) for i in np.nonzero(found.uncovered_m2 - uncovered > 1.0)[0]}
    hits = np.array([hit is Hit.YES for hit in verdicts], dtype=bool)
    if selection.distance_m is not None:
        pieces = _near(parcels, found, hits, names, selection, measure, recorder)
    elif selection.outside:
        pieces = _outside(found, hits, measure, outlines)
    else:
        pieces = _on(found, hits, names)
    least_m2 = min_area_m2 + AREA_NOISE_M2
    kept = tuple(piece for piece in pieces if piece.area_m2 > least_m2)
    return Conflict(
        verdict=_verdict(bool(kept), bool(undecided), uncovered, found.parcel_area_m2, coverage is not None, lacking),
        pieces=kept,
        dropped=tuple(piece for piece in pieces if AREA_NOISE_M2 < piece.area_m2 <= least_m2),
        uncovered_m2=float(uncovered.sum()),
        undecided=tuple(sorted(undecided)),
        overlay=found,
    )


def _lacking_around(
    parcels: Geometries, coverage: ReferenceLayer | None, selection: Selection, measure: Measure
) -> bool:
    """Distances: whether a feature beyond the coverage could be near enough to some parcel."""
    if coverage is None or selection.distance_m is None:
        return False
    beyond_m2 = around(parcels, coverage, selection.distance_m, measure).uncovered_m2
    return bool(np.any(beyond_m2 > COVERAGE_TOLERANCE_M2))


def _verdict(
    hit: bool, undecided: bool, uncovered: Floats, area: Floats, declared: bool, lacking: bool = False
) -> Verdict:
    if hit:
        return Verdict.CONFLICT
    wholly_outside = bool(np.any(uncovered >= area - COVERAGE_TOLERANCE_M2))
    if not declared or undecided or wholly_outside:
        return Verdict.NOT_CHECKED
    partly = lacking or bool(np.any(uncovered > COVERAGE_TOLERANCE_M2))
    return Verdict.PARTLY_COVERED if partly else Verdict.CLEAR


def _reach(selection: Selection) -> float:
    if selection.distance_m is None:
        return 0.0
    # a field may hold any distance: what lies beyond this is found by no office's buffer
    return max(selection.distance_m, 5000.0) if selection.distance_field else selection.distance_m


def _judged(found: Overlay, names: Sequence[str], judge: Judge) -> list[Hit]:
    columns = [found.attributes[name] for name in names]
    return [judge(dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)] or (
        [judge({})] * len(found.parcel)
    )


def _coverage(
    parcels: Geometries, coverage: ReferenceLayer | None, measure: Measure, progress: Progress
) -> tuple[Floats, Geometries]:
    """Uncovered area (n,) and covered outline (n,) of each parcel."""
    if coverage is None:
        return measure(parcels), parcels
    found = overlay(parcels, coverage, measure=measure, keep_geometry=True, progress=progress)
    outlines = np.empty(len(parcels), dtype=object)
    assert found.geometry is not None
    for i in range(len(parcels)):
        outlines[i] = shapely.union_all(found.geometry[found.parcel == i])
    return found.uncovered_m2, outlines


def _on(found: Overlay, hits: Flags, names: Sequence[str]) -> list[Piece]:
    """The pieces on features that are a conflict."""
    assert found.geometry is not None
    return [
        Piece(int(found.parcel[k]), found.geometry[k], float(found.area_m2[k]), 0.0, _attributes(found, names, k))
        for k in np.nonzero(hits & (found.area_m2 > 0))[0]
    ]


def _outside(found: Overlay, hits: Flags, measure: Measure, outlines: Geometries) -> list[Piece]:
    """What the layer leaves of each parcel, as far as the coverage reaches."""
    assert found.geometry is not None
    pieces = []
    for i, outline in enumerate(outlines):
        inside = shapely.union_all(found.geometry[(found.parcel == i) & hits])
        rest = _polygons(shapely.difference(outline, inside))
        area_m2 = float(measure(np.array([rest], dtype=object))[0])
        if area_m2 > 0:
            pieces.append(Piece(i, rest, area_m2, 0.0, {}))
    return pieces


def _near(
    parcels: Geometries,
    found: Overlay,
    hits: Flags,
    names: Sequence[str],
    selection: Selection,
    measure: Measure,
    recorder: Recorder,
) -> list[Piece]:
    """The land of each parcel nearer to a feature than the distance."""
    features = {feature.fid: feature.geometry for feature in recorder.touched(found.fid)}
    pieces = []
    for k in np.nonzero(hits)[0]:
        attributes = _attributes(found, names, k)
        limit_m = _limit(attributes, selection)
        distance_m = float(found.distance_m[k])
        if distance_m >= limit_m and distance_m > 0:
            continue
        zone = shapely.buffer(features[int(found.fid[k])], limit_m, quad_segs=QUARTER_CIRCLE_SEGMENTS)
        land = _polygons(shapely.intersection(parcels[found.parcel[k]], zone))
        area_m2 = float(measure(np.array([land], dtype=object))[0])
        pieces.append(Piece(int(found.parcel[k]), land, area_m2, distance_m, attributes))
    return pieces


def _limit(attributes: dict[str, Any], selection: Selection) -> float:
    assert selection.distance_m is not None
    number = as_number(attributes.get(selection.distance_field)) if selection.distance_field else None
    return selection.distance_m if number is None else float(number)


def _unreadable(found: Overlay, selection: Selection) -> set[int]:
    """Parcels near a feature whose own distance is there and is no number."""
    values = found.attributes.get(selection.distance_field, ()) if selection.distance_field else ()
    bad = (k for k, value in enumerate(values) if not missing(value) and as_number(value) is None)
    return {int(found.parcel[k]) for k in bad}


def _attributes(found: Overlay, names: Sequence[str], k: int) -> dict[str, Any]:
    return {name: found.attributes[name][k] for name in names}


def _polygons(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.MultiPolygon([p for part in parts for p in shapely.get_parts(part)])

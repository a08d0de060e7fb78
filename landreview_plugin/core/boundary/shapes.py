# SPDX-License-Identifier: GPL-2.0-or-later
"""Geometries of many outlines at once: one call into GEOS for all rings, closer looks only where needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from ..arrays import as_ints
from ..model.problems import LandReviewError, Place
from .faults import has_no_area, may_have_no_area
from .nesting import build, nest
from .outlines import Outline

Floats = npt.NDArray[np.float64]
_FEWEST = 4
"""Coordinates of the smallest closed ring."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What an outline became."""

    rings: list[Floats]
    """Closed rings in the order of the file."""
    flat: tuple[int, ...]
    """Rings without area: then there is no geometry."""
    geometry: BaseGeometry | None
    labels: tuple[tuple[str, ...], ...] = ()
    """In the order of the rings of the geometry."""
    valid: bool = False


def shape_all(outlines: Sequence[Outline]) -> list[Shape]:
    """The shapes of outlines, one each."""
    rings = [outline.coordinates() for outline in outlines]
    flat = _flat_rings(rings)
    geometries = np.array([None] * len(outlines), dtype=object)
    labels: list[tuple[tuple[str, ...], ...]] = [()] * len(outlines)
    single = [i for i in range(len(outlines)) if len(rings[i]) == 1 and not flat[i]]
    geometries[single] = _polygons([rings[i][0] for i in single])
    for i, outline in enumerate(outlines):
        if not rings[i] or flat[i]:
            continue
        parts = _parts(rings[i], outline)
        labels[i] = tuple(outline.labels(ring) for part in parts for ring in part)
        if len(rings[i]) > 1:
            geometries[i] = build(rings[i], parts)
    valid = shapely.is_valid(geometries)
    return [Shape(rings[i], flat[i], geometries[i], labels[i], bool(valid[i])) for i in range(len(outlines))]


def _parts(rings: Sequence[Floats], outline: Outline) -> list[list[int]]:
    try:
        return nest(rings)
    except LandReviewError as error:
        error.place = Place(line=outline.raw.line)
        raise


def _polygons(rings: Sequence[Floats]) -> npt.NDArray[np.object_]:
    if not rings:
        return np.zeros(0, dtype=object)
    index = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    return np.asarray(shapely.polygons(shapely.linearrings(np.concatenate(rings), indices=index)))


def _flat_rings(rings: Sequence[Sequence[Floats]]) -> list[tuple[int, ...]]:
    """Per outline the rings without area."""
    whole = [ring for own in rings for ring in own if len(ring) >= _FEWEST]
    doubtful = iter(as_ints(may_have_no_area(_polygons(whole))))
    return [
        tuple(i for i, ring in enumerate(own) if len(ring) < _FEWEST or (next(doubtful) and has_no_area(ring)))
        for own in rings
    ]

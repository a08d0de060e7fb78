# SPDX-License-Identifier: GPL-2.0-or-later
"""Other open cases of a store that reach to the parcels of a hand-in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import shapely

from ..core.model.base import Text
from ..core.model.parcel import ParcelReading
from ..core.model.problems import LandReviewError, Place
from ..core.overlay.layer import Geometries, as_array
from ..core.quality.surroundings import OpenCase
from ..core.texts import because
from ..sources.transform import plane_transform
from ..store.geopackage import degrees_outlines
from ..store.workspace import Workspace

_MARGIN_DEG = 1e-4
"""Some 10 m: datums and rounding may differ by that, an overlap is computed from exact coordinates."""


def open_cases(path: Path, reading: ParcelReading, number: str = "") -> tuple[OpenCase, ...]:
    """Cases of the store at ``path`` that may overlap the parcels; the case ``number`` itself is left out.

    Raises E-SRC-MISSING where there is no store (none is made), E-STORE- codes for one that can't be opened.
    """
    if not path.is_file():
        raise LandReviewError("E-SRC-MISSING", detail=str(path), place=Place(file=path.name))
    with Workspace(path) as store:
        return cases_around(store, reading, number)


def cases_around(store: Workspace, reading: ParcelReading, number: str = "") -> tuple[OpenCase, ...]:
    """The same for a store that is open; ``number`` may be the case's id, too."""
    boxes = _boxes(reading)
    if not len(boxes):
        reason = Text(zh="地块坐标系无法换算到经纬度", en="the parcels' plane can't be brought to degrees")
        return (OpenCase("*", as_array(()), reason),)
    found = []
    for case_id, version in _near(store, boxes):
        case = store.case(case_id)
        if number not in (case.number, case.id):
            found.append(_opened(case.number, store.hand_in(case_id, version), reading))
    return tuple(found)


def _near(store: Workspace, boxes: Geometries) -> Iterable[tuple[str, int]]:
    """(case, version) of which a parcel's box touches that of a parcel here; only these are read."""
    x0, y0, x1, y1 = shapely.total_bounds(boxes).tolist()
    rows = store.neighbours((x0, y0, x1, y1))
    others = shapely.box(*np.array([box for _, _, box in rows], dtype=float).reshape(-1, 4).T)
    touching = np.unique(shapely.STRtree(boxes).query(others)[0])
    return dict.fromkeys(rows[row][:2] for row in touching.tolist())


def _boxes(reading: ParcelReading) -> Geometries:
    """The boxes of the parcels in degrees, with a margin; none where their plane can't be brought there."""
    assert reading.crs is not None
    geometries = np.array([parcel.geometry for parcel in reading.parcels], dtype=object)
    outlines = degrees_outlines(geometries, reading.crs)
    bounds = shapely.bounds(outlines[~shapely.is_missing(outlines)])
    return np.asarray(shapely.box(*(bounds + _MARGIN_DEG * np.array([-1, -1, 1, 1])).T))


def _opened(number: str, other: ParcelReading, reading: ParcelReading) -> OpenCase:
    try:
        return OpenCase(number, in_the_plane_of(reading, other))
    except LandReviewError as error:
        return OpenCase(number, as_array(()), because(error))


def in_the_plane_of(reading: ParcelReading, other: ParcelReading) -> Geometries:
    """(m,) the parcels of ``other`` in the plane of ``reading``; both have one. Raises E-CRS-OLD, E-CRS-DATUM."""
    assert other.crs is not None and reading.crs is not None
    transform = plane_transform(other.crs, reading.crs)
    shapes = as_array(other.parcels)
    return shapes if transform is None else transform.to_target(shapes)

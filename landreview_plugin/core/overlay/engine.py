# SPDX-License-Identifier: GPL-2.0-or-later
"""The overlay: parcels × reference features → pieces and their areas.

The caller's thread reads batches, other threads cut them; what comes out depends on neither the
reader nor the number of threads.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from threading import Event
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from ..geodesy.area import Measure, planar_areas
from ..geodesy.rings import sums
from ..model.base import Text
from ..model.problems import LandReviewError, Place
from ..progress import Part, Progress, Silent
from .cover import Pieces, cover
from .crew import run, worker_count
from .cut import Cut, Cutter, Mask
from .fingerprint import COUNT, closes, fingerprints
from .layer import Geometries, ReferenceBatch, ReferenceLayer
from .pieces import Floats, Ints, Overlay
from .repair import polygonal
from .tiles import tile


def overlay(
    parcels: Geometries,
    layer: ReferenceLayer,
    *,
    fields: Sequence[str] = (),
    measure: Measure,
    search_distance_m: float = 0.0,
    keep_geometry: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Overlay:
    """Every piece of ``parcels`` in features of ``layer``, with its area by ``measure``.

    ``parcels`` are n valid polygons or multipolygons in their plane, metres; they may overlap each
    other. What only touches is no piece. With a search distance, features nearer than it are rows
    of area 0 with their distance. Raises E-GEO-SELFX for an invalid parcel, whatever the layer
    raises, and CancelledError.
    """
    parcels = np.asarray(parcels, dtype=object)
    _refuse_invalid(parcels)
    report = progress or Silent()
    tiles = tile(parcels)
    boxes = tiles.boxes + np.array([-1, -1, 1, 1]) * search_distance_m
    cutter = Cutter(parcels, tiles, measure, search_distance_m, whole=keep_geometry)
    cuts = list(
        run(
            _PerThread(cutter).cut,
            layer.batches(boxes, fields) if len(parcels) else iter(()),
            threads=worker_count(threads),
            progress=Part(report, 0.0, 0.9),
            share=_share,
        )
    )
    result = _assemble(cutter, cuts, fields, Part(report, 0.9, 1.0))
    report.step(1.0)
    return result


def _share(batch: ReferenceBatch, done: int) -> float:
    """Progress after a batch: what the reader says, else ever slower towards the end."""
    return done / (done + 8.0) if batch.share is None else batch.share


class _PerThread:
    """Gives each thread a cutter of its own."""

    def __init__(self, cutter: Cutter) -> None:
        self._cutter, self._local = cutter, threading.local()

    def cut(self, batch: ReferenceBatch, stop: Event) -> Cut:
        """Cut ``batch`` with this thread's parcels."""
        cutter: Cutter | None = getattr(self._local, "cutter", None)
        if cutter is None:
            cutter = self._local.cutter = self._cutter.clone()
        return cutter.cut(batch, stop)


def _refuse_invalid(parcels: Geometries) -> None:
    wrong = np.flatnonzero(~shapely.is_valid(parcels))
    if len(wrong):
        reason = str(shapely.is_valid_reason(parcels[wrong[0]]))
        raise LandReviewError("E-GEO-SELFX", detail=reason, place=Place(feature=str(wrong[0])))


def _assemble(cutter: Cutter, cuts: Sequence[Cut], fields: Sequence[str], progress: Progress) -> Overlay:
    parcels, measure = cutter.parcels, cutter.measure
    parcel, fid = _joined(cuts, "parcel"), _joined_fids(cuts)
    order = np.lexsort((fid, parcel))
    parcel, fid = parcel[order], fid[order]
    starts = np.flatnonzero(np.r_[True, (parcel[1:] != parcel[:-1]) | (fid[1:] != fid[:-1])][: len(parcel)])
    area, planar = _joined(cuts, "area_m2", float)[order], _joined(cuts, "planar_area_m2", float)[order]
    geometry = _joined(cuts, "geometry", object)[order]
    parcel_area, parcel_planar = measure(parcels), planar_areas(parcels)
    settled = _settled(parcels, cuts)
    geometry = _with_geometry(cutter, cuts, order, geometry, ~settled[parcel])
    land = planar > 0
    pieces = Pieces(parcel[land], geometry[land], area[land], planar[land])
    uncovered, doubled = cover(parcels, pieces, parcel_area, measure, settled=settled, progress=progress)
    return Overlay(
        parcel=parcel[starts],
        fid=fid[starts],
        area_m2=_sums(area, starts),
        planar_area_m2=_sums(planar, starts),
        distance_m=np.minimum.reduceat(_joined(cuts, "distance_m", float)[order], starts)
        if len(starts)
        else np.zeros(0),
        attributes=_attributes(cuts, fields, order[starts]),
        geometry=polygonal(geometry[starts]) if cutter.whole else None,
        parcel_area_m2=parcel_area,
        parcel_planar_area_m2=parcel_planar,
        uncovered_m2=uncovered,
        doubled_m2=doubled,
        repairs=tuple(sorted((r for cut in cuts for r in cut.repairs), key=lambda repair: repair.fid)),
        unchecked=_unchecked(cuts),
        touched_count=sum(cut.touched for cut in cuts),
    )


def _joined(cuts: Sequence[Cut], column: str, kind: type = np.int64) -> npt.NDArray[Any]:
    return np.concatenate([np.zeros(0, dtype=kind), *(getattr(cut, column) for cut in cuts)])


def _joined_fids(cuts: Sequence[Cut]) -> Ints:
    return np.concatenate([np.zeros(0, dtype=np.int64), *(cut.batch.fids[cut.feature] for cut in cuts)])


def _sums(values: Floats, starts: Ints) -> Floats:
    return np.add.reduceat(values, starts) if len(starts) else np.zeros(0)


def _settled(parcels: Geometries, cuts: Sequence[Cut]) -> Mask:
    """Parcels that their pieces cover exactly once."""
    owners, prints = _joined(cuts, "parcel"), np.concatenate([np.zeros((0, COUNT)), *(cut.prints for cut in cuts)])
    found = np.stack([sums(owners, column, len(parcels)) for column in prints.T], axis=1)
    return closes(fingerprints(parcels, shapely.bounds(parcels)), found)


def _with_geometry(cutter: Cutter, cuts: Sequence[Cut], order: Ints, geometry: Geometries, needed: Mask) -> Geometries:
    """The pieces that were only integrated, built after all where gaps and overlaps must be told apart."""
    rows = np.flatnonzero(needed & shapely.is_missing(geometry))
    if len(rows):
        units = _joined(cuts, "unit")[order][rows]
        features = np.concatenate([cut.batch.geometries[cut.feature] for cut in cuts])[order][rows]
        geometry[rows] = shapely.intersection(cutter.units[units], features)
    return geometry


def _attributes(cuts: Sequence[Cut], fields: Sequence[str], rows: Ints) -> Mapping[str, Sequence[object]]:
    columns = {}
    for name in fields:
        values = [cut.batch.attributes[name][i] for cut in cuts for i in cut.feature]
        columns[name] = [values[row] for row in rows]
    return columns


def _unchecked(cuts: Sequence[Cut]) -> Mapping[int, Text]:
    fids = [str(r.fid) for cut in cuts for r in cut.repairs if not r.repaired]
    names = ", ".join(fids[:10])
    text = Text(zh=f"参考要素图形错误，无法修复：{names}", en=f"reference features can't be mended: {names}")
    return {int(parcel): text for cut in cuts for parcel in cut.unchecked}

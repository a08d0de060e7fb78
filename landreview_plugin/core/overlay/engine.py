# SPDX-License-Identifier: GPL-2.0-or-later
"""The overlay: parcels × reference features → pieces and their areas.

The caller's thread reads batches, other threads cut them; what comes out depends on neither the
reader nor the number of threads. Many parcels go in groups of neighbours, so that memory is bounded
by a group, not by the layer.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from threading import Event

import numpy as np
import shapely

from ..geodesy.area import Measure
from ..model.problems import LandReviewError, Place
from ..progress import Part, Progress, Silent
from .assemble import GroupResult, assemble, together
from .crew import run, worker_count
from .cut import Cut, Cutter
from .groups import groups_of
from .layer import Geometries, ReferenceBatch, ReferenceLayer
from .pieces import Overlay
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
    report, tiles = progress or Silent(), tile(parcels)
    groups = groups_of(tiles, len(parcels), layer)
    parts = []
    for number, group in enumerate(groups):
        cutter = Cutter(parcels[group], tiles.of(group), measure, search_distance_m, whole=keep_geometry)
        part = Part(report, number / len(groups), (number + 1) / len(groups))
        parts.append(_group(cutter, layer, fields, worker_count(threads), part))
    result = together(parts, groups, len(parcels))
    report.step(1.0)
    return result


def _group(
    cutter: Cutter, layer: ReferenceLayer, fields: Sequence[str], threads: int, progress: Progress
) -> GroupResult:
    """The overlay of parcels that lie near each other."""
    boxes = cutter.tiles.boxes + np.array([-1, -1, 1, 1]) * cutter.search_distance_m
    batches = layer.batches(boxes, fields) if len(boxes) else iter(())
    cuts = run(_PerThread(cutter).cut, batches, threads=threads, progress=Part(progress, 0.0, 0.9), share=_share)
    return assemble(cutter, list(cuts), fields, Part(progress, 0.9, 1.0))


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

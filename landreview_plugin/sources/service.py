# SPDX-License-Identifier: GPL-2.0-or-later
"""Features from a service: what came is compared with what the service has, since many send only their first ones.

Measured with GDAL 3.6 (tests/sources/test_sources_service.py): no driver says that an answer was cut at the server's
limit, and some count what they have read themselves when they are asked how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from osgeo import gdal, ogr

from ..core.model.problems import LandReviewError, Place
from ..core.overlay.layer import Boxes
from .gdal_errors import collected, watched
from .reference_ogr import BATCH, feature_rows
from .reference_wkb import RowBatch, WkbReader
from .service_count import Box, Count, counter_of
from .service_reach import patient
from .service_words import FEWEST, at_a_limit, fewer, in_parts, like_a_limit, short

HALVINGS = 12
"""How often an answer is asked for again in halves before it counts as unknown."""


class ServiceRows:
    """Rows (fid, WKB, field, …) of a service's layer around boxes; raises E-SRC-SHORT and E-SRC-SERVICE."""

    def __init__(self, dataset: gdal.Dataset, layer: ogr.Layer, address: str, place: Place) -> None:
        self._layer, self._place = layer, place
        self._counter = counter_of(dataset, layer, address, place)

    @property
    def without_geometry(self) -> int:
        """Unknown: a spatial filter never meets them."""
        return 0

    @property
    def feature_count(self) -> int:
        """What the service states, 0 only where it also sends none, -1 where it states nothing. Never raises."""
        try:
            stated = self._counter.count(None).stated
            return stated or (0 if next(self._sent(None), None) is None else -1)
        except LandReviewError:  # said when it is read
            return -1

    def rows(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[RowBatch]:
        """Every feature that the service sends for the box of all ``boxes``, then the comparison."""
        if not len(boxes):
            return
        box: Box | None = None
        if self._counter.server_filters:
            low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
            box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        count = self._counter.count(box)
        sent = _Sent()
        for batch in self._sent(box, fields):
            sent.add(batch)
            yield RowBatch(batch, None)
        self._compare(box, count, sent)

    def _sent(self, box: Box | None, fields: Sequence[str] = ()) -> Iterator[list[tuple[Any, ...]]]:
        """Feature by feature: no two are taken for one because a service repeats its ids."""
        with collected():
            self._filter(box)
        with patient():
            yield from watched(feature_rows(self._layer, fields, BATCH), self._place, "E-SRC-SERVICE")

    def _filter(self, box: Box | None) -> None:
        if box is None:
            self._layer.SetSpatialFilter(None)
        else:
            self._layer.SetSpatialFilterRect(*box)
        self._layer.ResetReading()

    def _compare(self, box: Box | None, count: Count, sent: _Sent) -> None:
        """Raises E-SRC-SHORT when features are missing, or when nothing tells whether some are."""
        came = sent.count
        if count.stated is not None and came < count.stated:
            raise short(fewer(came, count.stated), self._place)
        if came < FEWEST or (count.trusted and not like_a_limit(came, count.limit)):
            return
        if box is not None:
            if self._misses(box, sent, sent.shapes, HALVINGS):
                raise short(in_parts(came), self._place)
        elif not count.trusted and like_a_limit(came, count.limit):
            raise short(at_a_limit(came), self._place)

    def _misses(self, box: Box, sent: _Sent, known: set[int], depth: int) -> bool:
        """Whether a half of ``box`` holds a feature that is not known; a half as full as ``box`` is halved again."""
        halves = sent.halved(box)
        if not halves or not depth:
            return like_a_limit(sent.count)
        for half in halves:
            part = _Sent()
            for batch in self._sent(half):
                part.add(batch)
            if not known.issuperset(part.shapes):
                return True
            if part.count >= sent.count and self._misses(half, part, known, depth - 1):
                return True
        return False


class _Sent:
    """What came for a box: how many features, which shapes, and where their middles are."""

    def __init__(self) -> None:
        self.count = 0
        self.shapes: set[int] = set()
        self._middles: list[npt.NDArray[np.float64]] = []

    def add(self, batch: Sequence[tuple[Any, ...]]) -> None:
        """Rows (fid, WKB, …)."""
        self.count += len(batch)
        self.shapes.update(hash(row[1]) for row in batch)
        shapes = WkbReader(Place()).decode(np.array([row[0] for row in batch]), [row[1] for row in batch])
        bounds = shapely.bounds(shapes)
        self._middles.append((bounds[:, :2] + bounds[:, 2:]) / 2)

    def halved(self, box: Box) -> tuple[Box, Box] | None:
        """``box`` in two with half of the features each; None: they all lie at one place."""
        middles = np.concatenate([*self._middles, np.empty((0, 2))])
        middles = middles[np.isfinite(middles).all(axis=1)]
        if not len(middles):
            return None
        x0, y0, x1, y1 = box
        axis = int(np.argmax(np.ptp(middles, axis=0)))
        at = float(np.median(middles[:, axis]))
        if not (box[axis] < at < box[axis + 2]):
            return None
        return ((x0, y0, at, y1), (at, y0, x1, y1)) if axis == 0 else ((x0, y0, x1, at), (x0, at, x1, y1))

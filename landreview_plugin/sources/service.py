# SPDX-License-Identifier: GPL-2.0-or-later
"""Features from a service: what came is compared with what the service has, since many send only their first ones.

Measured with GDAL 3.6 (tests/sources/test_sources_service.py): no driver says that an answer was cut at the server's
limit, and some count what they have read themselves when they are asked how many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from osgeo import gdal, ogr

from ..core.model.base import Text
from ..core.model.problems import LandReviewError, Place
from ..core.overlay.layer import Boxes
from .gdal_errors import collected, watched
from .reference_ogr import BATCH, feature_rows
from .reference_wkb import RowBatch
from .service_count import Box, Count, counter_of
from .service_reach import patient

FEWEST = 10
"""The smallest page that servers send when nobody asks for more; a shorter answer is no page that was cut."""
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
        seen: set[int] = set()
        came = 0
        for batch in self._sent(box, fields):
            came += len(batch)
            seen.update(hash(row[1]) for row in batch)
            yield RowBatch(batch, None)
        self._compare(box, count, came, seen)

    def _sent(self, box: Box | None, fields: Sequence[str] = ()) -> Iterator[list[tuple[object, ...]]]:
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

    def _compare(self, box: Box | None, count: Count, came: int, seen: set[int]) -> None:
        """Raises E-SRC-SHORT when features are missing, or when nothing tells whether some are."""
        if count.stated is not None and came < count.stated:
            raise self._short(_fewer(came, count.stated))
        if came < FEWEST or (count.trusted and not _like_a_limit(came, count.limit)):
            return
        if box is not None:
            if self._misses(box, came, seen, HALVINGS):
                raise self._short(_halves(came))
        elif not count.trusted and _like_a_limit(came, count.limit):
            raise self._short(_round(came))

    def _misses(self, box: Box, came: int, seen: set[int], depth: int) -> bool:
        """Whether a half of ``box`` holds a feature that the whole did not; a half as full as the whole is halved."""
        if depth == 0:
            return _like_a_limit(came, None)
        for half in _halved(box):
            hashes = [hash(row[1]) for batch in self._sent(half) for row in batch]
            if not seen.issuperset(hashes) or (len(hashes) >= came and self._misses(half, came, seen, depth - 1)):
                return True
        return False

    def _short(self, detail: Text) -> LandReviewError:
        return LandReviewError("E-SRC-SHORT", detail=detail, place=self._place)


def _like_a_limit(came: int, limit: int | None) -> bool:
    """Whether a number of features may be a server's limit: the one that it names, or a round one."""
    return (bool(limit) and came == limit) or came % 10 == 0 or came & (came - 1) == 0


def _halved(box: Box) -> tuple[Box, Box]:
    x0, y0, x1, y1 = box
    if x1 - x0 >= y1 - y0:
        middle = (x0 + x1) / 2
        return (x0, y0, middle, y1), (middle, y0, x1, y1)
    middle = (y0 + y1) / 2
    return (x0, y0, x1, middle), (x0, middle, x1, y1)


def _fewer(came: int, stated: int) -> Text:
    return Text(
        zh=f"服务声明有{stated}个要素，只返回了{came}个",
        en=f"the service states {stated} features and sent {came}",
    )


def _halves(came: int) -> Text:
    return Text(
        zh=f"服务只返回了{came}个要素；分块再次请求时出现了其他要素，或无法核实是否完整",
        en=f"the service sent {came} features; asked again in parts it has others, or it can't be told whether it has",
    )


def _round(came: int) -> Text:
    return Text(
        zh=f"服务恰好返回{came}个要素，可能是服务端上限，且未声明总数",
        en=f"the service sent exactly {came} features, as a limit would have it, and does not state how many there are",
    )

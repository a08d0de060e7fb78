# SPDX-License-Identifier: GPL-2.0-or-later
"""Parcels in groups of neighbours: each group's features fit into memory."""

from __future__ import annotations

import numpy as np

from ..geodesy.rings import sums
from .layer import ReferenceLayer
from .pieces import Floats, Ints
from .tiles import Tiles

FEATURES = 80_000
"""Features expected in a group: some 200 MB with what is computed from them."""
PARCELS = 5_000
STRIP_PARTS = 12
"""The parcels' extent is walked in this many strips, back and forth."""


def groups_of(tiles: Tiles, count: int, layer: ReferenceLayer) -> list[Ints]:
    """Rows of the parcels in each group; one group of all where they are few."""
    everybody = np.arange(count)
    if count <= 1:
        return [everybody]
    expected = _expected(tiles, count, layer)
    if count <= PARCELS and expected.sum() <= FEATURES:
        return [everybody]
    order = _neighbours(tiles, count)
    number = np.maximum(np.cumsum(expected[order]) // FEATURES, np.arange(count) // PARCELS).astype(np.int64)
    return [np.sort(group) for group in np.split(order, np.flatnonzero(np.diff(number)) + 1)]


def _expected(tiles: Tiles, count: int, layer: ReferenceLayer) -> Floats:
    """Features that each parcel's boxes should meet, were they spread evenly over the layer."""
    features = layer.feature_count
    extent = layer.extent() if features > 0 else None
    if extent is None:
        return np.zeros(count)
    area = max((extent[2] - extent[0]) * (extent[3] - extent[1]), 1.0)
    spacing = np.sqrt(area / features)
    width, height = tiles.boxes[:, 2] - tiles.boxes[:, 0], tiles.boxes[:, 3] - tiles.boxes[:, 1]
    return sums(tiles.parcel, np.minimum((width / spacing + 1) * (height / spacing + 1), features), count)


def _neighbours(tiles: Tiles, count: int) -> Ints:
    """An order in which the next parcel is near: strips from south to north, walked to and fro."""
    first = np.searchsorted(tiles.parcel, np.arange(count))
    x, y = tiles.boxes[first, 0], tiles.boxes[first, 1]
    span = max(float(np.ptp(y)), 1.0)
    strip = np.minimum((y - y.min()) / span * STRIP_PARTS, STRIP_PARTS - 1).astype(np.int64)
    return np.asarray(np.lexsort((np.where(strip % 2, -x, x), strip)))

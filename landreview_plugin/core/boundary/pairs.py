# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs of shapes that may meet, in pieces: a hostile file has as many of them as the square of its points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

Rows = npt.NDArray[np.int64]
_FEWEST: Final = 4
_MOST: Final = 1_024
_WANTED: Final = 20_000
"""Pairs a piece: the number of shapes asked for at once follows what the last piece gave."""


def meeting_pairs(shapes: npt.NDArray[np.object_], *, intersecting: bool = False) -> Iterator[tuple[Rows, Rows]]:
    """Rows (left, right), left < right, of shapes whose boxes meet, or which meet themselves.

    Comes in pieces of bounded memory, so that the caller can stop when it has seen enough.
    """
    tree = shapely.STRtree(shapes)
    start, size = 0, _FEWEST
    while start < len(shapes):
        found = tree.query(shapes[start : start + size], predicate="intersects" if intersecting else None)
        left, right = found[0] + start, found[1]
        upper = left < right
        if upper.any():
            yield left[upper], right[upper]
        start += size
        size = min(size * 2, _MOST) if len(left) < _WANTED else max(size // 2, 1)

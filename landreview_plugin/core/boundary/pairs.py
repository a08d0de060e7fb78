# SPDX-License-Identifier: GPL-2.0-or-later
"""Pairs of shapes that may meet, in pieces: a hostile file has as many of them as the square of its points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

Rows = npt.NDArray[np.int64]
_CHUNK: Final = 128


def meeting_pairs(shapes: npt.NDArray[np.object_], *, intersecting: bool = False) -> Iterator[tuple[Rows, Rows]]:
    """Rows (left, right), left < right, of shapes whose boxes meet, or which meet themselves.

    Comes in pieces of bounded memory, so that the caller can stop when it has seen enough.
    """
    tree = shapely.STRtree(shapes)
    for start in range(0, len(shapes), _CHUNK):
        found = tree.query(shapes[start : start + _CHUNK], predicate="intersects" if intersecting else None)
        left, right = found[0] + start, found[1]
        upper = left < right
        if upper.any():
            yield left[upper], right[upper]

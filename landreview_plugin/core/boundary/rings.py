# SPDX-License-Identifier: GPL-2.0-or-later
"""From point columns to rings: where one ends, whether it is closed, what is dropped.

A change of the ring number starts a new ring; so does whatever follows a closing line. A closing
line repeats the first point; its label may be new. A closing line with the first label but other
coordinates (over 0.01 m) is E-GEO-CLOSE.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from .columns import PointColumns

SNAP_M: Final = 0.01
_LONG: Final = 40


class Closure(Enum):
    """How a ring ends."""

    REPEATED = "repeated"
    NEAR = "near"
    """The last point lies within 0.01 m of the first: it was snapped."""
    OPEN = "open"
    WRONG = "wrong"
    """A closing line with other coordinates; it is left out."""


@dataclass(frozen=True, slots=True)
class RingLines:
    """A ring as rows of the columns."""

    vertices: Sequence[int]
    """Rows of the vertices, doubled ones and the closing line left out."""
    doubled: tuple[int, ...]
    """Rows that repeat the point before them."""
    closing: int | None
    """Row of the closing line; None: the ring was closed without one."""
    closure: Closure
    gap_m: float = 0.0
    """Distance of the closing line from the first point."""


def cut_rings(points: PointColumns) -> list[RingLines]:
    """The rings of one parcel, in the order of the file; every row is in exactly one of them."""
    return [ring for start, end in _runs(points.ring) for ring in _rings_of_run(points, start, end)]


def _runs(ring: list[int]) -> Iterator[tuple[int, int]]:
    if ring and ring.count(ring[0]) == len(ring):
        yield 0, len(ring)
        return
    start = 0
    for i in range(1, len(ring) + 1):
        if i == len(ring) or ring[i] != ring[start]:
            yield start, i
            start = i


def _rings_of_run(points: PointColumns, start: int, end: int) -> Iterator[RingLines]:
    cutter = _Cutter(points, end)
    while start < end:
        ring, start = cutter.cut(start)
        yield ring


class _Cutter:
    """Cuts rings out of rows with one ring number, which end before ``end``."""

    def __init__(self, points: PointColumns, end: int) -> None:
        self._points, self._end = points, end
        self._last_row: dict[tuple[float, float], int] | None = None
        self._odd = False
        """A ring was met that is not plain: no more search ahead, which would cost the square of the rows."""

    def cut(self, start: int) -> tuple[RingLines, int]:
        """The ring that starts at row ``start``, and the row behind it."""
        plain = self._plain(start)
        if plain is not None:
            return plain, plain.vertices[-1] + 2
        label, x, y = self._points.label, self._points.northing, self._points.easting
        first_label, x0, y0 = label[start], x[start], y[start]
        vertices, doubled = [start], []
        for i in range(start + 1, self._end):
            if x[i] == x[i - 1] and y[i] == y[i - 1]:
                doubled.append(i)
            elif len(vertices) > 1 and x[i] == x0 and y[i] == y0 and self._closes(i, start):
                return self._closed(vertices, doubled, i)
            elif len(vertices) > 1 and label[i] == first_label and (x[i] != x0 or y[i] != y0):
                return self._wrongly_closed(vertices, doubled, i, math.dist((x[i], y[i]), (x0, y0)))
            else:
                vertices.append(i)
        return self._open(vertices, doubled), self._end

    def _plain(self, start: int) -> RingLines | None:
        """A long ring without anything odd, found without a look at each row; None: look at each row."""
        if self._odd or self._end - start < _LONG:
            return None
        label, x, y = self._points.label, self._points.northing, self._points.easting
        try:
            closing = label.index(label[start], start + 1, self._end)
        except ValueError:
            closing = start
        xy = np.array([x[start : closing + 2], y[start : closing + 2]])
        count = closing - start
        met = (xy == xy[:, :1]).all(axis=0)
        following = closing + 1 < self._end and bool(met[-1])
        self._odd = count < 3 or not met[count] or bool(met[1:count].any()) or following
        if self._odd or not np.diff(xy[:, : count + 1]).any(axis=0).all():
            return None
        return RingLines(range(start, closing), (), closing, Closure.REPEATED)

    def _closes(self, row: int, start: int) -> bool:
        """A first point met again closes the ring, unless the outline only touches itself there."""
        if self._points.label[row] == self._points.label[start] or row == self._end - 1:
            return True
        following = row + 1
        return self._last_rows().get(self._xy(following), -1) >= following + 3

    def _closed(self, vertices: list[int], doubled: list[int], closing: int) -> tuple[RingLines, int]:
        following, closing_xy = closing + 1, self._xy(closing)
        while following < self._end and self._xy(following) == closing_xy:
            following += 1  # the closing line stands there twice …
        if following > closing + 1 and self._last_rows()[closing_xy] >= following:
            following -= 1  # … or the next ring starts at the same point
        doubled.extend(range(closing + 1, following))
        return RingLines(tuple(vertices), tuple(doubled), closing, Closure.REPEATED), following

    def _wrongly_closed(self, vertices: list[int], doubled: list[int], row: int, gap_m: float) -> tuple[RingLines, int]:
        closure = Closure.NEAR if gap_m <= SNAP_M else Closure.WRONG
        return RingLines(tuple(vertices), tuple(doubled), row, closure, gap_m), row + 1

    def _open(self, vertices: list[int], doubled: list[int]) -> RingLines:
        gap_m = math.dist(self._xy(vertices[-1]), self._xy(vertices[0]))
        if len(vertices) > 3 and gap_m <= SNAP_M:
            return RingLines(tuple(vertices[:-1]), tuple(doubled), vertices[-1], Closure.NEAR, gap_m)
        return RingLines(tuple(vertices), tuple(doubled), None, Closure.OPEN, gap_m)

    def _xy(self, row: int) -> tuple[float, float]:
        return self._points.northing[row], self._points.easting[row]

    def _last_rows(self) -> dict[tuple[float, float], int]:
        """The last row of each point: built once, so that odd files cost no more than plain ones."""
        if self._last_row is None:
            self._last_row = {self._xy(row): row for row in range(self._end)}
        return self._last_row

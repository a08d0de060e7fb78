# SPDX-License-Identifier: GPL-2.0-or-later
"""The R-tree of a GeoPackage, walked level by level for all boxes at once.

One SQL query a box costs a thousand queries for a thousand parcels; the tree's nodes are plain rows
(SQLite documents the layout under "shadow tables"), and a few of them answer all.
"""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import numpy.typing as npt
import shapely

from ..core.overlay.layer import Boxes

GRID = 512
"""Cells a side of the coarse map that most of the tree's boxes are turned away by."""
FEW = 64
"""Up to so many boxes a map costs more (8 ms) than it saves: a case of a batch has one or two."""
_CELL = np.dtype([("id", ">i8"), ("x0", ">f4"), ("x1", ">f4"), ("y0", ">f4"), ("y1", ">f4")])
_NODES_A_QUERY = 1000

Ints = npt.NDArray[np.int64]


def candidates(connection: sqlite3.Connection, rtree: str, boxes: Boxes) -> Ints:
    """Ids whose R-tree box touches one of ``boxes``, ascending.

    The tree's boxes are float32, rounded outwards by 4 m at eight-digit eastings: these are only
    candidates. A margin of one float32 step makes up for writers that round to nearest.
    """
    if not len(boxes):
        return np.zeros(0, dtype=np.int64)
    step = float(np.spacing(np.float32(np.abs(boxes).max())))
    wanted = Wanted(boxes + np.array([-step, -step, step, step]))
    nodes = np.array([1])
    for _ in range(_depth(connection, rtree) + 1):
        cells = _cells(connection, rtree, nodes)
        corners = np.stack([cells[name] for name in ("x0", "y0", "x1", "y1")], axis=1).astype(np.float64)
        nodes = cells["id"][wanted.touched(corners)].astype(np.int64)
    return np.asarray(np.unique(nodes))


class Wanted:
    """Boxes to look for: a coarse map for the quick no, a tree for the exact answer."""

    def __init__(self, boxes: Boxes) -> None:
        self._tree = shapely.STRtree(shapely.box(*boxes.T))
        self._low, self._high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
        self._scale = GRID / np.maximum(self._high - self._low, 1e-9)
        self._filled = self._summed(boxes) if len(boxes) > FEW else None

    def touched(self, corners: Boxes) -> Ints:
        """Rows of ``corners`` (n, 4) that touch a box."""
        near = self._near(corners)
        # a diagonal has the envelope of its box and costs a third of a polygon
        diagonals = shapely.linestrings(corners[near].reshape(-1, 2, 2))
        return np.asarray(near[np.unique(self._tree.query(diagonals)[0])])

    def _near(self, corners: Boxes) -> Ints:
        """Rows that may touch a box: by the map, or for few boxes by the box around them all."""
        if self._filled is None:
            touch = (corners[:, :2] <= self._high).all(axis=1) & (corners[:, 2:] >= self._low).all(axis=1)
            return np.flatnonzero(touch)
        x0, y0, x1, y1 = self._span(corners)
        sums = self._filled
        return np.flatnonzero(sums[x1, y1] - sums[x0, y1] - sums[x1, y0] + sums[x0, y0])

    def _span(self, corners: Boxes) -> tuple[Ints, Ints, Ints, Ints]:
        """Rows and columns of the map from (inclusive) and to (exclusive); what lies beyond counts for the rim."""
        low = np.clip((corners[:, :2] - self._low) * self._scale, 0, GRID - 1).astype(np.int64)
        high = np.clip((corners[:, 2:] - self._low) * self._scale, 0, GRID - 1).astype(np.int64) + 1
        return low[:, 0], low[:, 1], high[:, 0], high[:, 1]

    def _summed(self, boxes: Boxes) -> Ints:
        """(GRID + 1, GRID + 1) how many cells before row and column hold a part of a box."""
        x0, y0, x1, y1 = self._span(boxes)
        change = np.zeros((GRID + 1, GRID + 1), dtype=np.int64)
        for x, y, sign in ((x0, y0, 1), (x1, y0, -1), (x0, y1, -1), (x1, y1, 1)):
            np.add.at(change, (x, y), sign)
        filled = change.cumsum(axis=0).cumsum(axis=1)[:GRID, :GRID] > 0
        sums = np.zeros_like(change)
        sums[1:, 1:] = filled.cumsum(axis=0).cumsum(axis=1)
        return sums


def _depth(connection: sqlite3.Connection, rtree: str) -> int:
    sql = f'SELECT substr(data, 1, 2) FROM "{rtree}_node" WHERE nodeno = 1'  # noqa: S608  # nosec B608
    return int.from_bytes(connection.execute(sql).fetchone()[0], "big")


def _cells(connection: sqlite3.Connection, rtree: str, nodes: Ints) -> npt.NDArray[np.void]:
    """The cells of ``nodes``: each node is 2 bytes depth, 2 bytes count, then 24 bytes a cell."""
    sql = f'SELECT data FROM "{rtree}_node" WHERE nodeno IN (SELECT value FROM json_each(?))'  # noqa: S608  # nosec B608
    found: list[bytes] = []
    for start in range(0, len(nodes), _NODES_A_QUERY):
        wanted = json.dumps(nodes[start : start + _NODES_A_QUERY].tolist())
        for (data,) in connection.execute(sql, (wanted,)):
            found.append(data[4 : 4 + _CELL.itemsize * int.from_bytes(data[2:4], "big")])
    return np.frombuffer(b"".join(found), dtype=_CELL)

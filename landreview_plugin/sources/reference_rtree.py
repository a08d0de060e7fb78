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

_CELL = np.dtype([("id", ">i8"), ("x0", ">f4"), ("x1", ">f4"), ("y0", ">f4"), ("y1", ">f4")])
_NODES_A_QUERY = 1000


def candidates(connection: sqlite3.Connection, rtree: str, boxes: Boxes) -> npt.NDArray[np.int64]:
    """Ids whose R-tree box touches one of ``boxes``, ascending.

    The tree's boxes are float32, rounded outwards by 4 m at eight-digit eastings: these are only
    candidates. A margin of one float32 step makes up for writers that round to nearest.
    """
    if not len(boxes):
        return np.zeros(0, dtype=np.int64)
    step = float(np.spacing(np.float32(np.abs(boxes).max())))
    tree = shapely.STRtree(shapely.box(*(boxes + np.array([-step, -step, step, step])).T))
    nodes, levels = np.array([1]), _depth(connection, rtree) + 1
    for _ in range(levels):
        cells = _cells(connection, rtree, nodes)
        corners = np.stack([cells[name] for name in ("x0", "y0", "x1", "y1")], axis=1).astype(np.float64)
        # a diagonal has the envelope of its box and costs a third of a polygon
        diagonals = shapely.linestrings(corners.reshape(-1, 2, 2))
        nodes = cells["id"][np.unique(tree.query(diagonals)[0])].astype(np.int64)
    return np.asarray(np.unique(nodes))


def _depth(connection: sqlite3.Connection, rtree: str) -> int:
    row = connection.execute(f'SELECT substr(data, 1, 2) FROM "{rtree}_node" WHERE nodeno = 1').fetchone()  # noqa: S608  # nosec B608
    return int.from_bytes(row[0], "big")


def _cells(connection: sqlite3.Connection, rtree: str, nodes: npt.NDArray[np.int64]) -> npt.NDArray[np.void]:
    """The cells of ``nodes``: each node is 2 bytes depth, 2 bytes count, then 24 bytes a cell."""
    sql = f'SELECT data FROM "{rtree}_node" WHERE nodeno IN (SELECT value FROM json_each(?))'  # noqa: S608  # nosec B608
    found: list[bytes] = []
    for start in range(0, len(nodes), _NODES_A_QUERY):
        wanted = json.dumps(nodes[start : start + _NODES_A_QUERY].tolist())
        for (data,) in connection.execute(sql, (wanted,)):
            found.append(data[4 : 4 + _CELL.itemsize * int.from_bytes(data[2:4], "big")])
    return np.frombuffer(b"".join(found), dtype=_CELL)

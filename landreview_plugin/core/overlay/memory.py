# SPDX-License-Identifier: GPL-2.0-or-later
"""A reference layer held in memory: examples of rules, edited layers, tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from ..arrays import as_ints
from ..model.crs import Crs
from ..model.problems import Problem
from .layer import Boxes, Geometries, ReferenceBatch

BATCH = 2_000


class MemoryLayer:
    """Features given as arrays, already in the plane of the parcels."""

    def __init__(
        self,
        geometries: Sequence[object] | Geometries,
        attributes: Mapping[str, Sequence[object]] | None = None,
        *,
        fids: Sequence[int] | npt.NDArray[np.int64] | None = None,
        name: str = "memory",
        crs: Crs | None = None,
        notes: tuple[Problem, ...] = (),
        count: int | None = None,
    ) -> None:
        """``count``: features of the whole layer where only some of them are given."""
        self._geometries = np.asarray(geometries, dtype=object)
        self._attributes = dict(attributes or {})
        given = len(self._geometries)
        self._fids = np.arange(1, given + 1) if fids is None else np.asarray(fids, dtype=np.int64)
        self._count = given if count is None else count
        self._name, self._crs, self._notes = name, crs or Crs(name="plane"), notes

    @property
    def name(self) -> str:
        """For people."""
        return self._name

    @property
    def crs(self) -> Crs:
        """The CRS that was given."""
        return self._crs

    @property
    def field_names(self) -> tuple[str, ...]:
        """The attribute fields."""
        return tuple(self._attributes)

    @property
    def feature_count(self) -> int:
        """Number of features in the whole layer."""
        return self._count

    @property
    def dimension(self) -> int | None:
        """Of its features; None when there are none, or of several kinds."""
        found = set(as_ints(shapely.get_dimensions(self._geometries))) - {-1}
        return found.pop() if len(found) == 1 else None

    def extent(self) -> tuple[float, float, float, float] | None:
        """Box of all features; None: none has a geometry."""
        if not len(self._geometries):
            return None
        box = shapely.total_bounds(self._geometries)
        return None if np.isnan(box).any() else (float(box[0]), float(box[1]), float(box[2]), float(box[3]))

    def batches(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[ReferenceBatch]:
        """The features whose bounds touch a box, ordered by feature id."""
        tree = shapely.STRtree(self._geometries)
        hits = np.unique(tree.query(shapely.box(*np.asarray(boxes).T))[1])
        hits = hits[np.argsort(self._fids[hits], kind="stable")]
        for start in range(0, len(hits), BATCH):
            part = hits[start : start + BATCH]
            columns = {name: [self._attributes[name][i] for i in part] for name in fields}
            share = (start + len(part)) / len(hits)
            yield ReferenceBatch(self._fids[part], self._geometries[part], columns, share)

    def notes(self) -> tuple[Problem, ...]:
        """What was given."""
        return self._notes

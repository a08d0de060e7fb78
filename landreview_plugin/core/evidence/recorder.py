# SPDX-License-Identifier: GPL-2.0-or-later
"""Keep the reference features that a review touched, for the hash and for the replay in ten years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from ..arrays import as_ints
from ..model.crs import Crs
from ..model.problems import Problem
from ..overlay.layer import Boxes, ReferenceBatch, ReferenceLayer
from ..overlay.pieces import Ints


@dataclass(frozen=True, slots=True)
class RecordedFeature:
    """A reference feature in the plane of the parcels, as it was read."""

    fid: int
    geometry: shapely.Geometry
    attributes: dict[str, object]


class Recorder:
    """A ReferenceLayer that passes everything on and remembers the features it passed."""

    def __init__(self, layer: ReferenceLayer) -> None:
        self._layer = layer
        self._seen: dict[int, RecordedFeature] = {}

    @property
    def name(self) -> str:
        """For people: file and layer."""
        return self._layer.name

    @property
    def crs(self) -> Crs:
        """The layer's own CRS."""
        return self._layer.crs

    @property
    def field_names(self) -> tuple[str, ...]:
        """The attribute fields."""
        return self._layer.field_names

    @property
    def feature_count(self) -> int:
        """Number of features, or -1."""
        return self._layer.feature_count

    @property
    def dimension(self) -> int | None:
        """0 points, 1 lines, 2 areas; None: not known."""
        return self._layer.dimension

    def extent(self) -> tuple[float, float, float, float] | None:
        """Box of all features."""
        return self._layer.extent()

    def notes(self) -> tuple[Problem, ...]:
        """What was read with a notice."""
        return self._layer.notes()

    def batches(self, boxes: Boxes, fields: Sequence[str]) -> Iterator[ReferenceBatch]:
        """Pass the batches on, remembering each feature."""
        for batch in self._layer.batches(boxes, fields):
            columns = {name: batch.attributes[name] for name in fields}
            for i, (fid, geometry) in enumerate(zip(as_ints(batch.fids), batch.geometries, strict=True)):
                if geometry is not None:
                    values = {name: column[i] for name, column in columns.items()}
                    self._seen[fid] = RecordedFeature(fid, geometry, values)
            yield batch

    def touched(self, fids: Ints) -> tuple[RecordedFeature, ...]:
        """The remembered features of ``fids``, in their order by id."""
        return tuple(self._seen[fid] for fid in as_ints(np.unique(fids)) if fid in self._seen)
